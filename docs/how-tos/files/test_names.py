"""The tests that the how-tos name are there. Files and make targets are for tests/test_documentation.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FILES = Path(__file__).parent
PAGES = sorted(FILES.parent.glob("*.rst"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tests_exist(page: Path) -> None:
    tests = [path.read_text(encoding="utf-8") for path in (FILES.parents[2] / "tests").rglob("*.py")]
    named = re.findall(r"``(test_\w+)``", page.read_text(encoding="utf-8"))
    assert {name for name in named if not any(f"def {name}(" in source for source in tests)} == set()
