"""What we do about the events of others, and what nobody can do about them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from openedx_content import api as content_api
from openedx_content.models_api import Component
from pytest_django import DjangoCaptureOnCommitCallbacks

from holds import api
from sample_plugin.reviews import api as reviews_api


def test_a_review_of_what_is_on_hold_is_mentioned(
    salt: Component,
    author: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.place_hold(salt.id, placed_by_id=author.id, reason="The dietician")
    reviewer = User.objects.create_user("reviewer")
    with django_capture_on_commit_callbacks(execute=True):
        reviews_api.mark_reviewed(salt.id, reviewer_id=reviewer.id)
    assert "still on hold" in caplog.text


def test_an_event_cannot_veto(
    salt: Component, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def object_to_it(**kwargs: Any) -> None:
        raise RuntimeError("No!")

    reviews_api.set_review_required(salt.learning_package_id, False, changed_by=None)
    content_api.signals.ENTITIES_PUBLISHED.connect(object_to_it)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            content_api.publish_all_drafts(salt.learning_package_id)
    finally:
        content_api.signals.ENTITIES_PUBLISHED.disconnect(object_to_it)
    assert content_api.get_published_version(salt.id) is not None
