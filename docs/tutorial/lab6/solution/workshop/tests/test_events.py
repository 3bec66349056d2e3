"""The event that we send: once, and only when it is true."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.transaction import atomic, set_rollback
from openedx_content.models_api import Component

from holds import api
from holds.signals import ENTITY_PUT_ON_HOLD


@pytest.fixture
def received() -> Iterator[list[dict[str, Any]]]:
    """What was sent during the test."""
    events: list[dict[str, Any]] = []

    def receive(**kwargs: Any) -> None:
        events.append(kwargs)

    ENTITY_PUT_ON_HOLD.connect(receive)
    yield events
    ENTITY_PUT_ON_HOLD.disconnect(receive)


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_once(salt: Component, author: User, received: list[dict[str, Any]]) -> None:
    api.place_hold(salt.id, placed_by_id=author.id, reason="First")
    api.place_hold(salt.id, placed_by_id=author.id, reason="Second")
    assert [event["hold"].reason for event in received] == ["First"]


@pytest.mark.django_db(transaction=True)
def test_it_is_not_sent_if_all_is_rolled_back(salt: Component, author: User, received: list[dict[str, Any]]) -> None:
    with atomic():
        api.place_hold(salt.id, placed_by_id=author.id, reason="First")
        set_rollback(True)
    assert received == []
