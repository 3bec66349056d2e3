"""Validate text that people write, so that it can be stored and shown everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .readable import readable

__all__ = ["complaint_about_characters", "isolated", "isolated_name", "listed", "one_line", "require_text"]

# Not a limit of the database: a longer text is a pasted file rather than a note.
MAX_LENGTH = 10_000
# Control characters except line breaks and tabs: some make a terminal or a log show different text, and one ends the
# text for programs written in C. Also surrogates, which do not exist in UTF-8.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def complaint_about_characters(text: str) -> str | None:
    """Return a sentence about the first control character in the text; None if there is none."""
    found = _NO_TEXT.search(text)
    if found is None:
        return None
    return _("Only text, line breaks and tabs can be kept; character {position} is U+{code:04X}.").format(
        position=found.start() + 1, code=ord(found[0])
    )


def require_text(name: str, text: str) -> None:
    """Raise ``ValidationError`` for this argument unless the text can be kept as a note or a reason."""
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        raise ValidationError({name: _("This is a text of at most {max} characters.").format(max=MAX_LENGTH)})
    complaint = complaint_about_characters(text)
    if complaint:
        raise ValidationError({name: complaint})


def one_line(text: object) -> str:
    """Return the text as one line that is safe to show in a terminal."""
    return readable(" ".join(str(text).split()))


def isolated(text: object) -> str:
    """Return a name or a title for use in a sentence: one line, of which the direction changes no word beside it."""
    return f"\u2068{one_line(text)}\u2069"


def isolated_name(person: Any) -> str:
    """Return a user's name, or else the username, for use in a sentence."""
    return isolated(person.get_full_name() or person.get_username())


def listed(names: Sequence[str], *, more: bool = False) -> str:
    """Return these names as one text, with an ellipsis if there are ``more``."""
    if not names:
        return ""
    # As in CLDR's patterns for lists: languages differ in how they separate two names.
    text = reduce(lambda first, second: _("{first}, {second}").format(first=first, second=second), names)
    return _("{names}, …").format(names=text) if more else text
