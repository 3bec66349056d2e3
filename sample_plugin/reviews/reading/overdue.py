"""How long a change has waited, and from when on that is too long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.lookups import LessThanOrEqual

from ..conf import OVERDUE_DAYS
from ..drafts.contributors import edited_at

__all__ = ["age_in_days", "has_waited_too_long", "is_too_long"]


def age_in_days(since: datetime, now: datetime) -> int:
    """Return how many whole days have passed."""
    return max((now - since).days, 0)


def is_too_long(since: datetime, now: datetime) -> bool:
    """Return whether a change that waits for a review since then is overdue, by the site's setting. No query."""
    return since <= _overdue_since(now)


def has_waited_too_long(now: datetime) -> Q:
    """Return the same as a condition on a ``PublishableEntity`` that waits for a review."""
    return Q(LessThanOrEqual(edited_at(), _overdue_since(now)))


def _overdue_since(now: datetime) -> datetime:
    return now - timedelta(days=OVERDUE_DAYS.read())
