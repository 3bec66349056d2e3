"""Giving reviews, and taking them back, while others go on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .look import look_at
from .panel import (
    button,
    changes,
    half_a_minute_later,
    item,
    mark,
    mark_button,
    open_panel,
    select,
    show,
    titles,
)
from .studio import edit, open_library

OUTDATED = "Someone edited this since you first saw it here."


def test_a_click_on_a_button_from_before_an_edit_marks_nothing(
    author: Page, reviewer: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    open_library(reviewer)
    listed = open_panel(reviewer)
    expect(mark_button(listed, "Salt")).to_be_enabled()
    open_library(author)
    edit(author, "Salt", "Salt slows the yeast down.")

    mark_button(listed, "Salt").click()
    expect(item(listed, "Salt").get_by_text(OUTDATED)).to_be_visible()
    expect(mark_button(listed, "Salt")).to_have_count(0)
    show(reviewer, "Reviewed", 0)
    expect(listed).to_contain_text("No changes are reviewed yet.")
    look_at(reviewer, "nothing-reviewed")


def test_a_selection_with_something_from_before_an_edit_marks_nothing(
    author: Page, reviewer: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    open_library(reviewer)
    selection = select(open_panel(reviewer), "Salt", "Weigh the salt")
    open_library(author)
    edit(author, "Salt", "Salt slows the yeast down.")

    selection.get_by_role("button", name="Approve 2").click()
    said = changes(reviewer).get_by_role("status")
    expect(said).to_contain_text("Nothing was approved, because of one item.")
    expect(said.get_by_role("listitem")).to_have_text(
        "“Salt” has changed since: look at the new draft, then review it."
    )
    expect(item(changes(reviewer), "Salt").get_by_text(OUTDATED)).to_be_visible()
    look_at(reviewer, "selection-refused")
    show(reviewer, "Reviewed", 0)


def test_an_edit_after_the_review_overtakes_it(author: Page, reviewer: Page) -> None:
    reviewer.clock.install()
    open_library(reviewer)
    mark(open_panel(reviewer), "Salt")
    open_library(author)
    edit(author, "Salt", "Salt slows the yeast down.")

    half_a_minute_later(reviewer)
    show(reviewer, "Edited after review", 1)
    expect(item(changes(reviewer), "Salt")).to_contain_text("Edited after review")
    look_at(reviewer, "outdated")
    show(reviewer, "Reviewed", 0)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes await review")


def test_a_review_can_be_taken_back_and_stays_on_record(reviewer: Page) -> None:
    open_library(reviewer)
    listed = open_panel(reviewer)
    mark(listed, "Salt")
    show(reviewer, "All", 13)
    item(listed, "Salt").get_by_role("button", name="Withdraw your review: Salt").click()
    expect(listed.get_by_role("status")).to_have_text("Review withdrawn: Salt")
    expect(mark_button(listed, "Salt")).to_be_enabled()
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes await review")
    look_at(reviewer, "all")

    item(listed, "Salt").get_by_role("button", name="History of Salt").click()
    record = item(listed, "Salt").get_by_role("listitem")
    expect(record).to_have_text("Reviewed by reviewer, now · version 2 · withdrawn by reviewer, now")
    record.scroll_into_view_if_needed()
    look_at(reviewer, "history")


def test_several_reviews_can_be_taken_back_at_once(reviewer: Page) -> None:
    open_library(reviewer)
    listed = open_panel(reviewer)
    for title in ["Salt", "Weigh the salt"]:
        mark(listed, title)
    show(reviewer, "Reviewed", 2)
    listed.get_by_label("Select the 2 shown").check()
    listed.get_by_role("button", name="Withdraw 2 reviews").click()
    expect(listed.get_by_role("status")).to_have_text("2 reviews withdrawn.")
    show(reviewer, "Not reviewed", 13)


def test_nobody_is_offered_their_own_change(admin: Page) -> None:
    open_library(admin)
    edit(admin, "Salt", "Salt slows the yeast down.")
    listed = open_panel(admin)
    own = item(listed, "Salt")
    expect(own).to_contain_text("Another reviewer has to review it.")
    expect(mark_button(listed, "Salt")).to_have_count(0)
    expect(own.get_by_role("checkbox")).to_have_count(0)
    look_at(admin, "own-change")
    # All but that one.
    listed.get_by_label("Select the 12 shown").check()
    listed.get_by_role("button", name="Approve 12").click()
    expect(titles(listed)).to_have_text(["Salt"])


def test_a_review_that_could_not_be_given_is_said(reviewer: Page, expected_failures: set[str]) -> None:
    expected_failures.add("500")
    open_library(reviewer)
    listed = open_panel(reviewer)
    reviewer.route("**/review/", lambda route: route.fulfill(status=500, body="<h1>Server Error (500)</h1>"))
    mark_button(listed, "Salt").click()
    expect(listed.get_by_role("status")).to_contain_text("Something went wrong in Studio (error 500).")
    expect(mark_button(listed, "Salt")).to_be_enabled()
    look_at(reviewer, "not-marked")


def test_what_somebody_searches_for_and_does_not_find_is_said(reviewer: Page) -> None:
    open_library(reviewer)
    listed = open_panel(reviewer)
    listed.get_by_label("Search by title").fill("no such thing")
    expect(listed).to_contain_text("No changes match your search.")
    expect(titles(listed)).to_have_count(0)
