"""
Anchors: what a conversation is about, found again in other versions.

A version is read as a list of places: its lines, its paragraphs by part, its files, or its children (``places.py``). An
anchor is one of them, with its neighbours. It is found where the same place is, or it is gone; it never moves to
another text. If a version has the same text several times, the neighbours decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any, NamedTuple, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

__all__ = ["Anchor", "AnchorKind", "Place", "find"]

# How many places before and after are kept.
_NEIGHBOURS = 3
# Of equal places, no more than this many are compared, the nearest ones: a text may be made to keep a server busy.
_MAX_CANDIDATES = 20
# A longer text is kept as its beginning and a checksum.
_MAX_LENGTH = 500


class AnchorKind(TextChoices):
    """What a conversation is about."""

    CHANGE = "change", _("the change")
    LINE = "line", _("a line of the source")
    PART = "part", _("a paragraph of a part")
    FILE = "file", _("a file")
    CHILD = "child", _("a child")


class Place(NamedTuple):
    """A place in a version. Two places are equal if they say the same; a tuple, because many are compared."""

    text: str
    part: str = ""
    """Of a paragraph: the kind of its part, such as ``answer``."""

    @classmethod
    def of(cls, text: str, part: str = "") -> Self:
        """Return the place with this text, however long it is."""
        if len(text) > _MAX_LENGTH:
            checksum = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
            text = f"{text[:_MAX_LENGTH]}… ({checksum})"
        return cls(text, part)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place as it was when the conversation was started, and what was around it."""

    kind: AnchorKind
    text: str = ""
    part: str = ""
    number: int | None = None
    """Where it was, from 1. None for the change as a whole."""
    neighbours: tuple[str, ...] = ()
    """The texts before it, its own, and those after it."""

    @classmethod
    def at(cls, kind: AnchorKind, places: Sequence[Place], index: int) -> Self:
        """Return the anchor for one of the places of a version."""
        place = places[index]
        return cls(kind, place.text, place.part, index + 1, _texts_around(places, index))

    @classmethod
    def from_json(cls, kind: AnchorKind, stored: dict[str, Any]) -> Self:
        """Return the anchor that :meth:`to_json` has described."""
        return cls(kind, **{**stored, "neighbours": tuple(stored.get("neighbours", ()))})

    def to_json(self) -> dict[str, Any]:
        """Return all but the kind, to be stored."""
        return {name: value for name, value in asdict(self).items() if name != "kind" and value}


def find(anchor: Anchor, places: Sequence[Place]) -> int | None:
    """Return where the anchor is among the places of a version, from 0; None if it is gone. No query."""
    before = (anchor.number or 1) - 1
    wanted = Place(anchor.text, anchor.part)
    same = sorted((n for n, place in enumerate(places) if place == wanted), key=lambda n: abs(n - before))

    def closeness(index: int) -> float:
        around = _texts_around(places, index)
        return SequenceMatcher(None, anchor.neighbours, around, autojunk=False).ratio()

    # The first one of those that are equally close: the nearest.
    return max(same[:_MAX_CANDIDATES], key=closeness, default=None)


def _texts_around(places: Sequence[Place], index: int) -> tuple[str, ...]:
    return tuple(place.text for place in places[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1])
