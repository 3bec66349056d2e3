"""A real publish, a real filter: what is tried is whether anything goes live."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, Published

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.filters import EntityPrePublish

from .. import settings as house_settings
from ..pipeline import RefusePlaceholders

pytestmark = pytest.mark.django_db


@pytest.fixture(name="library")
def _library(settings: Any) -> LearningPackage:
    """A library that needs no review, and our step in the filter."""
    house_settings.plugin_settings(settings)
    library = content_api.create_learning_package("lib:House:Rules", title="House rules")
    reviews_api.set_review_required(library.id, False, changed_by=None)
    return library


def write(library: LearningPackage, title: str) -> None:
    """Write a text with this title, as a draft."""
    content_api.create_component_and_version(
        library.id,
        component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
        component_code=f"text-{library.publishable_entities.count()}",
        title=title,
        created=datetime.now(tz=timezone.utc),
        created_by=get_user_model().objects.get_or_create(username="author")[0].pk,
    )


def test_a_placeholder_in_a_title_prevents_the_publish(library: LearningPackage) -> None:
    write(library, "Salt")
    write(library, "TODO: yeast")
    with pytest.raises(EntityPrePublish.PreventPublish, match="TODO: yeast") as veto:
        content_api.publish_all_drafts(library.id)
    assert veto.value.status_code == 409
    assert not Published.objects.exists()


def test_everything_else_is_published(library: LearningPackage) -> None:
    write(library, "Salt")
    content_api.publish_all_drafts(library.id)
    assert Published.objects.count() == 1


def test_it_hands_on_and_takes_one_query_for_any_size(library: LearningPackage, django_assert_num_queries: Any) -> None:
    for number in (1, 20):
        for _ in range(number):
            write(library, "Salt")
        publish_log = content_api.publish_all_drafts(library.id)
        with django_assert_num_queries(1):
            handed_on = RefusePlaceholders("", []).run_filter(publish_log)
        assert handed_on == {"publish_log": publish_log}
