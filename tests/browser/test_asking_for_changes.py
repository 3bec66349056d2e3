"""The story of a request: asked for, made, reviewed by two, published. And each kind of change, as reviewers see it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from .look import look_at
from .panel import button, changes, close_panel, half_a_minute_later, item, open_panel, panel, show
from .studio import edit, open_library, publish, read_toast, row

SALT = "Salt"
GLUTEN = "What builds gluten?"


def what_changed(page: Page, title: str) -> Locator:
    """Open what changed in an item, and return the dialog."""
    item(changes(page), title).get_by_role("button", name=f"What changed: {title}").click()
    dialog = page.get_by_role("dialog", name=f"What changed: {title}")
    expect(dialog).to_be_visible()
    return dialog


def test_a_change_is_asked_for_made_reviewed_by_two_and_published(
    author: Page, reviewer: Page, admin: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    reviewer.clock.install()

    # In this library it takes two.
    open_library(admin)
    open_panel(admin)
    panel(admin).get_by_role("spinbutton", name="Reviewers needed").fill("2")
    panel(admin).get_by_role("button", name="Save").click()
    expect(panel(admin)).to_contain_text("Only changes approved by 2 reviewers can be published in this library.")
    look_at(admin, "reviewers-needed")

    # The reviewer reads what changed, and asks for more.
    open_library(reviewer)
    open_panel(reviewer)
    dialog = what_changed(reviewer, SALT)
    expect(dialog).to_contain_text("Published: version 1 → Draft: version 2")
    look_at(reviewer, "what-changed")
    dialog.get_by_role("button", name="Side by side").click()
    look_at(reviewer, "what-changed-side-by-side")
    dialog.get_by_role("button", name=f"Request changes: {SALT}").click()
    dialog.get_by_role("textbox", name="What should be changed?").fill("How many grams?\nPer kilo of flour, please.")
    look_at(reviewer, "ask-for-changes")
    dialog.get_by_role("button", name=f"Send request: {SALT}").click()
    expect(dialog).to_be_hidden()
    expect(item(changes(reviewer), SALT)).to_contain_text("Changes requested by reviewer")
    look_at(reviewer, "changes-requested")

    # Somebody else's review does not open the gate.
    admin.reload()
    open_panel(admin)
    item(changes(admin), SALT).get_by_role("button", name=f"Approve: {SALT}").click()
    expect(changes(admin).get_by_role("status")).to_have_text(f"Approved: {SALT}")
    expect(item(changes(admin), SALT)).to_contain_text("Changes requested")

    # The author is told, reads what is missing, and writes it.
    open_library(author)
    expect(button(author)).to_have_accessible_name("Reviews: 13 changes await review; 1 of yours needs changes")
    look_at(author, "one-of-yours-needs-changes")
    publish(author, SALT)
    refusal = "Nothing was published. This change is not reviewed yet. A reviewer has requested changes."
    read_toast(author, refusal)
    open_panel(author)
    panel(author).get_by_role("button", name=re.compile("^My changes")).click()
    show(author, "Changes requested", 1)
    expect(item(changes(author), SALT)).to_contain_text("Per kilo of flour, please.")
    look_at(author, "my-changes")
    close_panel(author)
    edit(author, SALT, "20 g per kilo of flour.")
    expect(button(author)).to_have_accessible_name("Reviews: 13 changes await review")

    # The reviewer sees whether it was done, and what is new since then.
    half_a_minute_later(reviewer)
    expect(item(changes(reviewer), SALT)).to_contain_text("Requested on an earlier version:")
    dialog = what_changed(reviewer, SALT)
    dialog.get_by_role("button", name="Since my last review").click()
    expect(dialog).to_contain_text("Reviewed by you: version 2 → Draft: version 3")
    expect(dialog).to_contain_text("20 g per kilo of flour.")
    look_at(reviewer, "since-my-last-review")
    dialog.get_by_role("button", name=f"Approve: {SALT}").click()
    expect(dialog).to_be_hidden()
    expect(item(changes(reviewer), SALT)).to_contain_text("1 of 2 reviews")
    look_at(reviewer, "one-of-two-reviews")

    # And the second one.
    admin.reload()
    open_panel(admin)
    what_changed(admin, SALT).get_by_role("button", name=f"Approve: {SALT}").click()
    show(admin, "Reviewed", 1)
    expect(item(changes(admin), SALT)).to_contain_text("Reviewed")
    item(changes(admin), SALT).get_by_role("button", name=f"History of {SALT}").click()
    expect(item(changes(admin), SALT)).to_contain_text("Changes requested by reviewer")
    look_at(admin, "history-of-a-request")

    publish(author, SALT)
    expect(row(author, SALT)).to_have_text(re.compile("^Salthtmlpublished"))


def test_a_request_can_be_dismissed_with_a_reason(reviewer: Page, admin: Page) -> None:
    open_library(reviewer)
    open_panel(reviewer)
    card = item(changes(reviewer), SALT)
    card.get_by_role("button", name=f"Request changes: {SALT}").click()
    card.get_by_role("textbox", name="What should be changed?").fill("Write it in verse")
    card.get_by_role("button", name=f"Send request: {SALT}").click()
    expect(card).to_contain_text("Write it in verse")
    expect(card.get_by_role("button", name="Dismiss")).to_have_count(0)

    open_library(admin)
    open_panel(admin)
    card = item(changes(admin), SALT)
    card.get_by_role("button", name=f"Dismiss reviewer’s request: {SALT}").click()
    card.get_by_role("textbox", name="Why is it dismissed?").fill("Prose will do")
    look_at(admin, "dismiss")
    card.get_by_role("button", name=f"Confirm: dismiss reviewer’s request: {SALT}").click()
    expect(card).not_to_contain_text("Write it in verse")
    card.get_by_role("button", name=f"History of {SALT}").click()
    expect(card).to_contain_text("Prose will do")


def test_each_kind_of_change_can_be_seen(author: Page, reviewer: Page) -> None:
    open_library(reviewer)
    open_panel(reviewer)

    def look(title: str, *sentences: str) -> Locator:
        dialog = what_changed(reviewer, title)
        for sentence in sentences:
            expect(dialog).to_contain_text(sentence)
        return dialog

    def close(dialog: Locator, name: str) -> None:
        look_at(reviewer, name)
        dialog.get_by_role("button", name="Close").last.click()
        expect(dialog).to_be_hidden()

    close(look(GLUTEN, "This was edited.", "Casein is a protein of milk"), "what-changed-problem")
    dialog = look("Time and temperature", "static/rising-times.svg was replaced")
    for picture in ("Before: static/rising-times.svg", "Now: static/rising-times.svg"):
        image = dialog.get_by_role("img", name=picture)
        expect(image).to_be_visible()
        assert image.evaluate("image => image.naturalWidth > 0")
    dialog.get_by_role("img").last.scroll_into_view_if_needed()
    close(dialog, "what-changed-image")
    dialog = look("Yeast and time", "What it contains", "moved")
    close(dialog, "what-changed-unit")
    dialog = look("Steam from ice cubes", "Publishing this deletes the item.")
    close(dialog, "what-changed-deletion")


def test_a_whole_unit_is_reviewed_at_once(reviewer: Page) -> None:
    open_library(reviewer)
    open_panel(reviewer)
    item(changes(reviewer), "Heat and steam").get_by_role("button", name="Review with contents: Heat and steam").click()
    dialog = reviewer.get_by_role("dialog", name="Review with contents: Heat and steam")
    expect(dialog.get_by_role("heading", name="3 changes to approve")).to_be_visible()
    look_at(reviewer, "review-all")
    dialog.get_by_role("button", name="Approve 3").click()
    expect(dialog).to_be_hidden()
    show(reviewer, "Reviewed", 3)
