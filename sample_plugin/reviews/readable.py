"""Texts that people wrote, for a terminal, a log or a screen: no character does anything but stand there."""

from __future__ import annotations

import unicodedata

__all__ = ["readable"]

# Control characters, format characters such as those that turn the direction, and half characters.
_INVISIBLE = {"Cc", "Cf", "Cs"}


def readable(text: str) -> str:
    """Return the text with what cannot be seen by name: ‹U+202E›."""
    return "".join(f"‹U+{ord(one):04X}›" if unicodedata.category(one) in _INVISIBLE else one for one in text)
