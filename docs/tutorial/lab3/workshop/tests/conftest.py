"""Fixtures for all tests: an author, a component that they have just written, and a hold on it."""

from datetime import datetime, timezone

import pytest
from django.contrib.auth.models import User
from openedx_content import api as content_api
from openedx_content.models_api import Component

from holds.models import Hold


@pytest.fixture
def author(db: None) -> User:
    """The person who writes."""
    return User.objects.create_user("author")


@pytest.fixture
def salt(author: User) -> Component:
    """A component in a library, as a draft."""
    library = content_api.create_learning_package("lib:Workshop:Tests", title="Tests")
    component, _version = content_api.create_component_and_version(
        library.id,
        component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
        component_code="salt",
        title="Salt",
        created=datetime.now(tz=timezone.utc),
        created_by=author.id,
    )
    return component


@pytest.fixture
def hold(salt: Component, author: User) -> Hold:
    """A hold on it, past all rules."""
    return Hold.objects.create(
        entity_id=salt.id, reason="The dietician", placed_by=author, placed_at=datetime.now(tz=timezone.utc)
    )
