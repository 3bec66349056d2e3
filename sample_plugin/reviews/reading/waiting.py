"""Whose turn is it? What waits for one person: for one row of the queue, and as a number for the whole library."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from openedx_content.models_api import LearningPackage, PublishableEntity

from ..composed import composed_once
from ..conf import ReviewStarts
from ..data import QueueState, WaitsFor
from ..drafts.changes import change_of_draft, changed_entities
from ..drafts.own_changes import find_forbidden
from ..models import Verdict, changes_requested, covered_by_review, has_verdict_of
from ..policy import PolicyInForce
from ..requests.open_requests import find_asked
from .fingerprint import kept_under

__all__ = ["count_to_review", "state_of", "waits_for"]

_DRAFT = {"entity": "pk", "version": "draft__version"}


def state_of(*, is_requested: bool, is_reviewed: bool, is_asked: bool, starts: ReviewStarts) -> QueueState:
    """
    Return the state of an unpublished change.

    ``is_asked``: a request for a review is open; ``starts``: what the package says about when a review starts.
    """
    if is_requested:
        return QueueState.CHANGES_REQUESTED
    if is_reviewed:
        return QueueState.REVIEWED
    if starts == ReviewStarts.WHEN_ASKED and not is_asked:
        return QueueState.IN_PROGRESS
    return QueueState.UNREVIEWED


def waits_for(
    *,
    viewer_id: int,
    state: QueueState,
    my_verdict: Verdict | None,
    is_mine: bool,
    is_reviewable: bool,
    awaited: Collection[int],
) -> WaitsFor | None:
    """
    Return what a change waits for from the viewer, if anything.

    A review, if it is unreviewed, has no open request for changes, and the viewer may review it and has not approved
    it yet. If a review was requested from others, it waits for these until they have given their verdicts. An answer,
    if the viewer is its author and it has an open request for changes. ``is_reviewable``: the viewer has the
    permission, the rule on contributors allows it, and core has a record of the change. ``awaited``: the people for
    whom its request waits; empty for all. No query.
    """
    if state == QueueState.CHANGES_REQUESTED and is_mine:
        return WaitsFor.ANSWER
    if state == QueueState.UNREVIEWED and is_reviewable and my_verdict is None:
        return WaitsFor.REVIEW if not awaited or viewer_id in awaited else None
    return None


def count_to_review(
    learning_package_id: LearningPackage.ID, *, viewer_id: int, in_force: PolicyInForce, fingerprint: str | None = None
) -> int:
    """
    Return how many changes wait for a review by a viewer who has the permission: the same changes as above.

    Kept under the fingerprint. Otherwise one query for the changes that are unreviewed, which are kept for all viewers.
    If there are any, one for those that the viewer has approved, one for the requests for a review, and as many as
    :func:`.find_forbidden` takes: in most cases one or two.
    """
    return kept_under(
        fingerprint,
        f"to review {learning_package_id} {viewer_id}",
        lambda: _count_to_review(learning_package_id, viewer_id, in_force, fingerprint),
    )


def _count_to_review(
    learning_package_id: LearningPackage.ID, viewer_id: int, in_force: PolicyInForce, fingerprint: str | None
) -> int:
    waiting = set(
        kept_under(
            fingerprint,
            f"unreviewed {learning_package_id}",
            lambda: [pk for (pk,) in _load_unreviewed(package_id=learning_package_id)],
        )
    )
    if not waiting:
        return 0
    waiting -= {pk for (pk,) in _load_judged(package_id=learning_package_id, viewer_id=viewer_id)}
    asked = find_asked([learning_package_id])
    if in_force.review_starts == ReviewStarts.WHEN_ASKED:
        waiting &= asked.keys()
    of_others = {pk for pk, one in asked.items() if one.awaited and viewer_id not in one.awaited}
    rules = {learning_package_id: in_force.who_may_review}
    return len(waiting - of_others - find_forbidden(rules, user_id=viewer_id))


@composed_once(PublishableEntity)
def _load_unreviewed(package_id: LearningPackage.ID) -> QuerySet[PublishableEntity, Any]:
    return (
        changed_entities(package_id)
        .alias(record=change_of_draft())
        .filter(~covered_by_review(**_DRAFT), ~changes_requested(**_DRAFT), record__isnull=False)
        .order_by()
        .values_list("pk")
    )


@composed_once(PublishableEntity)
def _load_judged(package_id: LearningPackage.ID, viewer_id: int) -> QuerySet[PublishableEntity, Any]:
    return changed_entities(package_id).filter(has_verdict_of(viewer_id, **_DRAFT)).order_by().values_list("pk")
