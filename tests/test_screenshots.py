"""The page with the pictures shows those that there are."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs/screenshots"


def test_every_picture_is_shown_and_is_there() -> None:
    shown = re.findall(r"^\.\. figure:: (\S+)$", (FOLDER / "README.rst").read_text(), re.MULTILINE)
    assert sorted(shown) == sorted(path.name for path in FOLDER.glob("*.png"))
