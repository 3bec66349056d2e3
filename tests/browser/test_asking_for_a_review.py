"""In a library where a review starts when an author asks: of one person by name, again, and of many changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from .look import NARROW, look_at, look_in_both_widths
from .studio import LIBRARY, edit, open_library
from .workspace import (
    COMPONENT_KEY,
    button,
    change_pane,
    choose,
    line,
    narrow,
    notice,
    open_all,
    open_by_button,
    open_on,
    open_popover,
    open_settings,
    queue,
    request_changes,
    rows,
    workspace,
)


def request_for_a_review(page: Page) -> Locator:
    """Return what the change that is open says about who was asked for a review."""
    return change_pane(page).get_by_role("group", name="Request for a review")


def test_an_author_asks_a_reviewer_by_name_and_again_when_done(author: Page, reviewer: Page, admin: Page) -> None:
    open_all(admin)
    settings = open_settings(admin)
    settings.get_by_role("combobox", name="A change waits for a review").select_option("When an author asks")
    settings.get_by_role("button", name="Save").click()
    expect(settings).to_contain_text("Saved. The settings apply from now on.")
    look_at(admin, "review-starts")

    # Nothing waits for anybody.
    open_library(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews")

    # The author asks. Single letters are the workspace's shortcuts.
    open_on(author, "html:salt")
    expect(line(author, "Salt")).to_contain_text("In progress")
    asking = request_for_a_review(author)
    expect(asking).to_contain_text("Nobody has asked for a review yet.")
    asking.get_by_role("button", name="Ask for a review").click()
    names = asking.get_by_role("combobox", name="Reviewers (usernames)")
    expect(names).to_be_focused()
    names.press_sequentially("jkar")
    names.press("Enter")
    asking.get_by_role("button", name="Do not ask jkar").click()
    names.press_sequentially("reviewer")
    names.press("Enter")
    asking.get_by_role("textbox", name="Message").fill("Is it enough salt?")
    tomorrow = datetime.now(tz=UTC).astimezone().date() + timedelta(days=1)
    asking.get_by_label("Due (optional)").fill(tomorrow.isoformat())
    look_in_both_widths(author, "ask-for-a-review", asking)
    author.evaluate("document.documentElement.dir = 'rtl'")
    look_in_both_widths(author, "ask-for-a-review-right-to-left", asking)
    author.reload()
    expect(asking.get_by_role("textbox", name="Message")).to_have_value("Is it enough salt?")
    asking.get_by_role("button", name="Ask", exact=True).click()
    expect(asking).to_contain_text("You asked reviewer for a review, now · due tomorrow")
    expect(line(author, "Salt")).to_contain_text("Not reviewed")
    look_in_both_widths(author, "asked-for-a-review", asking)
    asking.get_by_role("button", name="Withdraw request").click()
    expect(notice(author)).to_contain_text("Request withdrawn: Salt")
    expect(asking).to_contain_text("Nobody has asked for a review yet.")
    author.keyboard.press("u")
    expect(asking).to_contain_text("You asked reviewer for a review")

    # It waits for the person who was asked, and for nobody else.
    open_all(admin)
    choose(admin, "Waiting for me", 0)
    reviewer.goto(LIBRARY)
    open_by_button(reviewer)
    expect(rows(reviewer)).to_have_count(1)
    expect(line(reviewer, "Salt")).to_contain_text("You are asked")
    expect(line(reviewer, "Salt")).to_contain_text("due tomorrow · Text")
    expect(request_for_a_review(reviewer)).to_contain_text("author asked you for a review")
    look_at(reviewer, "asked-by-name")
    reviewer.set_viewport_size({"width": NARROW, "height": 900})
    reviewer.reload()
    expect(line(reviewer, "Salt")).to_be_visible()
    look_at(reviewer, "asked-by-name")
    reviewer.set_viewport_size({"width": 1280, "height": 900})
    request_changes(reviewer, "Salt", "How many grams?")
    expect(queue(reviewer)).to_contain_text("Waiting for me (0)")

    # The author writes it, and is done with one click.
    open_library(author)
    edit(author, "Salt", "20 g per kilo of flour.")
    open_on(author, "html:salt")
    look_in_both_widths(author, "done-ask-again", asking)
    asking.get_by_role("button", name="Done: ask again").click()
    expect(notice(author)).to_contain_text("Asked again: Salt")
    expect(asking).to_be_focused()
    expect(asking).to_contain_text("You asked reviewer for a review, now")
    open_library(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 1 change to review")

    # The rest of the author's changes, together.
    dialog = author.get_by_role("dialog", name="Ask for a review of")
    for width in (NARROW, 1280):
        author.set_viewport_size({"width": width, "height": 900})
        open_all(author)
        narrow(author, "State", "In progress")
        workspace(author).get_by_role("button", name="Ask for a review of these").click()
        expect(dialog).to_be_visible()
        look_at(author, "ask-for-a-review-of-many")
    dialog.get_by_role("button", name="Ask", exact=True).click()
    expect(notice(author)).to_contain_text("Asked for a review of")
    expect(rows(author)).to_have_count(0)

    # Below the button in the header, too.
    for width in (NARROW, 1280):
        author.set_viewport_size({"width": width, "height": 900})
        open_library(author, f"/components/{COMPONENT_KEY.format('html:salt')}")
        shown = open_popover(author, "Salt")
        expect(shown.get_by_role("group", name="Request for a review")).to_contain_text("You asked reviewer")
        shown.get_by_role("button", name="Edit request").click()
        expect(shown.get_by_role("button", name="Do not ask reviewer")).to_be_visible()
        look_at(author, "popover-ask-for-a-review")
