"""Everything can be done with the keyboard, and one always knows where one is."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .studio import open_library
from .workspace import (
    approve,
    button,
    change_pane,
    line,
    note_field,
    open_all,
    open_by_button,
    open_change,
    open_workspace,
    popover,
    queue,
    rows,
    verdict_button,
    workspace,
)


def tab_to(page: Page, target: Locator, most: int = 40) -> None:
    """Press the tab key until the focus is there."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def test_the_workspace_has_the_focus_and_gives_it_back(reviewer: Page) -> None:
    open_library(reviewer)
    expect(button(reviewer)).to_be_visible()
    tab_to(reviewer, button(reviewer))
    expect(button(reviewer)).to_have_attribute("aria-expanded", "false")
    reviewer.keyboard.press("Enter")
    expect(workspace(reviewer)).to_be_focused()
    # Nothing of the page below, however far somebody goes.
    expect(open_change(reviewer)).to_be_visible()
    for _ in range(30):
        reviewer.keyboard.press("Tab")
        expect(reviewer.locator("#root :focus")).to_have_count(0)
    # It may be in the middle of a sentence: this key closes nothing.
    reviewer.keyboard.press("Escape")
    expect(workspace(reviewer)).to_be_visible()
    close = workspace(reviewer).get_by_role("button", name="Close reviews")
    tab_to(reviewer, close)
    reviewer.keyboard.press("Enter")
    expect(workspace(reviewer)).to_be_hidden()
    expect(button(reviewer)).to_be_focused()


def test_the_pop_over_has_the_focus_and_gives_it_back(reviewer: Page) -> None:
    open_library(reviewer, "/components/lb:WorkbenchDemo:Bread:html:salt")
    expect(button(reviewer)).to_be_visible()
    tab_to(reviewer, button(reviewer))
    reviewer.keyboard.press("Enter")
    expect(popover(reviewer, "Salt").get_by_role("heading", name="Salt")).to_be_focused()
    expect(popover(reviewer, "Salt").get_by_role("button", name="Approve", exact=True)).to_be_visible()
    tab_to(reviewer, popover(reviewer, "Salt").get_by_role("textbox", name="Note"), most=6)
    reviewer.keyboard.type("Ten grams?")
    reviewer.keyboard.press("Escape")
    expect(popover(reviewer, "Salt")).to_be_hidden()
    expect(button(reviewer)).to_be_focused()
    # What was typed is kept.
    reviewer.keyboard.press("Enter")
    expect(popover(reviewer, "Salt").get_by_role("textbox", name="Note")).to_have_value("Ten grams?")


def test_a_change_is_found_asked_about_and_approved(reviewer: Page) -> None:
    open_workspace(reviewer)
    first = open_change(reviewer).inner_text()
    tab_to(reviewer, line(reviewer, first).get_by_role("button"))
    reviewer.keyboard.press("ArrowDown")
    expect(open_change(reviewer)).not_to_have_text(first)
    second = open_change(reviewer).inner_text()
    expect(line(reviewer, second).get_by_role("button")).to_be_focused()
    for key, title in (("k", first), ("j", second)):
        reviewer.keyboard.press(key)
        expect(open_change(reviewer)).to_have_text(title)
        expect(open_change(reviewer)).to_be_focused()
    # A tab like any other, which the arrow keys switch.
    tab_to(reviewer, change_pane(reviewer).get_by_role("tab", name="Preview"))
    reviewer.keyboard.press("ArrowRight")
    expect(change_pane(reviewer).get_by_role("tab", name="Text")).to_be_focused()
    expect(change_pane(reviewer).get_by_role("tabpanel", name="Text")).to_be_visible()
    # Letters that are typed are no shortcuts.
    verdict_button(reviewer, "Approve")
    tab_to(reviewer, note_field(reviewer))
    reviewer.keyboard.type("a rather jolly quark")
    expect(open_change(reviewer)).to_have_text(second)
    tab_to(reviewer, verdict_button(reviewer, "Approve with note"), most=3)
    reviewer.keyboard.press("Enter")
    expect(open_change(reviewer)).not_to_have_text(second)
    expect(open_change(reviewer)).to_be_focused()
    expect(rows(reviewer)).to_have_count(12)


def test_shortcuts_can_be_switched_off(reviewer: Page) -> None:
    open_workspace(reviewer)
    verdict_button(reviewer, "Approve")
    title = open_change(reviewer).inner_text()
    reviewer.keyboard.press("?")
    dialog = reviewer.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.get_by_label("Use keyboard shortcuts").uncheck()
    reviewer.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    for key in ("a", "j", "?"):
        reviewer.keyboard.press(key)
    expect(dialog).to_be_hidden()
    expect(open_change(reviewer)).to_have_text(title)
    expect(queue(reviewer).get_by_role("button", name="Waiting for me (13)")).to_be_visible()


def test_the_question_before_publishing_keeps_the_focus_and_gives_it_back(author: Page, reviewer: Page) -> None:
    open_all(reviewer)
    approve(reviewer, "Salt")
    open_library(author)
    open_by_button(author)
    publish = workspace(author).get_by_role("button", name="Publish reviewed items (1)")
    tab_to(author, publish)
    author.keyboard.press("Enter")
    dialog = author.get_by_role("dialog", name="Publish reviewed items")
    confirm = dialog.get_by_role("button", name="Publish 1 item")
    expect(confirm).to_be_visible()
    tab_to(author, confirm, most=6)
    for _ in range(6):
        author.keyboard.press("Tab")
        expect(dialog.locator(":focus")).to_have_count(1)
    # Only the question is closed, and not the workspace behind it.
    author.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(publish).to_be_focused()
