"""Where things are: in a narrow window, in one that is wide, and in a language that is written from right to left."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .look import look_at
from .panel import button, item, open_panel, panel
from .studio import open_library, row

BOX = "element => { const { left, right } = element.getBoundingClientRect(); return { left, right }; }"


def box(page: Page) -> Any:
    """Return where the panel begins and ends."""
    return panel(page).evaluate(BOX)


def test_beside_the_page_where_there_is_room(reviewer: Page) -> None:
    open_library(reviewer)
    open_panel(reviewer)
    assert box(reviewer)["left"] == 0
    assert row(reviewer, "Salt").evaluate(BOX)["left"] > box(reviewer)["right"]
    # An item is selected with a click on the page, and the panel stays.
    row(reviewer, "Salt").get_by_role("link").click()
    expect(item(panel(reviewer).get_by_role("region", name="Selected in Studio"), "Salt")).to_be_visible()


@pytest.mark.parametrize("width", [480, 320])
def test_in_a_narrow_window_everything_can_be_reached(admin: Page, width: int) -> None:
    open_library(admin)
    assert admin.evaluate("document.documentElement.scrollWidth") <= width
    listed = open_panel(admin)
    assert box(admin)["right"] <= width
    buttons = [*panel(admin).get_by_role("button").all(), *panel(admin).get_by_role("checkbox").all()]
    assert len(buttons) > 13 * 3
    for each in buttons:
        if each.is_enabled():
            each.click(trial=True)
    item(listed, "Bread at home").get_by_role("button", name="Add a note").click()
    look_at(admin, "narrow")


def test_from_right_to_left_the_panel_is_at_the_right(reviewer: Page) -> None:
    open_library(reviewer)
    # All that the platform does to the page for such a language. It knows only those that it has been translated to.
    reviewer.evaluate("document.documentElement.dir = 'rtl'")
    button(reviewer).click()
    expect(item(panel(reviewer), "Salt")).to_be_visible()
    assert box(reviewer)["right"] == 1280
    assert box(reviewer)["left"] > row(reviewer, "Salt").evaluate(BOX)["right"]
    look_at(reviewer, "right-to-left")
