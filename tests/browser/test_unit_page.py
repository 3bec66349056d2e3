"""The page of a course unit: which versions of a library's blocks it has, and who reviewed them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .look import look_at
from .studio import open_library
from .workspace import approve, open_all, open_by_button, publish_reviewed


@pytest.mark.parametrize("width", [1280, 480])
def test_says_of_each_block_which_version_was_reviewed(author: Page, reviewer: Page) -> None:
    # Salt has a version in the library that the course has not taken over yet. It has been reviewed.
    open_all(reviewer)
    approve(reviewer, "Salt")
    open_library(author)
    open_by_button(author)
    publish_reviewed(author, 1)

    author.goto("/authoring/home")
    author.get_by_role("main").get_by_role("link", name="Your first loaf").click()
    unit = author.get_by_role("complementary", name="Unit")
    unit.get_by_role("button", name="Reviews").click()
    blocks = unit.get_by_role("listitem").filter(has=author.get_by_role("heading", level=3))
    expect(blocks.get_by_role("heading", level=3)).to_have_text(
        ["Flour and water", "Salt", "What builds gluten?", "Steam from ice cubes"]
    )
    salt = blocks.filter(has=author.get_by_role("heading", name="Salt"))
    expect(salt.get_by_role("term")).to_have_text(["In this course: version 1", "Not synced yet: version 2"])
    expect(salt.get_by_role("definition").first).to_have_text("Restored from a backup.")
    expect(salt.get_by_role("definition").last).to_have_text(re.compile("^Reviewed.*by reviewer, now"))
    unit.evaluate("element => element.scrollIntoView()")
    look_at(author, "unit")
    salt.get_by_role("link", name="Open in the library").click()
    expect(author).to_have_url(re.compile("/components/lb:WorkbenchDemo:Bread:html:salt$"))


def test_can_be_linked_to(author: Page) -> None:
    author.goto("/authoring/home")
    author.get_by_role("main").get_by_role("link", name="Your first loaf").click()
    unit = author.get_by_role("complementary", name="Unit")
    unit.get_by_role("button", name="Reviews").click()
    expect(unit.get_by_role("heading", name="Salt")).to_be_visible()
    author.reload()
    expect(unit.get_by_role("heading", name="Salt")).to_be_visible()
