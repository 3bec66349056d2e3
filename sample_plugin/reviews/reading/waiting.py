"""Whose turn is it? What waits for one person."""

from __future__ import annotations

from collections.abc import Collection

from ..conf import ReviewStarts
from ..data import QueueState, WaitsFor
from ..models import Verdict

__all__ = ["state_of", "waits_for"]


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
