"""My reviews: what waits for one person, or for others after this person, in all of the person's libraries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from enum import StrEnum
from itertools import batched
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from openedx_content.models_api import LearningPackage, PublishableEntity

from ..composed import composed_once
from ..data import ChangeKind, QueueState, WaitsFor
from ..drafts.changes import change_of_draft, changed_entities_in, latest_title, title_of
from ..drafts.contributors import author_of_draft, edited_at
from ..drafts.own_changes import find_forbidden, touched_by
from ..keys import with_keys
from ..models import (
    DELETION,
    ReviewedStatus,
    ReviewRequest,
    Verdict,
    changes_requested,
    covered_by_review,
    has_verdict_of,
    newest_deletion,
)
from ..policy import policy_of
from ..requests.open_requests import find_asked
from .overdue import age_in_days, is_overdue
from .overview import types_of
from .waiting import state_of, waits_for

__all__ = ["MyGroup", "MyLibrary", "MyReview", "MyReviewsInGroup", "get_my_reviews"]

# SQLite rejects longer lists of ids.
_AT_ONCE = 500
_DRAFT = {"entity": "pk", "version": "draft__version"}


class MyGroup(StrEnum):
    """Why a change is on a person's list."""

    #: It waits for a review by this person.
    TO_REVIEW = "to_review"
    #: It is this person's change, and a reviewer has requested changes.
    TO_ANSWER = "to_answer"
    #: This person has changed it or has given a verdict on it, and now others act: a reviewer, or its author.
    WITH_OTHERS = "with_others"
    #: It has waited too long for a review, in a library whose policy this person may manage.
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True, slots=True)
class MyLibrary:
    """A library that a person may view, and what else the person may do there."""

    learning_package: LearningPackage
    """Loaded with its ``review_policy``."""
    may_review: bool
    may_manage_policy: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MyReview:
    """One change on a person's list."""

    entity: PublishableEntity
    """With its learning package, and what its key is made of."""
    title: str
    kind: str
    """``component``, or the type of container, such as ``unit``."""
    block_type: str
    """The type of component, such as ``html``; for a container, the same as ``kind``."""
    change: ChangeKind
    state: QueueState
    waiting_since: datetime | None
    """When it was last changed or, if changes are requested, when they were; None if openedx-core does not know."""
    age_days: int | None
    """How many whole days it has waited."""
    requested_by: AbstractBaseUser | None
    """Who asked for the review; None without an open request, or if the account was deleted since."""
    due: date | None
    """The day by which its author needs the review, if a request for one is open and says so."""
    is_overdue: bool
    """Whether it has waited too long for a review."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What the order of the list depends on; the rest is loaded for the page that is shown."""

    entity_id: PublishableEntity.ID
    state: QueueState
    since: datetime | None
    is_asked: bool
    due: date | None

    def is_overdue(self, now: datetime) -> bool:
        # Where changes are requested, the change waits for its author.
        return self.state == QueueState.UNREVIEWED and is_overdue(self.since, self.due, now)


class MyReviewsInGroup:
    """The changes in one group, oldest first. Ask for their number, or take a slice."""

    def __init__(self, waiting: Collection[_Waiting], now: datetime) -> None:
        long_ago = datetime.min.replace(tzinfo=timezone.utc)
        self._waiting = sorted(waiting, key=lambda one: (one.since or long_ago, one.entity_id))
        self._now = now

    def count(self) -> int:
        """Return how many changes there are. No query."""
        return len(self._waiting)

    def __getitem__(self, wanted: slice) -> list[MyReview]:
        """
        Return a page of changes. Leaves out what was deleted meanwhile.

        One query; one more if a review of any of them was requested.
        """
        page = self._waiting[wanted]
        asked = [one.entity_id for one in page if one.is_asked]
        requests = ReviewRequest.objects.filter(latest=True, entity__in=asked).select_related("requested_by")
        asking = {request.entity_id: request.requested_by for request in requests} if asked else {}
        entities = (
            with_keys(PublishableEntity.objects.filter(pk__in=[one.entity_id for one in page]))
            .select_related("draft__version", "published__version")
            .annotate(latest_title=latest_title())
            .in_bulk()
        )
        return [
            self._shown(one, entities[one.entity_id], asking.get(one.entity_id))
            for one in page
            if one.entity_id in entities
        ]

    def _shown(self, one: _Waiting, entity: PublishableEntity, requested_by: AbstractBaseUser | None) -> MyReview:
        kind, block_type = types_of(entity)
        live, draft = (getattr(entity, name, None) for name in ("published", "draft"))
        return MyReview(
            entity=entity,
            title=title_of(entity),
            kind=kind,
            block_type=block_type,
            change=ChangeKind.between(live and live.version_id, draft and draft.version_id),
            state=one.state,
            waiting_since=one.since,
            age_days=None if one.since is None else age_in_days(one.since, self._now),
            requested_by=requested_by,
            due=one.due,
            is_overdue=one.is_overdue(self._now),
        )


def get_my_reviews(
    user_id: int, libraries: Collection[MyLibrary], /, *, as_of: datetime | None = None
) -> dict[MyGroup, MyReviewsInGroup]:
    """
    Return the changes in these libraries that concern this user, by group, each oldest first.

    A change that waits for the user is in ``to_review`` or ``to_answer``, by the same rule as ``waits_for_me`` of
    :func:`get_queue`; one in which the user had a part, and which waits for others, in ``with_others``; no change in
    two of these. Changes that are reviewed or in progress are in none of them. ``overdue`` has the changes that have
    waited too long for a review, by whomever, in the libraries whose policy the user may manage; they may be in another
    group as well. ``as_of``: the time from which ages are counted; now, if left out.

    For every 500 libraries three queries, and as many as :func:`.find_forbidden` takes: in most cases one or two. One
    more for every 500 changes that wait for the user's answer, or of which the user has requested changes. One or two
    for each page. Does not check permissions: pass the libraries that the user may view, from
    ``rules.find_libraries``.
    """
    now = as_of or datetime.now(tz=timezone.utc)
    groups: dict[MyGroup, list[_Waiting]] = {group: [] for group in MyGroup}
    for some in batched(libraries, _AT_ONCE):
        for group, waiting in _sort(user_id, some, now):
            groups[group].append(waiting)
    for group in (MyGroup.TO_ANSWER, MyGroup.WITH_OTHERS):
        groups[group] = _since_request(groups[group])
    return {group: MyReviewsInGroup(waiting, now) for group, waiting in groups.items()}


def _sort(user_id: int, libraries: Sequence[MyLibrary], now: datetime) -> Iterator[tuple[MyGroup, _Waiting]]:
    by_id = {library.learning_package.id: library for library in libraries}
    policies = {pk: policy_of(library.learning_package) for pk, library in by_id.items()}
    rules = {pk: policy.who_may_review for pk, policy in policies.items()}
    # Not once for each change: that reads and checks the site's setting each time.
    starts = {pk: policy.review_starts for pk, policy in policies.items()}
    of_user: dict[str, Any] = {"package_ids": list(by_id), "user_id": user_id}
    waiting = _load_waiting(**of_user)
    mine = {pk for (pk,) in _load_mine(**of_user)} if waiting else set()
    forbidden = find_forbidden(rules, user_id=user_id) if waiting else set()
    asked = find_asked(by_id) if waiting else {}
    for entity_id, package_id, record_id, is_requested, has_my_verdict, since in waiting:
        library = by_id[package_id]
        request = asked.get(entity_id)
        state = state_of(
            is_requested=is_requested,
            is_reviewed=False,
            is_asked=request is not None,
            starts=starts[package_id],
        )
        if state == QueueState.IN_PROGRESS:
            continue
        one = _Waiting(entity_id, state, since, request is not None, request.due if request else None)
        turn = waits_for(
            viewer_id=user_id,
            state=state,
            my_verdict=Verdict.REVIEWED if has_my_verdict else None,
            is_mine=entity_id in mine,
            is_reviewable=library.may_review and record_id is not None and entity_id not in forbidden,
            awaited=request.awaited if request else (),
        )
        if turn is not None:
            yield MyGroup.TO_REVIEW if turn == WaitsFor.REVIEW else MyGroup.TO_ANSWER, one
        elif entity_id in mine or entity_id in forbidden or has_my_verdict:
            yield MyGroup.WITH_OTHERS, one
        if library.may_manage_policy and one.is_overdue(now):
            yield MyGroup.OVERDUE, one


@composed_once(PublishableEntity)
def _load_waiting(package_ids: Collection[LearningPackage.ID], user_id: int) -> QuerySet[PublishableEntity, Any]:
    """Return the changes that are not covered."""
    return (
        changed_entities_in(package_ids)
        .filter(~covered_by_review(**_DRAFT))
        .annotate(
            record=change_of_draft(),
            is_requested=changes_requested(**_DRAFT),
            has_my_verdict=has_verdict_of(user_id, **_DRAFT),
            since=edited_at(),
        )
        .order_by()
        .values_list("pk", "learning_package", "record", "is_requested", "has_my_verdict", "since")
    )


@composed_once(PublishableEntity)
def _load_mine(package_ids: Collection[LearningPackage.ID], user_id: int) -> QuerySet[PublishableEntity, Any]:
    """Return the changes whose author the user is."""
    # To find the author takes long, and traces are found quickly.
    touched = changed_entities_in(package_ids).filter(touched_by(user_id))
    return touched.filter(Exact(author_of_draft(), user_id)).order_by().values_list("pk")


def _since_request(waiting: Sequence[_Waiting]) -> list[_Waiting]:
    """Where changes are requested, have the change wait since the first open request."""
    requested = [one.entity_id for one in waiting if one.state == QueueState.CHANGES_REQUESTED]
    is_of_draft = Q(version=F("entity__draft__version")) | Q(
        version_num=DELETION,
        entity__draft__version=None,
        draft_change_log_record=newest_deletion(OuterRef("entity")),
    )
    since: dict[PublishableEntity.ID, datetime] = {}
    for some in batched(requested, _AT_ONCE):
        requests = ReviewedStatus.objects.in_force().requests().filter(is_of_draft, entity__in=some)
        # A request that was carried over was made before.
        made = Min(Coalesce("carried_over_from__created", "created"))
        since.update(requests.order_by().values("entity").annotate(made=made).values_list("entity", "made"))
    return [replace(one, since=since.get(one.entity_id, one.since)) for one in waiting]
