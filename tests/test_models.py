"""What the models promise: personal data is declared, names fit every database, nothing of core's is held back."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from django.db.transaction import atomic

from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, draft_record, now

APPS = [
    "sample_plugin_reviews",
    "sample_plugin_conversations",
    "sample_plugin_notifications",
    "sample_plugin_reviewed_by",
    "sample_plugin_archival",
]
OUR_MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_model_says_whether_it_holds_personal_data(model: type[models.Model]) -> None:
    assert re.search(r"^ *\.\. (no_pii|pii):", model.__doc__ or "", re.MULTILINE)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_what_is_not_ours_can_always_be_deleted(model: type[models.Model]) -> None:
    """Core deletes change log records and packages; an operator deletes users."""
    if model._meta.proxy:
        pytest.skip("a proxy has no columns of its own")
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete in (models.CASCADE, models.SET_NULL), field


@pytest.mark.django_db
@pytest.mark.parametrize("in_force", [False, None])
def test_the_database_refuses_a_review_that_is_neither_in_force_nor_withdrawn(
    library: Library, in_force: bool | None
) -> None:
    component = library.component()
    with pytest.raises(IntegrityError), atomic():
        ReviewedStatus.objects.create(
            entity_id=component.id,
            draft_change_log_record=draft_record(component),
            version_num=1,
            created=now(),
            in_force=in_force,
        )
