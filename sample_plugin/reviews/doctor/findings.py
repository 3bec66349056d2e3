"""What a check finds: a level, a sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.db.models import TextChoices

__all__ = ["Check", "Finding", "Level", "from_system_check", "listed", "ok", "problem", "warning"]

# How many names a sentence has before it only counts the rest.
_NAMED = 10


class Level(TextChoices):
    """How bad a finding is."""

    OK = "ok"
    #: The gate holds, but not as the operator may expect; or somebody has opened it on purpose.
    WARNING = "warning"
    #: The gate may be open, or nothing can pass it.
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One thing that was checked.

    Attributes:
        id: the check that has found it, such as ``gate.tripwire``. A check may find several things.
        level: how bad it is.
        sentence: what is the case.
        hint: what to do about it; empty if the level is ``ok``.
    """

    id: str = ""
    level: Level
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its id, and the function that yields one or more findings, to which the id is added."""

    id: str
    run: Callable[[], Iterable[Finding]]


def ok(sentence: str) -> Finding:
    """Return what there is to say when nothing is wrong."""
    return Finding(level=Level.OK, sentence=sentence)


def warning(sentence: str, hint: str) -> Finding:
    """Return a finding that an operator should know of."""
    return Finding(level=Level.WARNING, sentence=sentence, hint=hint)


def problem(sentence: str, hint: str) -> Finding:
    """Return a finding that an operator must act on."""
    return Finding(level=Level.PROBLEM, sentence=sentence, hint=hint)


def from_system_check(
    check: Callable[..., list[checks.CheckMessage]], *ids: str, otherwise: str
) -> Callable[[], Iterator[Finding]]:
    """
    Return a check that finds what this system check reports: an error is a problem.

    With ids such as ``E001``, only these messages; ``otherwise`` is the sentence if there are none. A message that the
    site has silenced is found all the same: it is still true.
    """

    def run() -> Iterator[Finding]:
        messages = check(databases=["default"])
        found = [one for one in messages if not ids or (one.id or "").rpartition(".")[2] in ids]
        for message in found:
            make = problem if message.level >= checks.ERROR else warning
            yield make(str(message.msg), str(message.hint or ""))
        if not found:
            yield ok(otherwise)

    return run


def listed(names: Collection[Any]) -> str:
    """Return these names as one text, the first ten of them in full."""
    first = ", ".join(str(name) for name in list(names)[:_NAMED])
    more = len(names) - _NAMED
    return f"{first} and {more} more" if more > 0 else first
