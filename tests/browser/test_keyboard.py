"""Everything can be done with the keyboard, and one always knows where one is."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .panel import button, item, mark_button, open_panel, panel
from .studio import open_library


def tab_to(page: Page, target: Locator, most: int = 40) -> None:
    """Press the tab key until the focus is there."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def test_the_panel_opens_with_the_focus_in_it_and_gives_it_back(reviewer: Page) -> None:
    open_library(reviewer)
    expect(button(reviewer)).to_be_visible()
    tab_to(reviewer, button(reviewer))
    expect(button(reviewer)).to_have_attribute("aria-expanded", "false")
    reviewer.keyboard.press("Enter")
    expect(panel(reviewer).get_by_role("heading", name="Reviews")).to_be_focused()
    expect(button(reviewer)).to_have_attribute("aria-expanded", "true")
    reviewer.keyboard.press("Escape")
    expect(panel(reviewer)).to_be_hidden()
    expect(button(reviewer)).to_be_focused()


def test_an_item_is_marked_and_the_focus_is_on_what_became_of_it(reviewer: Page) -> None:
    open_library(reviewer)
    button(reviewer).focus()
    listed = open_panel(reviewer)
    tab_to(reviewer, mark_button(listed, "Steam from ice cubes"))
    reviewer.keyboard.press("Enter")
    expect(listed.get_by_role("status")).to_have_text("Approved: Steam from ice cubes")
    expect(listed.get_by_role("status")).to_be_focused()
    # And goes on with what is next.
    tab_to(reviewer, mark_button(listed, "Bread at home"), most=8)
    expect(item(listed, "Steam from ice cubes")).to_have_count(0)


def test_the_question_before_publishing_keeps_the_focus_and_gives_it_back(author: Page, reviewer: Page) -> None:
    open_library(reviewer)
    mark_button(open_panel(reviewer), "Salt").click()
    expect(item(panel(reviewer), "Salt")).to_have_count(0)
    open_library(author)
    open_panel(author)
    publish = panel(author).get_by_role("button", name="Publish reviewed items (1)")
    tab_to(author, publish)
    author.keyboard.press("Enter")
    dialog = author.get_by_role("dialog", name="Publish reviewed items")
    confirm = dialog.get_by_role("button", name="Publish 1 item")
    tab_to(author, confirm, most=6)
    for _ in range(6):
        author.keyboard.press("Tab")
        expect(dialog.locator(":focus")).to_have_count(1)
    # Only the question is closed, and not the panel behind it.
    author.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(publish).to_be_focused()
