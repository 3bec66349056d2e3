"""What is hidden in a text is shown: the same in Python as in the front end, by the same table and the same cases."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from sample_plugin.reviews.texts.readable import readable

ROOT = Path(__file__).parents[1]
CASES: list[dict[str, str]] = json.loads((ROOT / "tests/readable_cases.json").read_text("ascii"))
#: They are format characters, and each has a sign of its own.
SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_unseen_characters_are_shown_where_nothing_needs_them(case: dict[str, str]) -> None:
    assert readable(case["text"]) == case["shown"]


def test_every_control_and_format_character_is_shown() -> None:
    left = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and code not in SEEN
        and readable(chr(code)) == chr(code)
    ]
    assert left == ["U+0009", "U+000A"]


def test_no_letter_digit_sign_or_space_is_touched_but_the_blank_ones() -> None:
    touched = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] in "LNPS" and readable(chr(code)) != chr(code)
    ]
    assert touched == ["U+115F", "U+1160", "U+2800", "U+3164", "U+FFA0", "U+1D159"]


def test_the_front_end_has_the_same_table() -> None:
    ours, theirs = "sample_plugin/reviews/texts/readable.json", "frontend/src/difference/readable.json"
    assert (ROOT / ours).read_bytes() == (ROOT / theirs).read_bytes()
