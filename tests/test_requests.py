"""Requests for changes: what they stand against, and what ends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.transaction import atomic
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity, PublishableEntityVersion

from sample_plugin.reviews import api, signals
from sample_plugin.reviews.data import EntityOverview
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.pipeline import UnreviewedChanges
from sample_plugin.reviews.verdicts.carry_over import carry_over_reviews

from .content import Item, Library, draft_record, is_reviewed, live_versions, now
from .rest import Api, entity

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]
type Request = Callable[..., ReviewedStatus]


@pytest.fixture(name="request_changes")
def _request_changes(other_reviewer: User) -> Request:
    """A function that requests changes in the name of ``other_reviewer``."""

    def request_changes(item: Item, note: str = "More salt", **kwargs: Any) -> ReviewedStatus:
        return api.request_changes(item.id, **{"reviewer_id": other_reviewer.pk, "note": note, **kwargs})

    return request_changes


@pytest.fixture(name="text")
def _text(library: Library, review: Review) -> Item:
    """A component that ``reviewer`` has reviewed."""
    text = library.component(title="Salt")
    review(text)
    return text


def overview(item: Item, viewer: User | None = None) -> EntityOverview:
    """Return what a screen shows of an item."""
    [shown] = api.get_entity_overviews([item.id], viewer_id=viewer.pk if viewer else None)
    return shown


def save_unchanged(library: Library, item: Item) -> None:
    """Save the item as it is; what the platform does after the commit comes as well."""
    title = PublishableEntityVersion.objects.filter(entity=item.id).latest("pk").title
    library.edit(item, title)
    carry_over_reviews(draft_record(item).draft_change_log_id)


# What it stands against


def test_what_a_request_stands_against_is_not_reviewed_whoever_else_has_reviewed_it(
    library: Library, text: Item, request_changes: Request, author: User
) -> None:
    before = live_versions()
    request = request_changes(text)
    assert (request.verdict, request.note, request.in_force) == (api.Verdict.CHANGES_REQUESTED, "More salt", True)
    assert not is_reviewed(library, text)
    with pytest.raises(UnreviewedChanges, match="“Salt” \\(new, changes requested\\)") as refusal:
        library.publish(text)
    assert refusal.value.detail["unreviewed"][0]["changes_requested"] is True
    with pytest.raises(UnreviewedChanges, match="changes requested"):
        library.publish()
    assert api.publish_reviewed_items(library.package.id).published == ()
    assert live_versions() == before


def test_it_is_pinned_to_the_change_and_not_to_the_item(
    library: Library, text: Item, request_changes: Request, review: Review
) -> None:
    requested = draft_record(text).new_version_id
    request_changes(text)
    library.edit(text, "Enough salt")
    review(text)
    assert is_reviewed(library, text)
    # And with the version comes back what was said of it.
    library.set_draft(text, requested)
    assert not is_reviewed(library, text)
    assert [request.note for request in overview(text).requests] == ["More salt"]


def test_a_request_of_a_deletion_is_of_that_one_deletion(
    library: Library, text: Item, request_changes: Request, review: Review
) -> None:
    library.publish()
    live = draft_record(text).new_version_id
    library.delete(text)
    review(text)
    request_changes(text)
    assert not is_reviewed(library, text)
    library.set_draft(text, live)
    library.delete(text)
    assert not overview(text).requests
    review(text)
    assert is_reviewed(library, text)


def test_it_is_carried_over_a_save_that_changes_nothing_beside_the_reviews(
    library: Library, text: Item, request_changes: Request
) -> None:
    request = request_changes(text)
    save_unchanged(library, text)
    assert not is_reviewed(library, text)
    shown = overview(text)
    [carried_over] = shown.requests
    assert (carried_over.carried_over_from, carried_over.note) == (request, "More salt")
    assert (shown.reviewer_count, shown.outdated_requests) == (1, ())
    save_unchanged(library, text)
    assert not is_reviewed(library, text)


def test_a_bypass_goes_past_it_and_says_so(library: Library, text: Item, request_changes: Request) -> None:
    request_changes(text)
    with api.bypass_review(reason="The course begins"):
        publish_log = library.publish(text)
    assert publish_log.review_judgement.unreviewed == [text.id]


def test_where_no_review_is_required_it_stands_in_nobodys_way(
    library: Library, text: Item, request_changes: Request
) -> None:
    request_changes(text)
    api.set_review_required(library.package.id, False, changed_by=None)
    assert library.publish(text).records.count() == 1


# Who may give it


def test_nobody_requests_changes_of_a_change_of_their_own(text: Item, request_changes: Request, author: User) -> None:
    with pytest.raises(api.SelfReviewError):
        request_changes(text, reviewer_id=author.pk)


def test_of_what_has_moved_on_nothing_is_requested(library: Library, text: Item, request_changes: Request) -> None:
    seen = draft_record(text).pk
    library.edit(text)
    with pytest.raises(api.StaleReviewError):
        request_changes(text, draft_change_log_record_id=seen)
    assert not ReviewedStatus.objects.requests().exists()


def test_of_what_is_published_nothing_is_requested(library: Library, text: Item, request_changes: Request) -> None:
    library.publish()
    with pytest.raises(api.NothingToReviewError):
        request_changes(text)


@pytest.mark.parametrize("note", ["", " \n", "x" * 10_001, "\x00", None])
def test_a_request_says_what_is_missing(text: Item, request_changes: Request, note: Any) -> None:
    with pytest.raises(ValidationError) as error:
        request_changes(text, note=note)
    assert error.value.message_dict.keys() == {"note"}
    assert not ReviewedStatus.objects.requests().exists()


def test_an_unknown_item_and_an_unknown_person_are_errors(text: Item, request_changes: Request, reviewer: User) -> None:
    with pytest.raises(PublishableEntity.DoesNotExist):
        api.request_changes(9_999, reviewer_id=reviewer.pk, note="?")  # type: ignore[arg-type]
    with pytest.raises(User.DoesNotExist):
        request_changes(text, reviewer_id=9_999)


# One verdict by a person


def test_the_same_request_again_changes_nothing_and_other_words_take_its_place(
    text: Item, request_changes: Request
) -> None:
    first = request_changes(text)
    assert request_changes(text) == first
    second = request_changes(text, "And less pepper")
    assert [request.note for request in overview(text).requests] == ["And less pepper"]
    first.refresh_from_db()
    assert (first.in_force, first.withdrawn_by, second.in_force) == (None, second.reviewer, True)


def test_the_requester_ends_it_with_a_review(
    library: Library, text: Item, request_changes: Request, other_reviewer: User
) -> None:
    request = request_changes(text)
    save_unchanged(library, text)
    review = api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    assert is_reviewed(library, text)
    request.refresh_from_db()
    assert (review.verdict, request.in_force, request.withdrawn_by) == (api.Verdict.REVIEWED, None, other_reviewer)
    # With the one before, of which it says the same.
    assert not ReviewedStatus.objects.in_force().requests().exists()


@pytest.mark.parametrize("how", ["many", "a log"])
def test_the_requester_ends_it_with_many_reviews(
    how: str, library: Library, text: Item, request_changes: Request, other_reviewer: User
) -> None:
    request_changes(text)
    record = draft_record(text)
    if how == "many":
        given = api.mark_many_reviewed({text.id: record.pk}, reviewer_id=other_reviewer.pk)
    else:
        given = api.mark_change_log_reviewed(record.draft_change_log_id, reviewer_id=other_reviewer.pk)
    assert [review.verdict for review in given] == [api.Verdict.REVIEWED]
    assert is_reviewed(library, text)
    assert not ReviewedStatus.objects.in_force().requests().exists()


@pytest.mark.parametrize("how", ["one", "many", "a log"])
def test_a_review_by_somebody_else_does_not_end_it(
    how: str, library: Library, request_changes: Request, reviewer: User
) -> None:
    text = library.component()
    request_changes(text)
    record = draft_record(text)
    match how:
        case "one":
            api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
        case "many":
            api.mark_many_reviewed({text.id: record.pk}, reviewer_id=reviewer.pk)
        case "a log":
            api.mark_change_log_reviewed(record.draft_change_log_id, reviewer_id=reviewer.pk)
    assert not is_reviewed(library, text)


def test_a_reviewer_may_think_better_of_a_review(library: Library, text: Item, reviewer: User) -> None:
    save_unchanged(library, text)
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="After all: more salt")
    shown = overview(text)
    assert (len(shown.requests), shown.reviews) == (1, ())
    # Nor is the version before reviewed, which said the same.
    assert not ReviewedStatus.objects.in_force().reviews().exists()


def test_the_requester_may_take_it_back(
    library: Library, text: Item, request_changes: Request, other_reviewer: User
) -> None:
    request_changes(text)
    api.withdraw_review(text.id, reviewer_id=other_reviewer.pk)
    assert is_reviewed(library, text)


def test_nobody_else_takes_it_back_without_a_reason(
    library: Library, text: Item, request_changes: Request, author: User, other_reviewer: User
) -> None:
    request_changes(text)
    with pytest.raises(ReviewedStatus.DoesNotExist):
        api.withdraw_review(text.id, reviewer_id=other_reviewer.pk, withdrawn_by_id=author.pk)
    assert not is_reviewed(library, text)


# Dismissal


def test_a_dismissed_request_is_on_record_with_the_reason(
    library: Library, text: Item, request_changes: Request, author: User
) -> None:
    request = request_changes(text)
    save_unchanged(library, text)
    api.dismiss_request(overview(text).requests[0].pk, dismissed_by_id=author.pk, reason=" It is salt enough ")
    assert is_reviewed(library, text)
    request.refresh_from_db()
    assert (request.in_force, request.withdrawn_by, request.withdrawn_reason) == (None, author, "It is salt enough")
    assert not ReviewedStatus.objects.in_force().requests().exists()


def test_to_dismiss_is_not_to_review(library: Library, request_changes: Request, author: User) -> None:
    text = library.component()
    api.dismiss_request(request_changes(text).pk, dismissed_by_id=author.pk, reason="No")
    assert not is_reviewed(library, text)


@pytest.mark.parametrize("reason", ["", " ", "x" * 10_001, "\x07", None])
def test_a_dismissal_has_a_reason(
    library: Library, text: Item, request_changes: Request, author: User, reason: Any
) -> None:
    request = request_changes(text)
    with pytest.raises(ValidationError) as error:
        api.dismiss_request(request.pk, dismissed_by_id=author.pk, reason=reason)
    assert error.value.message_dict.keys() == {"reason"}
    assert not is_reviewed(library, text)


def test_only_a_request_in_force_is_dismissed(text: Item, request_changes: Request, author: User) -> None:
    review = ReviewedStatus.objects.reviews().get()
    request = request_changes(text)
    api.dismiss_request(request.pk, dismissed_by_id=author.pk, reason="No")
    for review_id in (review.pk, request.pk, 9_999):
        with pytest.raises(ReviewedStatus.DoesNotExist):
            api.dismiss_request(review_id, dismissed_by_id=author.pk, reason="No")
    with pytest.raises(User.DoesNotExist):
        api.dismiss_request(request_changes(text).pk, dismissed_by_id=9_999, reason="No")


def test_a_request_of_somebody_whose_account_is_gone_still_stands_and_can_be_dismissed(
    library: Library, text: Item, request_changes: Request, author: User, other_reviewer: User
) -> None:
    request = request_changes(text)
    other_reviewer.delete()
    assert not is_reviewed(library, text)
    api.dismiss_request(request.pk, dismissed_by_id=author.pk, reason="Nobody knows any more what was meant")
    assert is_reviewed(library, text)


def test_a_request_against_what_is_live_cannot_be_dismissed(
    library: Library, text: Item, request_changes: Request, author: User
) -> None:
    """It stands against no change. What was said of what is live stays on record."""
    request = request_changes(text)
    with api.bypass_review(reason="It is late"):
        library.publish()
    with pytest.raises(ReviewedStatus.DoesNotExist):
        api.dismiss_request(request.pk, dismissed_by_id=author.pk, reason="It is salt enough")
    request.refresh_from_db()
    assert request.in_force


# What a screen shows


def test_an_edit_answers_a_request(library: Library, text: Item, request_changes: Request) -> None:
    request_changes(text)
    library.edit(text, "Enough salt")
    shown = overview(text)
    assert shown.requests == ()
    assert [request.note for request in shown.outdated_requests] == ["More salt"]
    with api.bypass_review(reason="Test"):
        library.publish()
    library.edit(text)
    assert overview(text).outdated_requests == ()


def test_my_changes_are_those_that_i_have_made(
    library: Library, text: Item, request_changes: Request, author: User, reviewer: User
) -> None:
    library.publish()
    requested, outdated = library.component(), library.component()
    api.mark_reviewed(outdated.id, reviewer_id=reviewer.pk)
    library.edit(outdated)
    request_changes(requested)
    library.component(created_by=reviewer.pk)
    package_id = library.package.id
    mine = api.find_changes(package_id, changed_by=author.pk)
    assert set(mine) == {requested.publishable_entity, outdated.publishable_entity}
    assert list(api.find_changes(package_id, changed_by=author.pk, state=api.ReviewState.CHANGES_REQUESTED)) == [
        requested.publishable_entity
    ]
    shown = api.get_package_overview(package_id, viewer_id=author.pk)
    assert shown.mine == api.OwnChanges(unpublished=2, unreviewed=2, changes_requested=1, outdated=1)
    assert (shown.changes_requested, shown.unpublished) == (1, 3)
    assert api.get_package_overview(package_id).mine is None


def test_what_is_inside_a_container_is_what_publishing_it_would_publish(library: Library, review: Review) -> None:
    text, pinned, elsewhere, untouched, deleted = (library.component() for _ in range(5))
    with api.bypass_review(reason="Test"):
        library.publish(untouched, deleted)
    version = PublishableEntityVersion.objects.get(entity=pinned.id)
    unit = library.unit(text, version, untouched, deleted)
    section = library.section(library.subsection(unit))
    library.delete(deleted)
    inside = set(api.find_changes(library.package.id, inside=section.id).values_list("pk", flat=True))
    with api.bypass_review(reason="Test"):
        published = library.publish(section)
    went_live = {
        record.entity_id for record in published.records.all() if record.old_version_id != record.new_version_id
    }
    assert inside == went_live
    assert {text.id, unit.id, section.id, deleted.id} <= inside
    assert not inside & {pinned.id, elsewhere.id, untouched.id}


# Events


def test_a_request_is_told_with_all_that_it_takes_to_tell_the_author(
    library: Library,
    request_changes: Request,
    author: User,
    other_reviewer: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    told: list[dict[str, Any]] = []

    def receive(**kwargs: Any) -> None:
        told.append(kwargs)

    text = library.component("salt", title="Salt")
    signals.CHANGES_REQUESTED.connect(receive)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request = request_changes(text)
        with django_capture_on_commit_callbacks(execute=True):
            request_changes(text)
            save_unchanged(library, text)
    finally:
        signals.CHANGES_REQUESTED.disconnect(receive)
    [event] = told
    assert event["learning_package"].id == library.package.id
    assert event["requested_by"].user_id == other_reviewer.pk
    assert event["request"] == signals.ChangesRequestData(
        review_id=request.pk,
        entity_id=text.id,
        entity_key="lb:Test:Gated:html:salt",
        library_key="lib:Test:Gated",
        title="Salt",
        version_id=request.version_id,
        draft_change_log_record_id=request.draft_change_log_record_id,
        changed_by=content_api.signals.UserAttributionEventData(user_id=author.pk),
        note="More salt",
    )
    assert event["metadata"].time == request.created


def test_of_a_deletion_the_event_has_the_title_of_what_is_deleted(
    library: Library, text: Item, request_changes: Request, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[Any] = []

    def receive(**kwargs: Any) -> None:
        told.append(kwargs["request"])

    library.publish()
    library.delete(text)
    signals.CHANGES_REQUESTED.connect(receive)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request_changes(text)
    finally:
        signals.CHANGES_REQUESTED.disconnect(receive)
    assert [(request.title, request.version_id) for request in told] == [("Salt", None)]


def test_what_takes_the_place_of_something_else_says_so(
    text: Item, request_changes: Request, other_reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[tuple[str, str]] = []

    def receive(signal: Any, reviews: Any, **kwargs: Any) -> None:
        told.extend((signal.event_type.split(".")[-2], review.verdict) for review in reviews.reviews)

    events = [signals.ENTITIES_REVIEWED, signals.ENTITY_REVIEWS_WITHDRAWN]
    for event in events:
        event.connect(receive)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request_changes(text)
            api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    finally:
        for event in events:
            event.disconnect(receive)
    assert told == [("withdrawn", "changes_requested"), ("reviewed", "reviewed")]


# What it is pinned to


@pytest.mark.parametrize("by", ["no record", "core's record", "REST"])
@pytest.mark.parametrize("levels", [1, 2])
def test_of_a_container_the_change_of_its_own_is_meant_and_not_that_of_a_child(
    levels: int,
    by: str,
    library: Library,
    author: User,
    reviewer: User,
    rest: Api,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """The newest record of the unit is a side effect: the reviewer has edited a child since its author did."""
    child = library.component()
    container = library.unit(child, title="Week one")
    if levels == 2:
        container = library.subsection(container, title="Part one")
    own = draft_record(container)
    library.edit(child, by=reviewer.pk)
    side_effect = draft_record(container)
    assert side_effect != own
    assert side_effect.draft_change_log.changed_by == reviewer
    told: list[Any] = []

    def receive(request: Any, **kwargs: Any) -> None:
        told.append(request)

    signals.CHANGES_REQUESTED.connect(receive)
    with django_capture_on_commit_callbacks(execute=True):
        if by == "REST":
            body = {"verdict": "changes_requested", "note": "Shorter", "draft_change_log_record_id": side_effect.pk}
            rest("put", entity(container, "review/"), body)
        else:
            api.request_changes(
                container.id,
                reviewer_id=reviewer.pk,
                note="Shorter",
                draft_change_log_record_id=side_effect.pk if by == "core's record" else None,
            )
    signals.CHANGES_REQUESTED.disconnect(receive)
    request = ReviewedStatus.objects.get()
    assert (request.draft_change_log_record, request.version_id) == (own, own.new_version_id)
    assert [(one.changed_by.user_id, one.draft_change_log_record_id) for one in told] == [(author.pk, own.pk)]
    shown = overview(container)
    assert (shown.changed_by, shown.changed_at) == (author, own.draft_change_log.changed_at)
    assert shown.draft_change_log_record_id == own.pk


def test_a_review_by_cores_record_of_a_side_effect_is_of_the_change_before(
    library: Library, reviewer: User, other_reviewer: User
) -> None:
    child = library.component()
    unit = library.unit(child)
    own = draft_record(unit)
    library.edit(child)
    [many] = api.mark_many_reviewed({unit.id: draft_record(unit).pk}, reviewer_id=reviewer.pk)
    one = api.mark_reviewed(unit.id, reviewer_id=other_reviewer.pk, draft_change_log_record_id=draft_record(unit).pk)
    assert (many.draft_change_log_record, one.draft_change_log_record) == (own, own)


# What is over


@pytest.mark.parametrize("how", ["a bypass", "the gate off"])
def test_what_went_live_in_spite_of_a_request_has_no_request_any_more(
    how: str, library: Library, text: Item, request_changes: Request, rest: Api
) -> None:
    unit = library.unit(text)
    request_changes(unit)
    request_changes(text)
    if how == "a bypass":
        with api.bypass_review(reason="The course begins"):
            library.publish()
    else:
        api.set_review_required(library.package.id, False, changed_by=None)
        library.publish()
    # A child's change alone is none of the unit, either.
    library.edit(text)
    for item in (unit, text):
        assert overview(item).requests == ()
        assert rest("get", entity(item))["requests"] == []
    assert not api.find_changes(library.package.id, state=api.ReviewState.CHANGES_REQUESTED).exists()
    assert api.get_package_overview(library.package.id).changes_requested == 0


def test_a_deletion_that_went_live_in_spite_of_a_request_has_none_any_more(
    library: Library, text: Item, request_changes: Request
) -> None:
    library.publish()
    library.delete(text)
    request_changes(text)
    assert len(overview(text).requests) == 1
    with api.bypass_review(reason="The course begins"):
        library.publish()
    assert overview(text).requests == ()


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_what_came_since_it_was_last_published_is_told_by_the_order_and_not_by_clocks(
    days: int, library: Library, text: Item, request_changes: Request, review: Review
) -> None:
    """Whoever publishes chooses the time that is put on record."""
    api.set_required_reviewers(library.package.id, 1, changed_by=None)
    earlier = library.component(title="Pepper")
    review(earlier)
    request_changes(earlier)
    at = now() + timedelta(days=days)
    with api.bypass_review(reason="To begin with"):
        library.publish(text, earlier, published_at=at)
    for item in (text, earlier):
        library.edit(item)
        # What was said before is over: it was of what is live.
        assert overview(item).is_outdated is False
        assert overview(item).outdated_requests == ()
    assert not api.find_changes(library.package.id, state=api.ReviewState.OUTDATED).exists()
    review(text)
    request = request_changes(earlier)
    for item in (text, earlier):
        library.edit(item)
    assert overview(text).is_outdated is True
    assert list(api.find_changes(library.package.id, state=api.ReviewState.OUTDATED)) == [text.publishable_entity]
    assert overview(earlier).outdated_requests == (request,)


# One person, one verdict on a version


def test_a_standing_request_is_carried_over_where_there_is_an_older_review_too(
    library: Library, reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """v1 reviewed; v2; v3 that says what v1 says, with changes requested; back to v1; a save without a change."""
    component = library.component(title="a")
    first = draft_record(component).new_version_id
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    library.edit(component, "b")
    library.edit(component, "a")
    api.request_changes(component.id, reviewer_id=reviewer.pk, note="More salt")
    with django_capture_on_commit_callbacks(execute=True):
        library.set_draft(component, first)
    assert not is_reviewed(library, component)
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(component, "a")
    before = live_versions()
    shown = overview(component)
    # A review of the same words is no answer to the request that came later.
    assert (shown.is_reviewed, [request.note for request in shown.requests]) == (False, ["More salt"])
    with pytest.raises(UnreviewedChanges):
        library.publish()
    assert live_versions() == before


def test_a_later_verdict_on_the_same_version_takes_the_place_of_the_one_before_whatever_its_record(
    library: Library, author: User, reviewer: User
) -> None:
    """The version was brought back, so two records lead to it, and each window names another."""
    component = library.component(title="a")
    first = draft_record(component)
    library.edit(component, "b")
    library.set_draft(component, first.new_version_id)
    second = draft_record(component)
    assert first != second
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=first.pk)
    api.request_changes(component.id, reviewer_id=reviewer.pk, note="More salt", draft_change_log_record_id=second.pk)
    assert [given.verdict for given in ReviewedStatus.objects.in_force()] == [api.Verdict.CHANGES_REQUESTED]
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=first.pk)
    assert [given.verdict for given in ReviewedStatus.objects.in_force()] == [api.Verdict.REVIEWED]
    # What two windows write at the same moment, the database keeps apart.
    with pytest.raises(IntegrityError), atomic():
        ReviewedStatus.objects.create(
            entity_id=component.id,
            draft_change_log_record=second,
            version_id=first.new_version_id,
            version_num=1,
            reviewer=reviewer,
            verdict=api.Verdict.CHANGES_REQUESTED,
            note="More salt",
            created=now(),
        )


# What it is called


def test_what_is_deleted_is_called_by_its_live_title_everywhere(
    library: Library, text: Item, author: User, reviewer: User, rest: Api, django_capture_on_commit_callbacks: Any
) -> None:
    """Live as “Salt”, edited to “Pepper”, and then deleted: what goes is “Salt”."""
    unit = library.unit(text)
    library.publish(text)
    library.edit(text, "Pepper")
    stale = draft_record(text)
    library.delete(text)
    shown = overview(text)
    assert (shown.title, shown.changed_by) == ("Salt", author)
    assert rest("get", entity(text))["title"] == "Salt"
    assert list(api.find_changes(library.package.id, text="salt")) == [text.publishable_entity]
    assert not api.find_changes(library.package.id, text="pepper").exists()
    assert api.get_difference(text.id).title == "Salt"
    children = api.get_difference(unit.id).children
    assert [child.title for child in children or ()] == ["Salt"]
    with pytest.raises(api.SelfReviewError, match="“Salt”"):
        api.mark_reviewed(text.id, reviewer_id=author.pk)
    with pytest.raises(api.StaleReviewError, match="“Salt”"):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=stale.pk)
    for everything in ((), (text,)):
        with pytest.raises(UnreviewedChanges, match="“Salt” \\(deleted"):
            library.publish(*everything)
    told: list[str] = []

    def receive(request: Any, **kwargs: Any) -> None:
        told.append(request.title)

    signals.CHANGES_REQUESTED.connect(receive)
    with django_capture_on_commit_callbacks(execute=True):
        api.request_changes(text.id, reviewer_id=reviewer.pk, note="Why?")
    signals.CHANGES_REQUESTED.disconnect(receive)
    assert told == ["Salt"]


def test_what_was_deleted_before_it_was_published_is_called_as_it_was_last(
    library: Library, reviewer: User, rest: Api
) -> None:
    component = library.component(title="Salt")
    library.edit(component, "Pepper")
    library.delete(component)
    assert overview(component).title == rest("get", entity(component))["title"] == "Pepper"
    assert api.get_difference(component.id).title == "Pepper"
    with pytest.raises(api.NothingToReviewError, match="“Pepper”"):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk)


# What the database itself keeps


def test_the_database_knows_only_two_verdicts(text: Item) -> None:
    with pytest.raises(IntegrityError), atomic():
        ReviewedStatus.objects.update(verdict="")


def test_who_says_two_things_of_one_change_at_once_is_told_to_look_again(
    library: Library, text: Item, reviewer: User
) -> None:
    """As in two windows: the second finds what the first has written only where the database has a constraint."""
    ReviewedStatus.objects.update(version=None)
    with pytest.raises(api.StaleReviewError, match="in another window"), atomic():
        api.request_changes(text.id, reviewer_id=reviewer.pk, note="More salt")
    assert ReviewedStatus.objects.get().verdict == api.Verdict.REVIEWED


@pytest.mark.parametrize("how", ["many", "a log"])
def test_who_says_another_thing_of_one_of_many_is_told_and_nothing_is_marked(
    how: str, library: Library, text: Item, reviewer: User
) -> None:
    record = draft_record(text)
    # As above: found by the constraint only.
    ReviewedStatus.objects.update(version=None, verdict=api.Verdict.CHANGES_REQUESTED)
    mark: Callable[[], Any] = {
        "many": lambda: api.mark_many_reviewed({text.id: record.pk}, reviewer_id=reviewer.pk),
        "a log": lambda: api.mark_change_log_reviewed(record.draft_change_log_id, reviewer_id=reviewer.pk),
    }[how]
    with pytest.raises(api.ReviewError), atomic():
        mark()
    assert not ReviewedStatus.objects.reviews().exists()


def test_a_request_of_somebody_who_is_gone_is_carried_over_beside_a_review_of_somebody_who_is_gone(
    library: Library, text: Item, request_changes: Request, reviewer: User, other_reviewer: User
) -> None:
    reviewed = draft_record(text).new_version_id
    save_unchanged(library, text)
    request_changes(text)
    reviewer.delete()
    other_reviewer.delete()
    library.set_draft(text, reviewed)
    carry_over_reviews(draft_record(text).draft_change_log_id)
    assert not is_reviewed(library, text)


def test_a_request_is_not_given_up_for_an_older_review_by_the_same_person(
    library: Library, text: Item, reviewer: User
) -> None:
    reviewed = draft_record(text).new_version_id
    library.edit(text, "Salt")  # and nothing was carried over, say because the database gave up
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="After all: more salt")
    library.set_draft(text, reviewed)
    for _ in range(2):
        carry_over_reviews(draft_record(text).draft_change_log_id)
    assert not is_reviewed(library, text)
    # The request takes the place of the review, as if the reviewer had made it there.
    in_force = ReviewedStatus.objects.in_force().values_list("version", "verdict").order_by("pk")
    assert dict(in_force)[reviewed] == api.Verdict.CHANGES_REQUESTED
    assert len(in_force) == 2


def test_a_review_of_a_version_does_not_cover_the_deletion_that_its_record_became(
    library: Library, text: Item, reviewer: User
) -> None:
    library.publish()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        library.edit(text)
        review = api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
        library.delete(text)
    review.refresh_from_db()
    assert review.draft_change_log_record == draft_record(text)
    assert not is_reviewed(library, text)


def test_a_review_of_a_log_does_not_end_a_request_of_an_earlier_deletion(
    library: Library, text: Item, reviewer: User
) -> None:
    live = draft_record(text).new_version_id
    library.publish()
    library.delete(text)
    request = api.request_changes(text.id, reviewer_id=reviewer.pk, note="Keep it")
    library.set_draft(text, live)
    library.delete(text)
    api.mark_change_log_reviewed(draft_record(text).draft_change_log_id, reviewer_id=reviewer.pk)
    request.refresh_from_db()
    assert request.in_force


def test_a_request_that_was_carried_over_is_answered_once(
    library: Library, text: Item, request_changes: Request
) -> None:
    request_changes(text, "  More salt \n")
    save_unchanged(library, text)
    library.edit(text, "Enough salt")
    assert [request.note for request in overview(text).outdated_requests] == ["More salt"]


def test_what_is_reviewed_of_mine_does_not_wait(library: Library, text: Item, author: User) -> None:
    library.component()
    mine = api.get_package_overview(library.package.id, viewer_id=author.pk).mine
    assert mine == api.OwnChanges(unpublished=2, unreviewed=1, changes_requested=0, outdated=0)
