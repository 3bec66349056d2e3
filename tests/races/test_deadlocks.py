"""Two who wait for each other, or one who waits for too long: a clean error, and another try where that is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.transaction import atomic, set_rollback
from django.test import Client
from openedx_content.models_api import Published
from user_tasks.models import UserTaskStatus

from sample_plugin.reviews import tasks
from sample_plugin.reviews.api import BackgroundState
from sample_plugin.reviews.policy import lock_publishes
from sample_plugin.reviews.publishing import background

from ..content import Library
from ..database import everything
from ..rest import LIBRARY, PUBLISH, Api, entity
from .crew import Crew, is_waiting_for_a_lock
from .story import Story

pytestmark = pytest.mark.essential


@pytest.fixture(name="story")
def _story(library: Library, reviewer: User) -> Story:
    return Story(library, reviewer)


@pytest.fixture(name="deadlock")
def _deadlock(crew: Crew, story: Story) -> Iterator[Callable[[], None]]:
    """
    A function that makes a deadlock of the next publish.

    Another transaction holds what the publish needs, and asks for what that holds as soon as it has to wait. Of two
    that wait for each other, the database gives up the one that has written less.
    """
    begun = []

    def begin() -> None:
        is_ready = Event()

        def get_in_the_way() -> None:
            with atomic():
                User.objects.bulk_create(User(username=f"ballast-{number}") for number in range(2_000))
                held = Published.objects.filter(entity__learning_package=story.library.package)
                assert list(held.select_for_update())
                is_ready.set()
                while not is_waiting_for_a_lock():
                    pass
                lock_publishes(story.package_id)
                set_rollback(True)

        begun.append(crew.start(get_in_the_way))
        assert is_ready.wait(timeout=60)

    yield begin
    for other in begun:
        other.result(timeout=60)


@contextmanager
def publish_lock_held(story: Story, crew: Crew) -> Iterator[None]:
    """Have somebody publish for ever, and the database wait for nobody."""
    is_ready, is_over = Event(), Event()

    def hold() -> None:
        with atomic():
            lock_publishes(story.package_id)
            is_ready.set()
            is_over.wait(timeout=60)

    holding = crew.start(hold)
    assert is_ready.wait(timeout=60)
    _have_the_database_wait(0)
    try:
        yield
    finally:
        is_over.set()
        holding.result(timeout=60)
        _have_the_database_wait(50)


def _have_the_database_wait(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET GLOBAL innodb_lock_wait_timeout = {seconds}")
    connection.close()


def test_a_publish_that_ends_in_a_deadlock_has_not_happened(
    story: Story, rest: Api, client: Client, deadlock: Any
) -> None:
    rest("get", LIBRARY)  # the first request asks what roles there are
    before = everything()
    deadlock()
    assert rest("post", PUBLISH, {}, status=503) == {
        "code": "try_again",
        "detail": "The database is busy or could not be reached. Try again: nothing is done twice.",
        "details": {},
    }
    assert everything() == before
    rest("post", PUBLISH, {})
    assert story.is_done(Story.publish_reviewed)


def test_a_publish_in_the_background_is_tried_again_after_a_deadlock(story: Story, deadlock: Any) -> None:
    deadlock()
    done = story.publish_in_background()
    assert (done.state, done.error) == (BackgroundState.SUCCEEDED, None)
    assert story.is_done(Story.publish_reviewed)


def test_a_publish_in_the_background_gives_up_in_the_end(story: Story, crew: Crew) -> None:
    with publish_lock_held(story, crew):
        done = story.publish_in_background()
    assert done.state == BackgroundState.FAILED
    assert (
        done.error == "Nothing was published: something went wrong. If it happens again, tell the site's administrator."
    )
    assert not story.is_done(Story.publish_reviewed)


def test_who_has_cancelled_it_is_not_overruled_by_another_try(story: Story, crew: Crew) -> None:
    status = background.put_on_record(story.package_id, user_id=story.reviewer.pk)
    UserTaskStatus.objects.filter(pk=status.pk).update(state=UserTaskStatus.CANCELED)
    arguments = {"learning_package_id": story.package_id, "user_id": story.reviewer.pk, "by_operator": True}
    with publish_lock_held(story, crew):
        tasks.publish_reviewed.apply(kwargs=arguments, task_id=status.task_id)
    status.refresh_from_db()
    assert status.state == UserTaskStatus.CANCELED


def test_who_has_to_wait_for_a_publish_for_too_long_may_try_again(story: Story, crew: Crew, rest: Api) -> None:
    with publish_lock_held(story, crew):
        assert rest("post", PUBLISH, {}, status=503)["code"] == "try_again"
        assert rest("delete", entity(story.reviewed[0], "review/"), status=503)["code"] == "try_again"
    rest("delete", entity(story.reviewed[0], "review/"))


def test_the_command_says_that_the_database_has_given_up(story: Story, crew: Crew) -> None:
    with publish_lock_held(story, crew), pytest.raises(CommandError, match=r"database is busy.*Lock wait.*Try again"):
        call_command("reviews_publish", story.library.package.package_ref)
