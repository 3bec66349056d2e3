"""A real review, a real event: what is tried is what is in the post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
from django.contrib.auth.models import User
from openedx_content import api as content_api
from openedx_content.models_api import Component

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.signals import ENTITIES_REVIEWED

from ..receivers import tell_authors_after_review

pytestmark = pytest.mark.django_db


@pytest.fixture(name="_connected", autouse=True)
def _connect() -> Iterator[None]:
    """Connect our receiver, as the platform does."""
    ENTITIES_REVIEWED.connect(tell_authors_after_review)
    yield
    ENTITIES_REVIEWED.disconnect(tell_authors_after_review)


@pytest.fixture(name="salt")
def _salt() -> Component:
    """A text by somebody with an e-mail address."""
    author = User.objects.create_user("author", email="author@example.com")
    component, _version = content_api.create_component_and_version(
        content_api.create_learning_package("lib:House:Rules", title="House rules").id,
        component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
        component_code="salt",
        title="Salt",
        created=datetime.now(tz=timezone.utc),
        created_by=author.pk,
    )
    return component


def test_the_author_is_told(salt: Component, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    reviewer = User.objects.create_user("reviewer")
    with django_capture_on_commit_callbacks(execute=True):
        reviews_api.mark_reviewed(salt.id, reviewer_id=reviewer.pk)
        assert mailoutbox == []  # not before the commit
    (message,) = mailoutbox
    assert (message.to, message.body) == (["author@example.com"], "Salt")
