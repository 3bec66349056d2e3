"""Compare two texts line by line. They may have any size and encoding, and be made to keep a server busy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from .data import TextState
from .matching import BoundedMatcher, TooMuchWorkError

__all__ = ["MAX_TEXT_SIZE", "Text", "compare_texts"]

# In bytes. The most that core keeps of a text in the database: 50,000 characters of up to four bytes each.
MAX_TEXT_SIZE = 200_000
# More is too much to read, and keeps a browser busy for seconds.
MAX_LINES = 5_000

_CONTEXT = 3


@dataclass(frozen=True)
class Text:
    """A text, and its name in the diff."""

    name: str
    data: bytes


def compare_texts(old: Text | None, new: Text | None, /) -> tuple[TextState, str]:
    r"""
    Return what has changed, and the unified diff; None stands for no text.

    Meant for texts of up to :data:`MAX_TEXT_SIZE`; texts of more than :data:`MAX_LINES` lines count as too large.
    Whitespace is defined as in XML: a no-break space is a character like any other. A byte that is not UTF-8 is shown
    as ``\xff``. No query.
    """
    if old and new and old.data == new.data:
        return TextState.SAME, ""
    if any(text.data.count(b"\n") > MAX_LINES for text in (old, new) if text):
        return TextState.TOO_LARGE, ""
    try:
        unified = "".join(_unified(old, new))
    except TooMuchWorkError:
        return TextState.TOO_LARGE, ""
    same_words = old and new and old.data.split() == new.data.split()
    # Only now: two different bytes that are not characters must not become equal before they are compared.
    shown = unified.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return TextState.WHITESPACE_ONLY if same_words else TextState.CHANGED, shown


def _lines(text: Text | None) -> list[str]:
    """Return the lines, which end with a line feed and nothing else; a carriage return is part of a line."""
    data = text.data if text else b""
    return StringIO(data.decode("utf-8", "surrogateescape"), newline="\n").readlines()


def _unified(old_text: Text | None, new_text: Text | None) -> Iterator[str]:
    """
    Yield the output of ``diff -u``.

    Like difflib's ``unified_diff``, which makes its own matcher, without limits, and does not mark a last line without
    a line end.
    """
    yield f"--- {_name(old_text)}\n+++ {_name(new_text)}\n"
    old, new = _lines(old_text), _lines(new_text)
    for group in BoundedMatcher(old, new).get_grouped_opcodes(_CONTEXT):
        _tag, old_start, _, new_start, _ = group[0]
        _tag, _, old_end, _, new_end = group[-1]
        yield f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@\n"
        for tag, *(old_from, old_to, new_from, new_to) in group:
            if tag == "equal":
                yield from _marked(" ", old[old_from:old_to])
            else:
                yield from _marked("-", old[old_from:old_to])
                yield from _marked("+", new[new_from:new_to])


def _name(text: Text | None) -> str:
    return text.name if text else "/dev/null"


def _range(start: int, end: int) -> str:
    # Lines are numbered from 1; an empty range has the number of the line before.
    return f"{start + 1 if end > start else start},{end - start}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
