"""How long a change has waited, and from when on that is too long."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.timezone import localdate

from ..conf import OVERDUE_DAYS
from ..drafts.contributors import edited_at
from ..models import ReviewRequest
from ..requests.open_requests import has_open_request

__all__ = ["age_in_days", "has_waited_too_long", "is_overdue"]


def age_in_days(since: datetime, now: datetime) -> int:
    """Return how many whole days have passed."""
    return max((now - since).days, 0)


def is_overdue(since: datetime | None, due: date | None, now: datetime) -> bool:
    """
    Return whether a change that waits for a review since then, and by request until that day, is overdue.

    It is after the day by which an author needs the review, in the site's time zone, or after the days that the site's
    setting allows. No query.
    """
    return bool((since and since <= _overdue_since(now)) or (due and due < localdate(now)))


def has_waited_too_long(now: datetime) -> Q:
    """Return the same as a condition on a ``PublishableEntity`` that waits for a review."""
    late = ReviewRequest.objects.filter(entity=OuterRef("pk"), latest=True, due__lt=localdate(now))
    return Q(LessThanOrEqual(edited_at(), _overdue_since(now))) | (Q(Exists(late)) & has_open_request())


def _overdue_since(now: datetime) -> datetime:
    return now - timedelta(days=OVERDUE_DAYS.read())
