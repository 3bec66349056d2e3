"""The pictures in the documentation are those that it shows."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"


def test_every_picture_is_shown_and_every_picture_shown_is_there() -> None:
    shown = re.findall(r"^\.\. image:: (\S+)$", (FOLDER / "README.rst").read_text(), flags=re.MULTILINE)
    assert sorted(shown) == sorted(path.name for path in FOLDER.glob("*.png"))
