"""My reviews: what waits for one person, or for others after this person, in all of the person's libraries."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
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
from .fingerprint import kept_under
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

    def __init__(self, waiting: Iterable[_Waiting], now: datetime) -> None:
        ordered = sorted((_to_number(one.since), one.entity_id, one) for one in waiting)
        # In columns, because they are kept in the cache: thousands of objects are slow to read, and twice as large.
        self._since = array("q", (since for since, _entity_id, _one in ordered))
        self._entity_ids: Any = array("q", (entity_id for _since, entity_id, _one in ordered))
        self._states = bytes(_STATES.index(one.state) for _since, _entity_id, one in ordered)
        self._due = {one.entity_id: one.due for _since, _entity_id, one in ordered if one.is_asked}
        self._now = now

    def count(self) -> int:
        """Return how many changes there are. No query."""
        return len(self._entity_ids)

    def __getitem__(self, wanted: slice) -> list[MyReview]:
        """
        Return a page of changes. Leaves out what was deleted meanwhile.

        One query; one more if a review of any of them was requested.
        """
        page = [
            _Waiting(entity_id, _STATES[state], _to_time(since), entity_id in self._due, self._due.get(entity_id))
            for since, entity_id, state in zip(
                self._since[wanted], self._entity_ids[wanted], self._states[wanted], strict=True
            )
        ]
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


_STATES = tuple(QueueState)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LONG_AGO = -(2**63)


def _to_number(time: datetime | None) -> int:
    """Return the microseconds since 1970; a time that is not known comes before all others."""
    return _LONG_AGO if time is None else (time - _EPOCH) // timedelta(microseconds=1)


def _to_time(number: int) -> datetime | None:
    return None if number == _LONG_AGO else _EPOCH + timedelta(microseconds=number)


def get_my_reviews(
    user_id: int,
    libraries: Collection[MyLibrary],
    /,
    *,
    as_of: datetime | None = None,
    fingerprint: str | None = None,
) -> dict[MyGroup, MyReviewsInGroup]:
    """
    Return the changes in these libraries that concern this user, by group, each oldest first.

    A change that waits for the user is in ``to_review`` or ``to_answer``, by the same rule as ``waits_for_me`` of
    :func:`get_queue`; one in which the user had a part, and which waits for others, in ``with_others``; no change in
    two of these. Changes that are reviewed or in progress are in none of them. ``overdue`` has the changes that have
    waited too long for a review, by whomever, in the libraries whose policy the user may manage; they may be in another
    group as well. ``as_of``: the time from which ages are counted; now, if left out. ``fingerprint``: of these
    packages, see :func:`get_fingerprint`; what was found under the same one, at the same time, is not found again.

    For every 500 libraries three queries, and as many as :func:`.find_forbidden` takes: in most cases one or two. One
    more for every 500 changes that wait for the user's answer, or of which the user has requested changes. One or two
    for each page. Does not check permissions: pass the libraries that the user may view, from
    ``rules.find_libraries``.
    """
    now = as_of or datetime.now(tz=timezone.utc)
    # All that the groups depend on and the fingerprint does not cover; the policies were read before it.
    name = f"my reviews {user_id} {now} {[_what_matters(library) for library in libraries]}"
    return kept_under(fingerprint, name, lambda: _find_groups(user_id, libraries, now))


def _what_matters(library: MyLibrary) -> tuple[object, ...]:
    in_force = policy_of(library.learning_package)
    permissions = (library.may_review, library.may_manage_policy)
    return library.learning_package.id, *permissions, in_force.who_may_review.value, in_force.review_starts.value


def _find_groups(user_id: int, libraries: Collection[MyLibrary], now: datetime) -> dict[MyGroup, MyReviewsInGroup]:
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
