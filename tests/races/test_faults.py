"""The process is killed, or its connection is lost, after each of its statements: all or nothing, and a clean error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from sample_plugin.reviews.exceptions import is_transient

from ..content import Library, live_versions
from ..database import everything
from ..rest import LIBRARY, MANY, PUBLISH, Api, entity, key, seen
from .conftest import FAULT_STEP
from .faults import after_statement, cut_connection, is_killed_after
from .story import ACTS, Story

pytestmark = pytest.mark.essential

type Act = Callable[[Story], Any]


@pytest.fixture(name="story")
def _story(library: Library, reviewer: User) -> Story:
    return Story(library, reviewer)


@pytest.mark.parametrize("act", [*ACTS, Story.publish_in_background], ids=lambda act: act.__name__)
def test_who_is_killed_has_done_all_or_nothing(story: Story, act: Act) -> None:
    # A task puts on record that it has begun; that is not the publish.
    look: Callable[[], Any] = live_versions if act is Story.publish_in_background else everything
    before = look()
    number = 0
    killed = True
    while killed and look() == before:
        number += FAULT_STEP
        killed = is_killed_after(number, lambda: act(story))
    assert look() != before
    assert story.is_done(act)
    print(f"\n{act.__name__}: killed {number // FAULT_STEP} times on the way")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_who_loses_the_connection_has_done_nothing_and_may_do_it_again(story: Story, act: Act) -> None:
    before = everything()
    number = 0
    lost = True
    while lost:
        number += FAULT_STEP
        error = _lose_connection(number, lambda: act(story))
        lost = error is not None
        if lost:
            assert is_transient(error)
            assert everything() == before
    assert everything() != before
    assert story.is_done(act)
    print(f"\n{act.__name__}: connection lost {number // FAULT_STEP - 1} times on the way")


def _lose_connection(number: int, act: Callable[[], Any]) -> DatabaseError | None:
    """Do this, with the connection cut after so many statements, and return what the database says."""
    try:
        with after_statement(number, cut_connection):
            act()
    except DatabaseError as exc:
        return exc
    finally:
        # After the commit it is lost to those who are told of it, and their errors are theirs.
        connection.close()
    return None


def _request(client: Client, story: Story, what: str) -> Callable[[], Any]:
    """Return what sends this request."""
    one = entity(story.unreviewed[0], "review/")
    change = seen(story.unreviewed[0])
    many = {"items": [{"key": key(item), **seen(item)} for item in story.unreviewed]}
    match what:
        case "publish":
            return lambda: client.post(PUBLISH, {}, content_type="application/json")
        case "review many":
            return lambda: client.post(MANY, many, content_type="application/json")
        case "review":
            return lambda: client.put(one, change, content_type="application/json")
        case "withdraw":
            return lambda: client.delete(entity(story.reviewed[0], "review/"))
    raise AssertionError(what)


@pytest.mark.parametrize("what", ["publish", "review many", "review", "withdraw"])
def test_a_request_that_loses_the_connection_is_a_503_and_may_be_sent_again(
    story: Story, rest: Api, client: Client, what: str
) -> None:
    client.raise_request_exception = False
    # The first request asks what roles there are, before it comes to us.
    rest("get", LIBRARY)
    send = _request(client, story, what)
    before = everything()
    number = 0
    status = 503
    at_commit = 0
    while status == 503 or (status == 500 and at_commit == 1):
        number += FAULT_STEP
        cache.clear()  # what the throttle remembers
        # Before our view Django looks for the session; what it answers without a database is not ours to say.
        with after_statement(number, cut_connection, counted_from="openedx_content"):
            answer = send()
        status = answer.status_code
        if status == 503:
            assert answer.json()["code"] == "try_again"
        # The platform has a request in one transaction. What is lost when Django commits that, Django answers.
        at_commit += status == 500
        connection.close()
        if status != 200:
            assert everything() == before
    assert status == 200, (number, answer.content)
    assert everything() != before
    print(f"\n{what}: connection lost {number // FAULT_STEP - 1} times on the way")
