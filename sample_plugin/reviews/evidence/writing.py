"""Write evidence as rows of text: the columns of the command's output and of the download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from ..models import ReviewedStatus, Verdict
from ..texts.spreadsheet import csv_of
from .data import LiveEvidence

__all__ = ["COLUMNS", "csv_lines", "say_added", "to_json", "to_row"]

COLUMNS = (
    "key",
    "title",
    "version",
    "live",
    "basis",
    "unreviewed",
    "approved_by",
    "reviews",
    "required_reviewers",
    "mode",
    "published_at",
    "published_by",
    "decided_by",
    "reason",
    "publish_log_id",
    "added",
)


def to_json(item: LiveEvidence) -> dict[str, Any]:
    """Return the item as JSON can have it; times in ISO 8601, with their zone."""
    return {
        "key": item.key,
        "entity_ref": item.entity_ref,
        "title": item.title,
        "version_num": item.version_num,
        "is_live": item.is_live,
        "basis": str(item.basis),
        "is_unreviewed": item.is_unreviewed,
        "reviews": [_review(review) for review in item.reviews],
        "required_reviewers": item.required_reviewers,
        "mode": item.mode,
        "published_at": item.published_at.isoformat(),
        "published_by": _name(item.published_by),
        "decided_by": _name(item.decided_by),
        "reason": item.reason,
        "publish_log_id": item.publish_log_id,
        "added": None if item.added is None else dict(item.added),
    }


def to_row(item: LiveEvidence) -> list[str]:
    """Return a cell for each of :data:`COLUMNS`. Empty for what is unknown."""
    return [
        item.key or item.entity_ref,
        item.title,
        "deleted" if item.version_num is None else str(item.version_num),
        _yes_no(item.is_live),
        str(item.basis),
        _yes_no(item.is_unreviewed),
        ", ".join(dict.fromkeys(_person(review.reviewer) for review in item.approvals)),
        "; ".join(map(_sentence, item.reviews)),
        _text(item.required_reviewers),
        _text(item.mode),
        item.published_at.isoformat(),
        _text(_name(item.published_by)),
        _text(_name(item.decided_by)),
        item.reason,
        str(item.publish_log_id),
        say_added(item),
    ]


def say_added(item: LiveEvidence) -> str:
    """Return what other plugins have added as text."""
    return "unknown" if item.added is None else ", ".join(f"{name}: {count}" for name, count in item.added.items())


def csv_lines(items: Iterable[LiveEvidence]) -> Iterator[str]:
    """Yield the lines of a CSV file, the names of the columns first. No cell is a formula to a spreadsheet."""
    return csv_of(COLUMNS, map(to_row, items))


def _review(review: ReviewedStatus) -> dict[str, Any]:
    return {
        "reviewer": _name(review.reviewer),
        "verdict": review.verdict,
        "created": review.created.isoformat(),
        "note": review.note,
        "withdrawn_at": _time(review.withdrawn_at),
        "withdrawn_by": _name(review.withdrawn_by),
    }


def _sentence(review: ReviewedStatus) -> str:
    withdrawn = f", withdrawn {_time(review.withdrawn_at)}" if review.withdrawn_at else ""
    note = f": {review.note}" if review.note else ""
    verdict = "approved" if review.verdict == Verdict.REVIEWED else "requested changes"
    return f"{_person(review.reviewer)} {verdict} {_time(review.created)}{withdrawn}{note}"


def _person(user: AbstractBaseUser | None) -> str:
    return _name(user) or "a deleted account"


def _name(user: AbstractBaseUser | None) -> str | None:
    return user.get_username() if user else None


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _text(value: object) -> str:
    return "" if value is None else str(value)
