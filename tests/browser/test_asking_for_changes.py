"""The story of a request: asked for, made, reviewed by two, published. And each kind of change, as reviewers see it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .look import look_at
from .studio import edit, open_library, publish, read_toast, row
from .workspace import (
    button,
    change_pane,
    choose,
    close_workspace,
    half_a_minute_later,
    line,
    note_field,
    notice,
    open_by_button,
    open_on,
    open_settings,
    request_changes,
    rows,
    show,
    show_tab,
    verdict_button,
)

SALT = "Salt"


def compare_with(page: Page) -> Locator:
    """Return the choice between the versions that a draft can be compared with."""
    return change_pane(page).get_by_role("group", name="Compare with")


def test_a_change_is_asked_for_made_reviewed_by_two_and_published(
    author: Page, reviewer: Page, admin: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    reviewer.clock.install()

    # In this library it takes two.
    open_library(admin)
    open_by_button(admin)
    settings = open_settings(admin)
    settings.get_by_role("spinbutton", name="Reviewers needed").fill("2")
    settings.get_by_role("button", name="Save").click()
    expect(settings).to_contain_text("Saved. The settings apply from now on.")
    look_at(admin, "reviewers-needed")

    # The reviewer reads what changed, and asks for more.
    open_library(reviewer)
    open_by_button(reviewer)
    show(reviewer, SALT)
    expect(change_pane(reviewer).get_by_role("heading", name="Published: version 1")).to_be_visible()
    expect(change_pane(reviewer).get_by_role("heading", name="Draft: version 2")).to_be_visible()
    expect(compare_with(reviewer)).to_have_count(0)
    # Without a sentence there is nothing to do for the author.
    verdict_button(reviewer, "Request changes").click()
    expect(change_pane(reviewer)).to_contain_text("Say what should be changed.")
    expect(note_field(reviewer)).to_be_focused()
    note_field(reviewer).fill("How many grams?\nPer kilo of flour, please.")
    look_at(reviewer, "ask-for-changes")
    request_changes(reviewer, SALT, "How many grams?\nPer kilo of flour, please.")
    choose(reviewer, "All", 13)
    expect(line(reviewer, SALT)).to_contain_text("Changes requested")
    show(reviewer, SALT)
    expect(change_pane(reviewer)).to_contain_text("You requested changes")
    expect(compare_with(reviewer)).to_have_count(0)
    look_at(reviewer, "changes-requested")

    # Somebody else's review does not open the gate.
    open_on(admin, "html:salt")
    verdict_button(admin, "Approve").click()
    expect(notice(admin)).to_contain_text(f"Approved: {SALT}")
    expect(line(admin, SALT)).to_contain_text("Changes requested")

    # The author is told, reads what is missing, and writes it.
    open_library(author)
    expect(button(author)).to_have_accessible_name("Reviews: 1 request to answer")
    look_at(author, "one-request-to-answer")
    publish(author, SALT)
    read_toast(author, "Nothing was published. This change is not reviewed yet. A reviewer has requested changes.")
    open_by_button(author)
    expect(rows(author)).to_have_count(1)
    asked = change_pane(author).get_by_text("Per kilo of flour, please.")
    # In lines, as it was written.
    assert asked.inner_text() == "How many grams?\nPer kilo of flour, please."
    look_at(author, "request-to-answer")
    close_workspace(author)
    edit(author, SALT, "20 g per kilo of flour.")
    expect(button(author)).to_have_accessible_name("Reviews")

    # The reviewer sees whether it was done, and what is new since then.
    half_a_minute_later(reviewer)
    expect(change_pane(reviewer)).to_contain_text("Requested on an earlier version:")
    reviewer.get_by_role("button", name="Show latest version").click()
    since = compare_with(reviewer).get_by_role("button", name="Since my last review")
    expect(since).to_have_attribute("aria-pressed", "true")
    expect(change_pane(reviewer).get_by_role("heading", name="Reviewed by you: version 2")).to_be_visible()
    expect(change_pane(reviewer).get_by_role("heading", name="Draft: version 3")).to_be_visible()
    text = show_tab(reviewer, "Text")
    expect(text.get_by_role("insertion")).to_contain_text("20 g per kilo of flour.")
    look_at(reviewer, "since-my-last-review")
    compare_with(reviewer).get_by_role("button", name="Since it was published").click()
    expect(since).to_have_attribute("aria-pressed", "false")
    verdict_button(reviewer, "Approve").click()
    expect(notice(reviewer)).to_contain_text(f"Approved: {SALT}")
    expect(line(reviewer, SALT)).to_contain_text("1 of 2")
    show(reviewer, SALT)
    look_at(reviewer, "one-of-two-reviews")

    # And the second one.
    open_on(admin, "html:salt")
    verdict_button(admin, "Approve").click()
    expect(line(admin, SALT)).to_contain_text("Reviewed")
    show(admin, SALT)
    change_pane(admin).get_by_role("button", name="History").click()
    expect(change_pane(admin)).to_contain_text("Changes requested by reviewer")
    look_at(admin, "history-of-a-request")

    publish(author, SALT)
    expect(row(author, SALT)).to_have_text(re.compile("^Salthtmlpublished"))


def test_a_request_can_be_dismissed_with_a_reason(reviewer: Page, admin: Page) -> None:
    open_on(reviewer, "html:salt")
    request_changes(reviewer, SALT, "Write it in verse")
    show(reviewer, SALT)
    expect(change_pane(reviewer)).to_contain_text("Write it in verse")
    expect(change_pane(reviewer).get_by_role("button", name="Dismiss")).to_have_count(0)

    open_on(admin, "html:salt")
    change_pane(admin).get_by_role("button", name=f"Dismiss reviewer’s request: {SALT}").click()
    change_pane(admin).get_by_role("textbox", name="Why is it dismissed?").fill("Prose will do")
    look_at(admin, "dismiss")
    change_pane(admin).get_by_role("button", name=f"Confirm: dismiss reviewer’s request: {SALT}").click()
    expect(change_pane(admin)).not_to_contain_text("Write it in verse")
    expect(change_pane(admin)).to_contain_text(f"Request dismissed: {SALT}")
    change_pane(admin).get_by_role("button", name="History").click()
    expect(change_pane(admin)).to_contain_text("dismissed by admin")
    expect(change_pane(admin)).to_contain_text("Prose will do")


@pytest.mark.parametrize(
    ("usage", "preview", "text", "source", "name"),
    [
        ("problem:gluten", "Draft: version", "Casein", "Casein is a protein of milk", "problem"),
        ("html:time-and-temperature", "Draft: version", "was replaced", "was replaced", "image"),
    ],
)
def test_a_change_of_a_component_can_be_seen_in_three_ways(
    reviewer: Page, usage: str, preview: str, text: str, source: str, name: str
) -> None:
    open_on(reviewer, usage)
    pane = show_tab(reviewer, "Preview")
    expect(pane.get_by_role("heading", name=preview)).to_be_visible()
    expect(pane.locator("iframe")).to_have_count(2)
    for tab, sentence in (("Text", text), ("Source", source)):
        expect(show_tab(reviewer, tab)).to_contain_text(sentence)
        if name == "image":
            for side in ("Before", "Now"):
                image = change_pane(reviewer).get_by_role("img", name=f"{side}: static/rising-times.svg")
                expect(image).to_be_visible()
                assert image.evaluate("image => image.naturalWidth > 0")
            image.scroll_into_view_if_needed()
    look_at(reviewer, f"what-changed-{name}")


def test_a_change_of_a_unit_can_be_seen_in_three_ways(reviewer: Page) -> None:
    open_on(reviewer, "html:salt")
    show(reviewer, "Yeast and time")
    moved = show_tab(reviewer, "Preview").get_by_role("listitem").filter(has_text="Slow the dough down")
    expect(moved).to_contain_text("Moved")
    for tab in ("Text", "Source"):
        expect(show_tab(reviewer, tab)).to_contain_text("Slow the dough down: moved from position")
    look_at(reviewer, "what-changed-unit")


def test_a_deletion_can_be_seen_in_three_ways(reviewer: Page) -> None:
    open_on(reviewer, "html:ice-cubes")
    pane = show_tab(reviewer, "Preview")
    expect(pane).to_contain_text("Publishing deletes this:")
    expect(pane.locator("iframe")).to_have_count(1)
    expect(show_tab(reviewer, "Text").get_by_role("deletion").first).to_be_visible()
    expect(show_tab(reviewer, "Source")).to_contain_text("Publishing this deletes the item.")
    look_at(reviewer, "what-changed-deletion")


def test_a_whole_unit_is_reviewed_at_once_but_for_what_stands_in_the_way(reviewer: Page) -> None:
    open_on(reviewer, "html:salt")
    show(reviewer, "Why bakers use steam")
    request_changes(reviewer, "Why bakers use steam", "And the crust?")
    show(reviewer, "Heat and steam")
    change_pane(reviewer).get_by_role("button", name="Review with contents").click()
    expect(rows(reviewer)).to_have_count(3)
    reviewer.get_by_role("button", name="Approve all 2 listed").click()
    dialog = reviewer.get_by_role("dialog", name="Approve 2 changes")
    expect(dialog.get_by_role("heading", name="You requested changes here (1)")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_text(
        ["Heat and steam", "When is steam needed?", "Why bakers use steam"]
    )
    look_at(reviewer, "approve-all")
    dialog.get_by_role("button", name="Approve 2 changes").click()
    expect(dialog).to_be_hidden()
    expect(notice(reviewer)).to_contain_text("2 changes approved.")
    for title in ["Heat and steam", "When is steam needed?"]:
        expect(line(reviewer, title)).to_contain_text("Reviewed")
    expect(line(reviewer, "Why bakers use steam")).to_contain_text("Changes requested")
