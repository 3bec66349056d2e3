"""
Carry verdicts over a save that changed nothing, so that opening and saving an item needs no second review.

Studio makes a new version at every save, and a review covers only the version that the reviewer looked at. If the new
version has exactly the same content, the review still applies, whoever saved it. A request for changes is carried over
as well, because what was missing is still missing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timezone
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.transaction import atomic
from openedx_content.models_api import DraftChangeLogRecord

from ..drafts.unchanged import changed_nothing
from ..models import ReviewActivity, ReviewedStatus, Verdict
from ..policy import lock_publishes
from .withdraw import withdraw_verdicts

__all__ = ["carry_over_reviews"]

# Rows per INSERT.
_BATCH_SIZE = 1_000


@atomic
def carry_over_reviews(draft_change_log_id: int, /) -> None:
    """
    Repeat every verdict in force for the new versions in this change log that have the same content.

    ``drafts/unchanged.py`` defines what the same content is. Children are not compared: they have reviews of their own.

    A copy has the same reviewer, verdict and note, and names the verdict that the reviewer gave as
    ``carried_over_from``. A reviewer's verdict in force on the new version stays as it is, so a second call changes
    nothing. But a request for changes replaces the same reviewer's review, which is withdrawn. Sends no other event,
    because no reviewer has acted.

    An unknown log carries nothing over: it may have been deleted since. All or nothing. Does not check permissions.

    One query if no change replaces a reviewed version by one with the same content; otherwise five, whatever the size
    of the log, and one for every 1,000 verdicts (SQLite: 76).
    """
    # Each query joins the log: thousands of ids are too many parameters for SQLite.
    records = DraftChangeLogRecord.objects.filter(
        changed_nothing(),
        Exists(ReviewedStatus.objects.in_force().filter(version=OuterRef("old_version"))),
        draft_change_log=draft_change_log_id,
    )
    unchanged: dict[int | None, Any] = {
        change["old_version_id"]: change
        for change in records.values(
            "pk",
            "old_version_id",
            "new_version_id",
            "new_version__version_num",
            "draft_change_log__learning_package_id",
        )
    }
    if not unchanged:
        return

    # Otherwise a withdrawal in between would withdraw a verdict and miss the copy, and a reviewer could request changes
    # to a version that the draft no longer shows. Both wait for this lock, and then read the current state.
    package_id = next(iter(unchanged.values()))["draft_change_log__learning_package_id"]
    lock_publishes(package_id)
    verdicts = list(ReviewedStatus.objects.in_force().filter(version__in=records.values("old_version")))
    there = defaultdict(list)
    for one in ReviewedStatus.objects.in_force().filter(version__in=records.values("new_version")):
        there[one.version_id].append(one)
    now = datetime.now(tz=timezone.utc)
    carried_over = []
    for verdict in verdicts:
        change = unchanged.get(verdict.version_id)
        if change is None:
            continue
        by_same = [one for one in there[change["new_version_id"]] if _is_by_same(one, verdict)]
        # A review never replaces a request: the review may be older.
        is_request = verdict.verdict == Verdict.CHANGES_REQUESTED
        given_up = [one for one in by_same if is_request and one.verdict == Verdict.REVIEWED]
        if len(by_same) > len(given_up):
            continue
        if given_up:
            withdraw_verdicts(given_up, by_id=verdict.reviewer_id)
        carried_over.append(
            ReviewedStatus(
                entity_id=verdict.entity_id,
                draft_change_log_record_id=change["pk"],
                version_id=change["new_version_id"],
                version_num=change["new_version__version_num"],
                reviewer_id=verdict.reviewer_id,
                verdict=verdict.verdict,
                note=verdict.note,
                carried_over_from_id=verdict.origin_id,
                created=now,
            )
        )
    # The reviewer may be reviewing the new version at this moment: the constraint keeps that review.
    ReviewedStatus.objects.bulk_create(carried_over, batch_size=_BATCH_SIZE, ignore_conflicts=True)
    if carried_over:
        ReviewActivity.put_on_record([package_id])


def _is_by_same(there: ReviewedStatus, verdict: ReviewedStatus) -> bool:
    """Return whether both are verdicts of one person; for deleted accounts, whether both are the same verdict."""
    if there.reviewer_id is None or verdict.reviewer_id is None:
        return there.origin_id == verdict.origin_id
    return there.reviewer_id == verdict.reviewer_id
