"""Fixtures for all tests: people, and a library in which one of them writes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from openedx_content import api as content_api
from openedx_content.models_api import Container

from sample_plugin.reviews import api

from .authz import _django_db_setup, _forget_roles  # noqa: F401, fixtures
from .content import Library
from .database import restore_rows
from .rest import Api

_BLOCKER = pytest.StashKey[Any]()


@pytest.fixture(name="author")
def _author(db: None) -> User:
    """The person who writes everything in ``library``."""
    return get_user_model().objects.create_user("author")


@pytest.fixture(name="reviewer")
def _reviewer(db: None) -> User:
    """Somebody who has written nothing."""
    return get_user_model().objects.create_user("reviewer")


@pytest.fixture(name="other_reviewer")
def _other_reviewer(db: None) -> User:
    """Somebody else who has written nothing."""
    return get_user_model().objects.create_user("other-reviewer")


@pytest.fixture(name="library")
def _library(author: User) -> Library:
    """An empty library, in which a review is required, as everywhere."""
    return Library.create("lib:Test:Gated", author.pk)


@pytest.fixture(name="ungated_library")
def _ungated_library(author: User) -> Library:
    """An empty library in which no review is required."""
    library = Library.create("lib:Test:Ungated", author.pk)
    api.set_review_required(library.package.id, False, changed_by=None)
    return library


@pytest.fixture(name="review")
def _review(reviewer: User) -> Callable[..., None]:
    """A function that marks items as reviewed by ``reviewer``."""

    def review(*items: Any) -> None:
        for item in items:
            api.mark_reviewed(item.id, reviewer_id=reviewer.pk)

    return review


@pytest.fixture(name="rest")
def _rest(client: Client, reviewer: User) -> Api:
    """A function that sends a request as ``reviewer``, who is global staff here, and returns the answer's JSON."""
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    cache.clear()  # what the throttle remembers
    client.force_login(reviewer)

    def send(method: str, path: str, body: Any = None, *, status: int = 200, **kwargs: Any) -> Any:
        data = {} if body is None else {"data": body, "content_type": "application/json"}
        response = getattr(client, method)(path, **data, **kwargs)
        assert response.status_code == status, response.content.decode()
        return response.json()

    return send


@pytest.fixture(name="published_events")
def _published_events() -> Iterator[list[dict[str, Any]]]:
    """What core has sent as ENTITIES_PUBLISHED during the test."""
    events: list[dict[str, Any]] = []

    def receive(**kwargs: Any) -> None:
        events.append(kwargs)

    signal = content_api.signals.ENTITIES_PUBLISHED
    signal.connect(receive)
    yield events
    signal.disconnect(receive)


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what is imported. To look through it takes a quarter of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _unblock(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    request.config.stash[_BLOCKER] = django_db_blocker


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """
    After a test that has emptied all tables, have the next one find what every test finds.

    pytest-django would run such tests last, but with pytest-xdist each process takes over tests of the other.
    """
    yield
    marker = item.get_closest_marker("django_db")
    if not nextitem:
        return  # The database is gone by now.
    if "transactional_db" in getattr(item, "fixturenames", ()) or (marker and marker.kwargs.get("transaction")):
        with item.config.stash[_BLOCKER].unblock():
            restore_rows()
        # Core remembers the ids of container types.
        Container.reset_cache()
