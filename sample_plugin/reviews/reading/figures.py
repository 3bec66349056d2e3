"""
Figures to manage a queue by: how long changes wait, by library and never by person.

In a small sample a figure would tell how fast one person works, so there is none below :data:`FEWEST`.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import batched
from typing import Any, NamedTuple

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLogRecord

from ..composed import composed_once
from ..conf import ReviewStarts, review_starts_by_default
from ..data import QueueState
from ..drafts.changes import changed_entities_in, draft_changes
from ..drafts.contributors import edited_at
from ..evidence.judged import real_changes
from ..models import Basis, ReviewedStatus, changes_requested, covered_by_review
from ..requests.open_requests import find_asked
from .overdue import age_in_days, is_overdue
from .waiting import state_of

__all__ = ["AGES", "FEWEST", "PERIOD", "Durations", "QueueFigures", "get_queue_figures"]

#: From when on events count.
PERIOD = timedelta(days=90)
#: A smaller sample has no figures.
FEWEST = 5
#: The first and the last day of each age; None for no end.
AGES: tuple[tuple[int, int | None], ...] = ((0, 1), (2, 7), (8, 30), (31, None))

# Of more events, the newest count: memory stays flat.
_MOST = 20_000
# SQLite rejects longer lists of ids.
_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Durations:
    """How long something took."""

    count: int
    """How many times it was measured."""
    median: timedelta
    percentile_90: timedelta
    """Nine in ten took no longer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueFigures:
    """What is open in one learning package, and how long reviews and publishes took in the last 90 days."""

    unreviewed: int
    """Changes that wait for a review."""
    changes_requested: int
    """Changes that wait for their author."""
    overdue: int
    """How many of the unreviewed ones have waited too long."""
    open_by_age: tuple[int, ...]
    """How many of both wait for each of :data:`AGES`, since they were last changed."""
    to_first_verdict: Durations | None
    """From a change to the first verdict on it; None for fewer than five."""
    to_publish: Durations | None
    """From a change to its publish; None for fewer than five."""


def get_queue_figures(
    learning_package_ids: Collection[LearningPackage.ID], /, *, as_of: datetime | None = None
) -> dict[LearningPackage.ID, QueueFigures]:
    """
    Return the figures of each of these packages. They name no person, and no small sample tells how fast one works.

    A verdict counts on the day that it was given, also if it was withdrawn later; one that was carried over to a save
    that changed nothing does not count. A publish counts if it has a judgement, and did not restore a backup;
    deletions do not count. Of more than 20,000 verdicts or publishes in 500 packages, the newest count. ``as_of``: the
    end of the 90 days, and the time from which ages are counted; now, if left out.

    Four queries for every 500 packages. Does not check permissions.
    """
    now = as_of or datetime.now(tz=timezone.utc)
    figures: dict[LearningPackage.ID, QueueFigures] = {}
    for some in batched(learning_package_ids, _AT_ONCE):
        verdicts = _by_package(_first_verdicts(some, now))
        publishes = _by_package(_publishes(some, now))
        waiting: dict[LearningPackage.ID, list[_Open]] = defaultdict(list)
        for package_id, one in _find_open(some):
            waiting[package_id].append(one)
        for package_id in some:
            ages = Counter(_age_of(one.since, now) for one in waiting[package_id])
            unreviewed = [one for one in waiting[package_id] if not one.is_requested]
            figures[package_id] = QueueFigures(
                unreviewed=len(unreviewed),
                changes_requested=len(waiting[package_id]) - len(unreviewed),
                overdue=sum(1 for one in unreviewed if is_overdue(one.since, one.due, now)),
                open_by_age=tuple(ages[age] for age in range(len(AGES))),
                to_first_verdict=_durations(verdicts[package_id]),
                to_publish=_durations(publishes[package_id]),
            )
    return figures


def _age_of(since: datetime | None, now: datetime) -> int:
    """Return the position of the age. A change of which core has no record is as old as can be."""
    days = age_in_days(since, now) if since else None
    last = len(AGES) - 1
    return last if days is None else next(n for n, (_, end) in enumerate(AGES) if end is None or days <= end)


def _durations(sample: Sequence[timedelta]) -> Durations | None:
    if len(sample) < FEWEST:
        return None
    # In seconds, because statistics cannot interpolate between two timedeltas.
    seconds = sorted(one.total_seconds() for one in sample)
    return Durations(
        count=len(seconds),
        median=timedelta(seconds=statistics.median(seconds)),
        percentile_90=timedelta(seconds=statistics.quantiles(seconds, n=10, method="inclusive")[-1]),
    )


def _by_package(
    rows: Iterable[tuple[LearningPackage.ID, datetime, datetime]],
) -> dict[LearningPackage.ID, list[timedelta]]:
    durations: dict[LearningPackage.ID, list[timedelta]] = defaultdict(list)
    for package_id, start, end in rows:
        # The caller of a publish chooses its time, which may be before the change.
        durations[package_id].append(max(end - start, timedelta()))
    return durations


class _Open(NamedTuple):
    """A change that waits for a reviewer or for its author."""

    is_requested: bool
    since: datetime | None
    due: date | None


def _find_open(package_ids: Collection[LearningPackage.ID]) -> Iterator[tuple[LearningPackage.ID, _Open]]:
    asked = find_asked(package_ids)
    by_default = review_starts_by_default()
    for entity_id, package_id, starts, is_requested, since in _load_open(package_ids=package_ids):
        request = asked.get(entity_id)
        state = state_of(
            is_requested=is_requested,
            is_reviewed=False,
            is_asked=request is not None,
            starts=ReviewStarts(starts or by_default),
        )
        if state != QueueState.IN_PROGRESS:
            yield package_id, _Open(is_requested, since, request.due if request else None)


@composed_once(PublishableEntity)
def _load_open(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntity, Any]:
    draft = {"entity": "pk", "version": "draft__version"}
    return (
        changed_entities_in(package_ids)
        .filter(~covered_by_review(**draft))
        .annotate(is_requested=changes_requested(**draft), since=edited_at())
        .order_by()
        .values_list(
            "pk", "learning_package", "learning_package__review_policy__review_starts", "is_requested", "since"
        )
    )


def _first_verdicts(package_ids: Collection[LearningPackage.ID], now: datetime) -> QuerySet[ReviewedStatus, Any]:
    """Return the package, the time of the change and the time of the first verdict on it."""
    package, changed_at = "entity__learning_package", "draft_change_log_record__draft_change_log__changed_at"
    given = ReviewedStatus.objects.filter(**{f"{package}__in": package_ids}, draft_change_log_record__isnull=False)
    # Not a condition on the rows: SQLite would look them up by it, and read all verdicts of the site.
    first_given = Min("created", filter=Q(carried_over_from=None))
    first = given.order_by().values("draft_change_log_record", package, changed_at).annotate(first=first_given)
    in_period = first.filter(first__gt=now - PERIOD, first__lte=now).order_by("-first")
    newest: QuerySet[ReviewedStatus, Any] = in_period.values_list(package, changed_at, "first")[:_MOST]
    return newest


def _publishes(package_ids: Collection[LearningPackage.ID], now: datetime) -> QuerySet[PublishLogRecord, Any]:
    """Return the package, the time of the change that went live, and the time when it did."""
    package, published_at = "publish_log__learning_package", "publish_log__published_at"
    # A version can be brought back: the last change that put it in place counts. A deletion has no version by which to
    # find its change, and is left out.
    changes = draft_changes().filter(entity=OuterRef("entity"), new_version=OuterRef("new_version")).order_by("-pk")
    return (
        real_changes()
        .exclude(publish_log__review_judgement__basis=Basis.RESTORED)
        .filter(
            **{f"{package}__in": package_ids, f"{published_at}__gt": now - PERIOD, f"{published_at}__lte": now},
            publish_log__review_judgement__isnull=False,
        )
        .annotate(changed_at=Subquery(changes.values("draft_change_log__changed_at")[:1]))
        .filter(changed_at__isnull=False)
        .order_by(f"-{published_at}")
        .values_list(package, "changed_at", published_at)[:_MOST]
    )
