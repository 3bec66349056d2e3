"""Authors ask for a review: of what, from whom, and for how long the request is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api

from sample_plugin.reviews import api, signals
from sample_plugin.reviews.models import ReviewRequest
from sample_plugin.reviews.rules import CAN_REVIEW

from .content import Item, Library, make_live

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _reviewers_may_review(reviewer: User, other_reviewer: User) -> None:
    """Both reviewers are global staff, so they may review in every library, with openedx-authz and without."""
    User.objects.filter(pk__in=[reviewer.pk, other_reviewer.pk]).update(is_staff=True)


@pytest.fixture(name="text")
def _text(library: Library) -> Item:
    """A component that is live, and edited since."""
    text = library.component("salt", title="Salt")
    make_live(library)
    library.edit(text)
    return text


@pytest.fixture(name="ask")
def _ask(author: User) -> Callable[..., ReviewRequest]:
    """A function by which the author asks for a review of an item, from these people."""

    def ask(item: Item, *people: User, **kwargs: Any) -> ReviewRequest:
        return api.request_review(
            item.id, requested_by_id=author.pk, reviewer_ids=[person.pk for person in people], **kwargs
        )

    return ask


@pytest.fixture(name="when_asked")
def _when_asked(library: Library) -> Library:
    """The library, in which a review starts when an author asks."""
    api.change_policy(library.package.id, changed_by=None, reason="", review_starts="when_asked")
    return library


def is_open(item: Item) -> bool:
    """Return whether a request for a review of this item is open: every list of open requests says the same."""
    found = item.id in api.get_open_requests([item.id])
    [overview] = api.get_entity_overviews([item.id], viewer_id=None)
    if overview.needs_review:
        assert (overview.review_request is not None) == found
    return found


def waiting(library: Library, viewer: User) -> set[Any]:
    """Return the changes that wait for a review by this person; the queue and the count say the same."""
    package_id = library.package.id
    ids = list(api.find_changes(package_id).values_list("pk", flat=True))
    rows = api.get_queue(package_id, ids, viewer_id=viewer.pk, may_review=True)
    found = {row.entity_id for row in rows if row.waits_for_me == api.WaitsFor.REVIEW}
    counts = api.get_package_overview(package_id, viewer_id=viewer.pk).waits_for_me
    assert counts is not None
    assert counts.to_review == len(found)
    return found


# How long a request is open


def test_an_edit_keeps_a_request_and_a_publish_ends_it(library: Library, text: Item, ask: Any, reviewer: User) -> None:
    assert not is_open(text)
    ask(text)
    assert is_open(text)
    library.edit(text)
    assert is_open(text)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    api.publish_reviewed_items(library.package.id)
    assert not is_open(text)
    library.edit(text)
    assert not is_open(text)


def test_a_publish_of_what_is_inside_does_not_end_the_request_of_a_container(library: Library, ask: Any) -> None:
    text = library.component()
    unit = library.unit(text)
    ask(unit)
    with api.bypass_review(reason="Test"):
        content_api.publish_from_drafts(library.package.id, library.drafts(text))
    assert is_open(unit)


def test_a_discard_ends_a_request(library: Library, text: Item, ask: Any) -> None:
    ask(text)
    content_api.reset_drafts_to_published(library.package.id)
    library.edit(text)
    assert not is_open(text)


def test_a_deletion_can_be_asked_about_and_a_restored_item_is_no_change(library: Library, text: Item, ask: Any) -> None:
    make_live(library)
    live = content_api.get_draft_version(text.id)
    assert live is not None
    library.delete(text)
    ask(text)
    assert is_open(text)
    library.set_draft(text, live.id)
    assert not is_open(text)


def test_a_request_that_is_withdrawn_stays_on_record(text: Item, ask: Any, author: User) -> None:
    first = ask(text)
    second = ask(text, message="Once more")
    with pytest.raises(ReviewRequest.DoesNotExist):
        api.withdraw_review_request(text.id, withdrawn_by_id=author.pk, review_request_id=first.pk)
    api.withdraw_review_request(text.id, withdrawn_by_id=author.pk)
    assert not is_open(text)
    kept = ReviewRequest.objects.order_by("pk").values_list("pk", "latest", "withdrawn_by")
    assert list(kept) == [(first.pk, None, None), (second.pk, None, author.pk)]
    with pytest.raises(ReviewRequest.DoesNotExist):
        api.withdraw_review_request(text.id, withdrawn_by_id=author.pk)


def test_asking_again_replaces_a_request_unless_it_says_the_same(
    library: Library, text: Item, ask: Any, reviewer: User
) -> None:
    first = ask(text, reviewer, message="Please", due=date(2026, 12, 24))
    assert ask(text, reviewer, message="Please", due=date(2026, 12, 24)) == first
    second = ask(text, reviewer, message="Please")
    assert api.get_open_requests([text.id])[text.id].request == second != first
    library.edit(text)
    assert ask(text, reviewer, message="Please") not in (first, second)


# Whom it waits for


def test_a_request_waits_for_the_named_people_until_they_have_given_their_verdicts(
    library: Library, text: Item, ask: Any, author: User, reviewer: User, other_reviewer: User
) -> None:
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    third = User.objects.create_user("third", is_staff=True)
    assert waiting(library, reviewer) == waiting(library, third) == {text.id}
    ask(text, reviewer)
    assert (waiting(library, reviewer), waiting(library, third)) == ({text.id}, set())
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    # One more is needed, and nobody is named for that.
    assert (waiting(library, reviewer), waiting(library, third)) == (set(), {text.id})
    library.edit(text)
    assert (waiting(library, reviewer), waiting(library, third)) == ({text.id}, set())
    reviewer.delete()
    assert waiting(library, third) == {text.id}


def test_others_may_review_what_waits_for_named_people(
    library: Library, text: Item, ask: Any, reviewer: User, other_reviewer: User
) -> None:
    ask(text, reviewer)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    assert api.publish_reviewed_items(library.package.id).published


def test_where_a_review_starts_when_asked_a_change_is_in_progress_until_then(
    when_asked: Library, text: Item, ask: Any, reviewer: User
) -> None:
    other = when_asked.component()
    in_progress = finding(when_asked, api.ReviewState.IN_PROGRESS)
    assert in_progress() == {text.id, other.id}
    assert waiting(when_asked, reviewer) == set()
    ask(text)
    assert in_progress() == {other.id}
    assert waiting(when_asked, reviewer) == {text.id}
    api.request_changes(other.id, reviewer_id=reviewer.pk, note="Less")
    assert in_progress() == set()
    when_asked.edit(other)
    assert in_progress() == {other.id}
    # What may be published does not depend on it.
    api.mark_reviewed(other.id, reviewer_id=reviewer.pk)
    assert in_progress() == set()
    assert [item.entity_id for item in api.publish_reviewed_items(when_asked.package.id).published] == [other.id]
    api.withdraw_review_request(text.id, withdrawn_by_id=reviewer.pk)
    assert in_progress() == {text.id}
    api.change_policy(when_asked.package.id, changed_by=None, reason="", review_starts=None)
    assert in_progress() == set()


def finding(library: Library, state: api.ReviewState) -> Callable[[], set[Any]]:
    """Return a function that returns the changes in this state; the list, the queue, the count and pages agree."""
    package_id = library.package.id

    def find() -> set[Any]:
        ids = list(api.find_changes(package_id).values_list("pk", flat=True))
        found = set(api.find_changes(package_id, state=state).values_list("pk", flat=True))
        rows = api.get_queue(package_id, ids, viewer_id=0, may_review=False)
        assert {row.entity_id for row in rows if row.state == api.QueueState(state)} == found
        overviews = api.get_entity_overviews(ids, viewer_id=None)
        assert {overview.entity.id for overview in overviews if overview.is_in_progress} == found
        assert api.get_package_overview(package_id).in_progress == len(found)
        return found

    return find


def test_an_author_who_is_done_asks_those_who_requested_changes(
    library: Library, text: Item, ask: Any, author: User, reviewer: User, other_reviewer: User
) -> None:
    third, fourth = (User.objects.create_user(name, is_staff=True) for name in ("third", "fourth"))
    with pytest.raises(api.NobodyToAskError, match="No reviewer has requested changes"):
        api.request_review_again(text.id, requested_by_id=author.pk)
    ask(text, due=date(2026, 12, 24))
    for person in (reviewer, other_reviewer, third, fourth):
        api.request_changes(text.id, reviewer_id=person.pk, note="Less salt")
    library.edit(text)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    third.is_staff = False
    third.save()
    library.edit(text, by=fourth.pk)
    again = api.request_review_again(text.id, requested_by_id=author.pk)
    # Others have approved it since, may not review any more, or have a part in it themselves.
    assert list(again.reviewers.all()) == [reviewer]
    assert again.due == date(2026, 12, 24)
    reviewer.delete()
    library.edit(text)
    assert not api.request_review_again(text.id, requested_by_id=author.pk).reviewers.exists()


# What is refused


def test_a_person_who_may_not_review_is_refused_by_name_and_nothing_is_requested(
    library: Library, text: Item, ask: Any, author: User, reviewer: User
) -> None:
    with pytest.raises(api.ReviewerError, match=r"^author may not review in this library: ask another person\.$"):
        ask(text, reviewer, author)
    colleague = User.objects.create_user("colleague", is_staff=True)
    library.edit(text, by=colleague.pk)
    other = library.component(title="Yeast")
    with pytest.raises(api.ReviewerError, match=r"^colleague changed “.*”, so another person has to review it"):
        ask(text, colleague)
    with pytest.raises(api.ManyRequestsError, match=r"1 of the changes.*colleague changed") as refused:
        api.request_many_reviews([other.id, text.id], requested_by_id=author.pk, reviewer_ids=[colleague.pk])
    assert refused.value.errors.keys() == {text.id}
    assert not ReviewRequest.objects.exists()
    api.set_who_may_review(library.package.id, "anybody", changed_by=None)
    assert ask(text, colleague)


def test_an_item_without_a_change_is_refused(library: Library, text: Item, ask: Any) -> None:
    make_live(library)
    with pytest.raises(api.NothingToReviewError):
        ask(text)


# Many, and in two libraries


def test_many_are_asked_about_at_once_with_one_event_for_each_library(
    library: Library, author: User, reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    events: list[dict[str, Any]] = []

    def receive(**kwargs: Any) -> None:
        events.append(kwargs)

    text, other = library.component(), library.component()
    elsewhere = Library.create("lib:Test:Elsewhere", author.pk).component()
    asked: dict[str, Any] = {"requested_by_id": author.pk, "reviewer_ids": [reviewer.pk], "message": "Please"}
    for signal in (signals.REVIEW_REQUESTED, signals.REVIEW_REQUEST_WITHDRAWN):
        signal.connect(receive)
    try:
        for _ in range(2):  # the second time changes nothing
            with django_capture_on_commit_callbacks(execute=True):
                requests = api.request_many_reviews([elsewhere.id, other.id, text.id], due=date(2026, 12, 24), **asked)
        with django_capture_on_commit_callbacks(execute=True):
            api.withdraw_review_request(text.id, withdrawn_by_id=reviewer.pk)
    finally:
        for signal in (signals.REVIEW_REQUESTED, signals.REVIEW_REQUEST_WITHDRAWN):
            signal.disconnect(receive)
    assert [request.entity_id for request in requests] == [text.id, other.id, elsewhere.id]
    here, there, withdrawn = events
    assert (here["learning_package"].id, there["learning_package"].title) == (
        library.package.id,
        "Library lib:Test:Elsewhere",
    )
    assert here["requested_by"].user_id == author.pk
    assert here["requests"] == signals.ReviewRequestsEventData(
        requests=[
            signals.ReviewRequestData(
                request_id=request.pk,
                entity_id=request.entity_id,
                draft_change_log_record_id=request.draft_change_log_record_id,
            )
            for request in requests[:2]
        ],
        reviewer_ids=[reviewer.pk],
        message="Please",
        due=date(2026, 12, 24),
    )
    assert withdrawn["signal"] is signals.REVIEW_REQUEST_WITHDRAWN
    assert (withdrawn["requested_by"].user_id, withdrawn["withdrawn_by"].user_id) == (author.pk, reviewer.pk)
    assert [request.request_id for request in withdrawn["requests"].requests] == [requests[0].pk]


def test_many_take_as_many_queries_as_a_few(library: Library, author: User, reviewer: User) -> None:
    counts = []
    reviewer.has_perm(CAN_REVIEW, library.package)  # openedx-authz reads its roles once
    for size in (2, 20):
        ids = [library.component().id for _ in range(size)]
        asked: dict[str, Any] = {"requested_by_id": author.pk, "reviewer_ids": [reviewer.pk]}
        with CaptureQueriesContext(connection) as queries:
            api.request_many_reviews(ids, **asked)
        with CaptureQueriesContext(connection) as read:
            api.get_queue(library.package.id, ids, viewer_id=reviewer.pk, may_review=True)
        counts.append((len(queries), len(read)))
    assert counts == [(18, 11)] * 2


def test_deleted_content_and_accounts_take_nothing_else_with_them(
    library: Library, text: Item, ask: Any, author: User, reviewer: User
) -> None:
    ask(text, reviewer)
    author.delete()
    [found] = api.get_open_requests([text.id]).values()
    assert found.request.requested_by is None
    library.package.delete()
    assert not ReviewRequest.objects.exists()


def test_the_history_tells_who_was_asked_for_what_and_that_it_was_withdrawn(
    text: Item, ask: Callable[..., ReviewRequest], author: User, reviewer: User, other_reviewer: User
) -> None:
    ask(text, reviewer, other_reviewer, due=date(2126, 12, 24), message="Before <b>Monday</b>")
    api.withdraw_review_request(text.id, withdrawn_by_id=reviewer.pk)
    history = api.get_history(text.id)
    told = [one for one in history[: history.count()] if one.kind == api.HistoryKind.OTHER]
    assert [(one.added and (one.added.title, one.added.text), one.person, one.version_num) for one in told] == [
        (("Request for a review withdrawn", ""), reviewer, None),
        (
            (
                "Review requested from \u2068reviewer\u2069, \u2068other-reviewer\u2069 by Dec. 24, 2126",
                "Before <b>Monday</b>",
            ),
            author,
            2,
        ),
    ]
