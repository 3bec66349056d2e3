"""Ask for a review, ask again, and withdraw the request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timezone
from itertools import batched
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage, PublishableEntity

from ..drafts.changes import change_of_live, has_change, load_drafts, title_of
from ..drafts.contributors import load_histories
from ..exceptions import (
    ManyRequestsError,
    NobodyToAskError,
    NothingToReviewError,
    ReviewerError,
    ReviewError,
    StaleReviewError,
)
from ..models import ReviewActivity, ReviewedStatus, ReviewRequest, Verdict
from ..policy import lock_publishes, policy_of
from ..signals import send_review_request_withdrawn, send_review_requested
from ..texts import require_text
from .open_requests import get_open_requests
from .people import may_review

__all__ = ["request_many_reviews", "request_review", "request_review_again", "withdraw_review_request"]

# Ids in one query: SQLite has a limit.
_BATCH_SIZE = 500


def request_review(
    entity_id: PublishableEntity.ID,
    /,
    *,
    requested_by_id: int,
    reviewer_ids: Collection[int] = (),
    message: str = "",
    due: date | None = None,
) -> ReviewRequest:
    """
    Ask for a review of the entity's draft change, and return the request.

    ``reviewer_ids``: the people who are asked; without any, everyone who may review. The request is open until the
    change is published or discarded, or the request is withdrawn; an edit does not end it. Asking again replaces it,
    and it stays on record. The same request about the same change returns the first one. A new request sends
    ``REVIEW_REQUESTED`` on commit. Waits for a running publish of the package.

    Does not check whether the author may ask, but whether each named person may review. Eleven queries, one more if it
    replaces a request; if people are named, five more, and two look-ups for each.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        NothingToReviewError: the entity has no unpublished change.
        StaleReviewError: core has no record of the change.
        ReviewerError: a named person may not review there, or contributed to the change, and ``who_may_review`` does
            not allow that.
        ValidationError: the message is too long, or contains control characters.
    """
    return _request_one(entity_id, requested_by_id=requested_by_id, reviewer_ids=reviewer_ids, message=message, due=due)


def request_many_reviews(
    entity_ids: Collection[PublishableEntity.ID],
    /,
    *,
    requested_by_id: int,
    reviewer_ids: Collection[int] = (),
    message: str = "",
    due: date | None = None,
) -> list[ReviewRequest]:
    """
    Ask for a review of the draft changes of these entities, and return the requests, in order of entity id.

    Does for all of them what :func:`request_review` does for one, or nothing. For a unit with its contents, or for an
    import, pass the ids that :func:`.find_changes` finds. Sends one ``REVIEW_REQUESTED`` on commit, for the requests
    that are new.

    Checks the same permission. As many queries as for one, for every 500 entities.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        ReviewerError: a named person may not review there.
        ManyRequestsError: some changes cannot be reviewed, or not by a named person; its ``errors`` map entity ids to
            the reasons.
        ValidationError: the message is too long, or contains control characters.
    """
    return _request(entity_ids, requested_by_id=requested_by_id, reviewer_ids=reviewer_ids, message=message, due=due)


def request_review_again(
    entity_id: PublishableEntity.ID, /, *, requested_by_id: int, message: str = ""
) -> ReviewRequest:
    """
    Ask the reviewers who requested changes for another review, and return the request: the author is done.

    These are the reviewers whose last verdict since the entity was last published is a request for changes, whether or
    not an edit came after it. Leaves out those who may not review it any more; if none is left, everyone who may review
    is asked. The new request keeps the day by which the open one is due. Otherwise like :func:`request_review`, with
    five more queries.

    Raises the same errors, and ``NobodyToAskError`` if no reviewer has requested changes.
    """
    asked = _who_requested_changes(entity_id)
    if not asked:
        [entity] = load_drafts([entity_id]).values() or _not_there(entity_id)
        raise NobodyToAskError.of(title_of(entity))
    open_request = get_open_requests([entity_id]).get(entity_id)
    return _request_one(
        entity_id,
        requested_by_id=requested_by_id,
        reviewer_ids=asked - {None},
        message=message,
        due=open_request.request.due if open_request else None,
        leave_out_others=True,
    )


def withdraw_review_request(
    entity_id: PublishableEntity.ID, /, *, withdrawn_by_id: int, review_request_id: int | None = None
) -> None:
    """
    Withdraw the open request for a review of this entity. It stays on record.

    Pass ``review_request_id`` where a person decides: a request that has replaced it meanwhile is not withdrawn.
    Waits for a running publish of the package. Sends ``REVIEW_REQUEST_WITHDRAWN`` on commit. Does not check
    permissions. Ten queries.

    Raises:
        User.DoesNotExist: no user has the id ``withdrawn_by_id``.
        ReviewRequest.DoesNotExist: no request about this entity is open, or not the one that was passed.
    """
    get_user_model().objects.get(pk=withdrawn_by_id)
    with atomic():
        _lock([entity_id])
        found = get_open_requests([entity_id]).get(entity_id)
        if found is None or review_request_id not in (None, found.request.pk):
            raise ReviewRequest.DoesNotExist(
                _("There is no open request for a review of entity {entity}.").format(entity=entity_id)
            )
        withdrawn = ReviewRequest.objects.filter(pk=found.request.pk)
        withdrawn.update(latest=None, withdrawn_at=datetime.now(tz=timezone.utc), withdrawn_by_id=withdrawn_by_id)
        gone = list(_with_people(withdrawn))
        ReviewActivity.put_on_record(request.entity.learning_package_id for request in gone)
        send_review_request_withdrawn(gone)


def _request_one(entity_id: PublishableEntity.ID, **kwargs: Any) -> ReviewRequest:
    try:
        [request] = _request([entity_id], **kwargs)
    except ManyRequestsError as exc:
        raise exc.errors[entity_id] from None
    return request


@atomic
def _request(
    entity_ids: Collection[PublishableEntity.ID],
    *,
    requested_by_id: int,
    reviewer_ids: Collection[int],
    message: str,
    due: date | None,
    leave_out_others: bool = False,
) -> list[ReviewRequest]:
    """Ask about all of these entities or about none; ``leave_out_others``: rather than refuse a named person."""
    require_text("message", message)
    users = get_user_model().objects
    users.get(pk=requested_by_id)
    reviewers = [users.get(pk=reviewer_id) for reviewer_id in sorted(set(reviewer_ids))]
    now = datetime.now(tz=timezone.utc)
    errors: dict[PublishableEntity.ID, ReviewError] = {}
    made: list[ReviewRequest] = []
    allowed: dict[LearningPackage.ID, list[Any]] = {}
    for batch in batched(sorted(set(entity_ids)), _BATCH_SIZE):
        # Of two who ask at once, the second replaces the request of the first. And a publish is over or has not begun.
        _lock(batch)
        entities = load_drafts(batch)
        histories = load_histories(batch) if reviewers else {}
        wanted: dict[PublishableEntity.ID, ReviewRequest] = {}
        people: dict[PublishableEntity.ID, frozenset[int]] = {}
        for entity_id in batch:
            entity: Any = entities.get(entity_id) or _not_there(entity_id)
            package = entity.learning_package
            if package.id not in allowed:
                allowed[package.id] = _require_reviewers(reviewers, package, leave_out_others=leave_out_others)
            contributions = histories[entity_id].of_draft() if reviewers else None
            rule = policy_of(package).who_may_review
            own = [one for one in allowed[package.id] if contributions and contributions.forbid(one.pk, rule)]
            if not has_change(entity):
                errors[entity_id] = NothingToReviewError.of(title_of(entity))
            elif entity.change_record is None:
                errors[entity_id] = StaleReviewError.without_record(title_of(entity))
            elif own and not leave_out_others:
                errors[entity_id] = ReviewerError.who_contributed(_name(own[0]), title_of(entity))
            else:
                people[entity_id] = frozenset(one.pk for one in allowed[package.id] if one not in own)
                wanted[entity_id] = ReviewRequest(
                    entity_id=entity_id,
                    draft_change_log_record_id=entity.change_record,
                    requested_by_id=requested_by_id,
                    message=message,
                    due=due,
                    created=now,
                )
        if not errors:
            made += _record(wanted, people)
    if errors:
        raise ManyRequestsError(errors)
    send_review_requested([request for request in made if request.created == now])
    return made


def _record(
    wanted: Mapping[PublishableEntity.ID, ReviewRequest], people: Mapping[PublishableEntity.ID, frozenset[int]]
) -> list[ReviewRequest]:
    """Record these requests in place of earlier ones, and return them, in order of entity id."""
    last = ReviewRequest.objects.filter(latest=True, entity__in=list(wanted))
    there = {request.entity_id: request for request in _with_people(last)}
    new = [
        request
        for entity_id, request in wanted.items()
        if entity_id not in there or not _is_same(there[entity_id], request, people[entity_id])
    ]
    last.filter(entity__in=[request.entity_id for request in new]).update(latest=None)
    ReviewRequest.objects.bulk_create(new)
    # Read again: MySQL returns no ids from a bulk insert.
    ids = dict(last.values_list("entity", "pk"))
    through: Any = ReviewRequest.reviewers.through
    through.objects.bulk_create(
        through(reviewrequest_id=ids[request.entity_id], user_id=person)
        for request in new
        for person in sorted(people[request.entity_id])
    )
    recorded = list(_with_people(last))
    if new:
        ReviewActivity.put_on_record(request.entity.learning_package_id for request in recorded)
    return recorded


def _is_same(request: ReviewRequest, other: ReviewRequest, people: frozenset[int]) -> bool:
    """Return whether the other request says the same about the same change, as after a second click."""
    names = ("draft_change_log_record_id", "requested_by_id", "message", "due")
    is_same = all(getattr(request, name) == getattr(other, name) for name in names)
    return is_same and people == {person.pk for person in request.reviewers.all()}


def _with_people(requests: Any) -> Any:
    return requests.select_related("entity__learning_package").prefetch_related("reviewers").order_by("entity")


def _lock(entity_ids: Collection[PublishableEntity.ID]) -> None:
    entities = PublishableEntity.objects.filter(pk__in=entity_ids)
    for package_id in sorted(entities.values_list("learning_package_id", flat=True).distinct()):
        lock_publishes(package_id)


def _require_reviewers(reviewers: list[Any], package: LearningPackage, *, leave_out_others: bool) -> list[Any]:
    """Return those of these people who may review in the package, or raise ``ReviewerError``."""
    allowed = [reviewer for reviewer in reviewers if may_review(reviewer, package)]
    others = [reviewer for reviewer in reviewers if reviewer not in allowed]
    if others and not leave_out_others:
        raise ReviewerError.who_may_not(_name(others[0]))
    return allowed


def _who_requested_changes(entity_id: PublishableEntity.ID) -> set[int | None]:
    """Return the reviewers whose last verdict on the unpublished change is a request for changes; None if deleted."""
    entity = PublishableEntity.objects.annotate(live=change_of_live()).filter(pk=entity_id).values("live").first()
    verdicts = ReviewedStatus.objects.in_force().filter(
        entity=entity_id, draft_change_log_record__gt=(entity and entity["live"]) or 0
    )
    # The last one of each person comes last, and stays.
    last = dict(verdicts.order_by("created", "pk").values_list("reviewer", "verdict"))
    return {reviewer_id for reviewer_id, verdict in last.items() if verdict == Verdict.CHANGES_REQUESTED}


def _not_there(entity_id: PublishableEntity.ID) -> Any:
    raise PublishableEntity.DoesNotExist(_("There is no entity with the id {id}.").format(id=entity_id))


def _name(user: AbstractBaseUser) -> str:
    return user.get_username()
