"""A language for tests: it replaces every letter of a translatable text, so Latin letters were not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from typing import Any

from django.utils.translation import override, trans_real

_LANGUAGE = "eo"


class _Translation(NullTranslations):
    def gettext(self, message: str) -> str:
        text = message.rpartition("\x04")[2]  # without the context
        # Not the names of placeholders.
        return re.sub(r"(\{[^}]*\}|%\([^)]*\).|%.)|[A-Za-z]", lambda found: found[1] or "ж", text)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def to_language(self) -> str:
        return _LANGUAGE


@contextmanager
def translated() -> Iterator[None]:
    """Have everything in the block translated."""
    known: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    before = known.pop(_LANGUAGE, None)
    known[_LANGUAGE] = _Translation()
    try:
        with override(_LANGUAGE):
            yield
    finally:
        del known[_LANGUAGE]
        if before:
            known[_LANGUAGE] = before


def untranslated(text: str) -> list[str]:
    """Return the words that are in no language but ours."""
    return re.findall(r"[A-Za-z][A-Za-z_]*", text)
