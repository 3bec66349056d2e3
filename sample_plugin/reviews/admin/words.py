"""The words for times, people and states. They are those of Studio's review screens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ..models import DELETION, Verdict

__all__ = ["ended_text", "person_text", "time_text", "verdict_text", "version_text"]


def time_text(when: datetime | None) -> str:
    """Return the time in Django's format and in the current time zone, with the name of the zone; "-" for none."""
    if when is None:
        return "-"
    local = timezone.localtime(when)
    return _("{time} {zone}").format(time=formats.localize(local), zone=local.tzname())


def person_text(user: AbstractBaseUser | None) -> str:
    """Return the username of who did something; accounts of reviewers may be gone."""
    return user.get_username() if user else _("a deleted account")


def version_text(version_num: int | None) -> str:
    """Return the number of a version, or that there was none: a deletion."""
    return _("deletion") if version_num in (None, DELETION) else _("v{number}").format(number=version_num)


def verdict_text(review: Any) -> str:
    """Return who gave which verdict when, in one phrase."""
    text = (
        _("{person} approved, {when}")
        if review.verdict == Verdict.REVIEWED
        else _("{person} requested changes, {when}")
    )
    return text.format(person=person_text(review.reviewer), when=time_text(review.created))


def ended_text(review: Any) -> str:
    """Return how and when a verdict ended; empty while it counts. Takes verdicts from ``with_replaced()``."""
    if review.withdrawn_at is None:
        return ""
    if review.withdrawn_reason:
        text = _("dismissed {when}")
    else:
        text = _("replaced {when}") if review.is_replaced else _("withdrawn {when}")
    return text.format(when=time_text(review.withdrawn_at))
