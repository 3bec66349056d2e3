"""
Make hidden characters in authors' text visible.

Some characters are invisible, and some reverse the text beside them. A reviewer has to know that they are there, so
this module shows their codes instead. ``frontend/src/difference/readable.ts`` does the same, from the same
``readable.json``:

- ``unseen``: Unicode's control and format characters, separators of lines and default ignorables, and blank letters and
  symbols. Not tabs and line feeds, and not the format characters that have a sign of their own, such as U+06DD.
- ``emoji``: the characters that U+FE0F may follow, and that U+200D joins.
- ``joined``: letters and marks of scripts in which U+200C and U+200D change the letters beside them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

__all__ = ["readable"]

_TABLE: dict[str, list[str]] = json.loads(Path(__file__).with_name("readable.json").read_text("ascii"))


def _one_of(name: str) -> str:
    """Return the pattern for one character of a list in the table."""
    ranges = [[f"\\U{int(end, 16):08x}" for end in item.split("-")] for item in _TABLE[name]]
    return f"[{''.join('-'.join(ends) for ends in ranges)}]"


_EMOJI, _JOINED = _one_of("emoji"), _one_of("joined")
# Unseen characters that belong where they are.
_NEEDED = "|".join(
    [
        f"(?<={_EMOJI})\ufe0f",
        "(?<=[#*0-9])\ufe0f(?=\u20e3)",
        f"(?:(?<={_EMOJI})|(?<={_EMOJI}\ufe0f))\u200d(?={_EMOJI})",
        f"(?<={_JOINED})[\u200c\u200d](?={_JOINED})",
    ]
)
_UNSEEN = re.compile(f"(?!{_NEEDED}){_one_of('unseen')}")


def readable(text: str) -> str:
    """Return the text with unseen characters replaced by their codes, as ⟨U+202E⟩; tabs and line feeds stay."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
