"""Anchors over made-up histories of a text: a conversation is at the same text, or on an earlier version."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_plugin.conversations.anchors import Anchor, AnchorKind, Place, find

pytestmark = [pytest.mark.any_core, pytest.mark.any_database]

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0")) or 300

# A few lines, so that many are the same, and long ones that differ at the end only.
LINE = st.sampled_from(["", "<p>", "</p>", "<p>Salt</p>", "a" * 600, "a" * 600 + "b"])
TEXT = st.lists(LINE, min_size=1, max_size=12)
# What an author does: from here to there, other lines.
EDIT = st.tuples(st.integers(0, 12), st.integers(0, 12), st.lists(LINE, max_size=4))


def places(lines: list[str]) -> list[Place]:
    """Return the places of a text."""
    return [Place.of(line) for line in lines]


@settings(max_examples=EXAMPLES, deadline=None, derandomize="FUZZ_EXAMPLES" not in os.environ)
@given(first=TEXT, edits=st.lists(EDIT, max_size=6), data=st.data())
def test_an_anchor_is_at_its_text_or_gone(
    first: list[str], edits: list[tuple[int, int, list[str]]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(first) - 1))
    anchor = Anchor.at(AnchorKind.LINE, places(first), at)
    # What is stored is all that is needed.
    anchor = Anchor.from_json(AnchorKind.LINE, anchor.to_json())
    lines = first
    for begin, end, new in edits:
        lines = [*lines[:begin], *new, *lines[max(begin, end) :]]
        found = find(anchor, places(lines))
        if found is None:
            assert first[at] not in lines
        else:
            # So if the line is there once, this is where.
            assert lines[found] == first[at]
    # A save that changes nothing, and going back to the first version.
    assert find(anchor, places(first)) == at


def test_of_lines_that_are_the_same_the_neighbours_decide() -> None:
    lines = ["<li>", "Rye", "</li>", "<li>", "Wheat", "</li>", "<li>", "Oats", "</li>"]
    anchor = Anchor.at(AnchorKind.LINE, places(lines), 6)
    assert find(anchor, places(lines[3:])) == 3
    assert find(anchor, places([*"abc", *lines])) == 9
