"""The story that the Python examples tell, page by page: a library with two new components, and a reviewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.transaction import atomic, set_rollback
from openedx_content.models_api import Component, LearningPackage

from tests.content import Library
from tests.content import now as current_time

# The names that the examples use.
NAMES = ["library", "salt", "yeast", "reviewer", "now"]


@pytest.fixture(name="_story", scope="module")
def _told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Library]:
    """A database for one page: what one example does the next one finds, and the next page does not."""
    transaction = atomic()
    # As in Django's TestCase: code that needs a transaction of its own (durable) runs in this one.
    transaction._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), transaction:
        yield Library.create("lib:Examples:Bread")
        set_rollback(True)


@pytest.fixture(name="library", scope="module")
def _library(_story: Library) -> LearningPackage:
    return _story.package


@pytest.fixture(name="salt", scope="module")
def _salt(_story: Library) -> Component:
    return _story.component("salt", title="Salt")


@pytest.fixture(name="yeast", scope="module")
def _yeast(_story: Library) -> Component:
    return _story.component("yeast", title="Yeast")


@pytest.fixture(name="reviewer", scope="module")
def _reviewer(_story: Library) -> User:
    return get_user_model().objects.create_user("reviewer")


@pytest.fixture(name="now", scope="module")
def _now() -> datetime:
    return current_time()
