"""
What authors wrote, with nothing hidden in it.

Some characters cannot be seen, and some turn around the text beside them. A reviewer has to know that they are there,
so their codes stand in their place. ``frontend/src/difference/readable.ts`` does the same, by the same
``readable.json``:

- ``unseen``: what Unicode calls a control or format character, a separator of lines or a default ignorable, and blank
  letters and symbols. Not tabs and line feeds, and not the format characters that have a sign of their own, such as
  U+06DD.
- ``emoji``: what U+FE0F may follow, and what U+200D joins.
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
# What is unseen, and yet belongs where it is.
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
    """Return the text with the codes of unseen characters in their place, as ⟨U+202E⟩; tabs and line feeds stay."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
