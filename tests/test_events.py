"""Who reviews and who withdraws is told to the rest of the platform: once, after the commit, and never for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest
from attrs import fields_dict
from django.contrib.auth.models import User
from django.db import connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_events.tooling import OpenEdxPublicSignal

from sample_plugin.reviews import api, signals
from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, draft_record, is_reviewed

pytestmark = pytest.mark.django_db

type Events = list[dict[str, Any]]
type Review = Callable[..., None]

EVENTS = {
    "ENTITIES_REVIEWED": signals.ENTITIES_REVIEWED,
    "ENTITY_REVIEWS_WITHDRAWN": signals.ENTITY_REVIEWS_WITHDRAWN,
}


@pytest.fixture(name="events")
def _events() -> Iterator[Events]:
    """What the plugin has sent during the test, oldest first."""
    events: Events = []

    def receive(**kwargs: Any) -> None:
        events.append(kwargs)

    for event in EVENTS.values():
        event.connect(receive)
    yield events
    for event in EVENTS.values():
        event.disconnect(receive)


@pytest.fixture(name="commit")
def _commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A function that gives a block after which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def data_of(*reviews: ReviewedStatus) -> signals.EntityReviewsEventData:
    """Return what an event should say about these reviews."""
    return signals.EntityReviewsEventData(
        reviews=[
            signals.EntityReviewData(
                review_id=review.pk,
                entity_id=review.entity_id,
                version_id=review.version_id,
                draft_change_log_record_id=review.draft_change_log_record_id,
            )
            for review in reviews
        ]
    )


# What an event says


def test_a_review_is_told_with_who_what_where_and_when(
    library: Library, reviewer: User, events: Events, commit: Any
) -> None:
    component = library.component()
    with commit():
        review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    (event,) = events
    assert event["signal"] is signals.ENTITIES_REVIEWED
    assert (event["learning_package"].id, event["learning_package"].title) == (
        library.package.id,
        library.package.title,
    )
    assert event["reviewed_by"].user_id == reviewer.pk
    assert event["reviews"].reviews == [
        signals.EntityReviewData(
            review_id=review.pk,
            entity_id=component.id,
            version_id=content_api.get_draft_version(component.id).pk,  # type: ignore[union-attr]
            draft_change_log_record_id=draft_record(component).pk,
        )
    ]
    assert event["metadata"].time == review.created


def test_a_review_of_a_deletion_is_told_without_a_version(
    library: Library, reviewer: User, review: Review, events: Events, commit: Any
) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    with commit():
        deletion = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    (event,) = events
    assert event["reviews"] == data_of(deletion)
    assert event["reviews"].reviews[0].version_id is None


def test_a_withdrawal_is_told_with_whose_reviews_and_by_whom(
    library: Library, reviewer: User, other_reviewer: User, author: User, events: Events, commit: Any
) -> None:
    component, other = library.component(), library.component()
    first = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    library.edit(component)
    second = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)
    api.mark_reviewed(other.id, reviewer_id=reviewer.pk)
    with commit():
        api.withdraw_review(component.id, reviewer_id=reviewer.pk, withdrawn_by_id=author.pk)
    (event,) = events
    assert event["signal"] is signals.ENTITY_REVIEWS_WITHDRAWN
    assert (event["learning_package"].id, event["learning_package"].title) == (
        library.package.id,
        library.package.title,
    )
    assert (event["reviewed_by"].user_id, event["withdrawn_by"].user_id) == (reviewer.pk, author.pk)
    assert event["reviews"] == data_of(first, second)
    second.refresh_from_db()
    assert second.withdrawn_at is not None
    assert event["metadata"].time == second.withdrawn_at.astimezone(timezone.utc)


def test_a_second_withdrawal_tells_of_what_was_given_since(
    library: Library, reviewer: User, events: Events, commit: Any
) -> None:
    component = library.component()
    for _ in range(2):
        review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        with commit():
            api.withdraw_review(component.id, reviewer_id=reviewer.pk)
        assert events.pop()["reviews"] == data_of(review)


# One for each call, none for nothing


def test_a_change_log_is_told_in_one_event(library: Library, reviewer: User, events: Events, commit: Any) -> None:
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        for _ in range(3):
            library.component()
    with commit():
        reviews = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    assert len(reviews) == 3
    assert [event["reviews"] for event in events] == [data_of(*reviews)]


def test_a_change_log_is_told_without_what_the_person_had_reviewed_before(
    library: Library, reviewer: User, other_reviewer: User, review: Review, events: Events, commit: Any
) -> None:
    edited, deleted, deleted_too = (library.component() for _ in range(3))
    review(edited, deleted, deleted_too)
    library.publish()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        library.edit(edited)
        library.delete(deleted)
        library.delete(deleted_too)
        new = library.component()
    review(edited, deleted)
    # Somebody else's makes no difference.
    api.mark_reviewed(new.id, reviewer_id=other_reviewer.pk)
    with commit():
        reviews = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    assert len(reviews) == 4
    (event,) = events
    assert event["reviews"] == data_of(*(r for r in reviews if r.entity_id in (deleted_too.id, new.id)))


def test_many_are_told_in_one_event_without_what_the_person_had_reviewed_before(
    library: Library, reviewer: User, other_reviewer: User, review: Review, events: Events, commit: Any
) -> None:
    before, deleted, new = (library.component() for _ in range(3))
    review(deleted)
    library.publish(deleted)
    library.delete(deleted)
    review(before, deleted)
    # Somebody else's makes no difference.
    api.mark_reviewed(new.id, reviewer_id=other_reviewer.pk)
    changes: dict[Any, int] = {item.id: draft_record(item).pk for item in (before, deleted, new)}
    with commit():
        reviews = api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)
    assert [given.entity_id for given in reviews] == [before.id, deleted.id, new.id]
    (event,) = events
    assert event["reviews"] == data_of(reviews[-1])
    with commit():
        assert api.mark_many_reviewed(changes, reviewer_id=reviewer.pk) == reviews
    assert events == [event]


@pytest.mark.parametrize("call", ["mark_reviewed", "mark_change_log_reviewed"])
def test_a_mark_that_writes_nothing_tells_nothing(
    library: Library, reviewer: User, events: Events, commit: Any, call: str
) -> None:
    component = library.component()
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    with commit():
        if call == "mark_reviewed":
            api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        else:
            api.mark_change_log_reviewed(draft_record(component).draft_change_log.pk, reviewer_id=reviewer.pk)
    assert events == []


@pytest.mark.parametrize("call", ["mark_reviewed", "mark_change_log_reviewed"])
def test_two_marks_at_once_are_told_once(
    library: Library, reviewer: User, events: Events, commit: Any, call: str
) -> None:
    """The second comes in when the first has just seen that there is no review yet."""
    component = library.component()
    change_log_id = draft_record(component).draft_change_log.pk

    def mark() -> None:
        if call == "mark_reviewed":
            api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        else:
            api.mark_change_log_reviewed(change_log_id, reviewer_id=reviewer.pk)

    begun = False

    def mark_after_select(execute: Any, sql: str, *args: Any) -> Any:
        nonlocal begun
        result = execute(sql, *args)
        if ReviewedStatus._meta.db_table in sql and not begun:
            begun = True
            mark()
        return result

    with commit(), connection.execute_wrapper(mark_after_select):
        mark()
    assert [event["reviews"] for event in events] == [data_of(ReviewedStatus.objects.get())]


def test_a_refusal_tells_nothing(library: Library, author: User, reviewer: User, events: Events, commit: Any) -> None:
    component = library.component()
    with commit():
        with pytest.raises(api.SelfReviewError):
            api.mark_reviewed(component.id, reviewer_id=author.pk)
        with pytest.raises(api.SelfReviewError):
            api.mark_change_log_reviewed(draft_record(component).draft_change_log.pk, reviewer_id=author.pk)
        with pytest.raises(ReviewedStatus.DoesNotExist):
            api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    assert events == []


# After the commit, or not at all


@pytest.mark.django_db(transaction=True)
def test_events_are_sent_when_the_transaction_is_committed(library: Library, reviewer: User, events: Events) -> None:
    component, other = library.component(), library.component()
    with atomic():
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        api.mark_change_log_reviewed(draft_record(other).draft_change_log.pk, reviewer_id=reviewer.pk)
        api.withdraw_review(component.id, reviewer_id=reviewer.pk)
        assert events == []
    reviewed, withdrawn = signals.ENTITIES_REVIEWED, signals.ENTITY_REVIEWS_WITHDRAWN
    assert [event["signal"] for event in events] == [reviewed, reviewed, withdrawn]


@pytest.mark.django_db(transaction=True)
def test_after_a_rollback_nothing_is_sent(library: Library, reviewer: User, events: Events) -> None:
    component, other = library.component(), library.component()

    def review_and_fail() -> None:
        with atomic():
            api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
            api.mark_change_log_reviewed(draft_record(other).draft_change_log.pk, reviewer_id=reviewer.pk)
            api.withdraw_review(component.id, reviewer_id=reviewer.pk)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        review_and_fail()
    assert events == []
    assert not ReviewedStatus.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("debug", [False, True])
def test_a_receiver_that_crashes_harms_nobody_who_reviews(
    library: Library, reviewer: User, settings: Any, caplog: pytest.LogCaptureFixture, debug: bool
) -> None:
    """With DEBUG on, openedx-events lets a receiver's crash through."""
    settings.DEBUG = debug

    def crash(**kwargs: Any) -> None:
        raise ZeroDivisionError("a receiver of somebody else's")

    component = library.component()
    for event in EVENTS.values():
        event.connect(crash)
    try:
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        assert is_reviewed(library, component)
        api.withdraw_review(component.id, reviewer_id=reviewer.pk)
        assert not is_reviewed(library, component)
    finally:
        for event in EVENTS.values():
            event.disconnect(crash)
    assert "somebody else's" in caplog.text


def test_what_is_about_two_libraries_is_told_of_each(
    library: Library, reviewer: User, events: Events, commit: Any
) -> None:
    """One call of the Python API may be about several libraries. Whoever listens to one is told of that one."""
    other = Library.create("lib:Test:Other", library.author_id)
    mine, theirs = library.component(), other.component()
    changes: dict[Any, int] = {item.id: draft_record(item).pk for item in (mine, theirs)}
    for item in (mine, theirs):
        api.request_changes(item.id, reviewer_id=reviewer.pk, note="More salt")
    with commit():
        # Takes the place of both requests, which are withdrawn.
        api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)
    told = [
        (event["signal"], event["learning_package"].id, [review.entity_id for review in event["reviews"].reviews])
        for event in events
    ]
    assert told == [
        (signals.ENTITY_REVIEWS_WITHDRAWN, library.package.id, [mine.id]),
        (signals.ENTITY_REVIEWS_WITHDRAWN, other.package.id, [theirs.id]),
        (signals.ENTITIES_REVIEWED, library.package.id, [mine.id]),
        (signals.ENTITIES_REVIEWED, other.package.id, [theirs.id]),
    ]


# What it costs


def test_telling_costs_the_same_for_any_number(library: Library, reviewer: User, events: Events, commit: Any) -> None:
    def queries(size: int) -> int:
        with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
            for _ in range(size):
                library.component()
        with CaptureQueriesContext(connection) as captured, commit():
            api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
        assert len(events.pop()["reviews"].reviews) == size
        return len(captured)

    assert queries(2) == queries(40)


def test_marking_and_withdrawing_cost_what_they_say(
    library: Library, reviewer: User, commit: Any, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_NOTIFICATIONS_KINDS = []  # those ask queries of their own

    def queries(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured, commit():
            call()
        return sum("SAVEPOINT" not in query["sql"] for query in captured)

    component = library.component()
    assert queries(lambda: api.mark_reviewed(component.id, reviewer_id=reviewer.pk)) == 3
    assert queries(lambda: api.withdraw_review(component.id, reviewer_id=reviewer.pk)) == 8
    assert queries(lambda: api.request_changes(component.id, reviewer_id=reviewer.pk, note="Add salt")) == 6


# How it is documented


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_is_annotated_as_the_platforms_own_are(name: str) -> None:
    """The platform's list of events is made from these comments."""
    source = Path(signals.__file__).read_text(encoding="utf-8")
    comment = re.search(rf"((?:# .*\n)+){name} = OpenEdxPublicSignal", source)
    assert comment is not None
    annotations = dict(re.findall(r"# \.\. (\w+): (.*)", comment[1]))
    event = EVENTS[name]
    assert annotations["event_name"] == name
    assert OpenEdxPublicSignal.get_signal_by_type(annotations["event_type"]) is event
    assert set(annotations["event_data"].split(", ")) == {data.__name__ for data in event.init_data.values()}
    assert annotations.keys() >= {"event_description", "event_trigger_repository"}


def test_the_data_is_typed_for_whoever_reads_it() -> None:
    types = {name: field.type for name, field in fields_dict(signals.EntityReviewData).items()}
    assert types["version_id"] == int | None
    assert types["review_id"] is int
