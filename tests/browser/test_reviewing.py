"""Giving reviews, and taking them back, while others go on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .look import look_at
from .studio import edit, open_library
from .workspace import (
    approve,
    button,
    change_pane,
    choose,
    close_workspace,
    half_a_minute_later,
    line,
    narrow,
    notice,
    open_all,
    open_change,
    open_on,
    queue,
    rows,
    show,
    verdict_button,
    workspace,
)

SALT = "Salt"
OUTDATED = "Someone edited this while you were reading."


def test_a_click_on_a_button_from_before_an_edit_approves_nothing(
    author: Page, reviewer: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    open_on(reviewer, "html:salt")
    verdict_button(reviewer, "Approve")
    open_library(author)
    edit(author, SALT, "Salt slows the yeast down.")

    verdict_button(reviewer, "Approve").click()
    expect(notice(reviewer)).to_contain_text(f"“{SALT}” is as it was.")
    expect(line(reviewer, SALT)).to_contain_text("Not reviewed")
    look_at(reviewer, "refused-verdict")
    notice(reviewer).get_by_role("button", name="Show it").click()
    expect(open_change(reviewer)).to_have_text(SALT)
    expect(workspace(reviewer).get_by_text(OUTDATED)).to_be_visible()
    workspace(reviewer).get_by_role("button", name="Show latest version").click()
    verdict_button(reviewer, "Approve").click()
    expect(notice(reviewer)).to_contain_text(f"Approved: {SALT}")
    expect(line(reviewer, SALT)).to_contain_text("Reviewed")


def test_approving_many_approves_none_if_one_was_edited(
    author: Page, reviewer: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    open_all(reviewer)
    for title in [SALT, "Weigh the salt"]:
        line(reviewer, title).get_by_role("checkbox").check()
    reviewer.get_by_role("button", name="Review 2 selected").click()
    reviewer.get_by_role("button", name="Approve all 2 listed").click()
    dialog = reviewer.get_by_role("dialog", name="Approve 2 changes")
    open_library(author)
    edit(author, SALT, "Salt slows the yeast down.")

    dialog.get_by_role("button", name="Approve 2 changes").click()
    said = dialog.get_by_role("alert")
    expect(said).to_contain_text("Nothing was approved, because of one change.")
    expect(said.get_by_role("listitem")).to_have_text(
        "“Salt” has changed since: look at the new draft, then review it."
    )
    look_at(reviewer, "selection-refused")
    dialog.get_by_role("button", name="Cancel").last.click()
    choose(reviewer, "Waiting for me", 2)


def test_an_edit_after_the_review_overtakes_it(author: Page, reviewer: Page) -> None:
    reviewer.clock.install()
    open_all(reviewer)
    approve(reviewer, SALT)
    open_library(author)
    edit(author, SALT, "Salt slows the yeast down.")

    half_a_minute_later(reviewer)
    expect(line(reviewer, SALT)).to_contain_text("Edited after review")
    narrow(reviewer, "State", "Edited after review")
    expect(rows(reviewer)).to_have_count(1)
    show(reviewer, SALT)
    look_at(reviewer, "outdated")
    close_workspace(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes to review")


def test_a_review_can_be_taken_back_and_stays_on_record(reviewer: Page) -> None:
    open_all(reviewer)
    approve(reviewer, SALT)
    show(reviewer, SALT)
    verdict_button(reviewer, "Withdraw my approval").click()
    expect(notice(reviewer)).to_contain_text(f"Withdrawn: {SALT}")
    expect(line(reviewer, SALT)).to_contain_text("Not reviewed")
    change_pane(reviewer).get_by_role("button", name="History").click()
    record = change_pane(reviewer).get_by_role("listitem").first
    expect(record).to_have_text("Reviewed by you, now · version 2 · withdrawn by reviewer, now")
    look_at(reviewer, "history")


def test_nobody_is_offered_their_own_change(admin: Page) -> None:
    open_library(admin)
    edit(admin, SALT, "Salt slows the yeast down.")
    open_on(admin, "html:salt")
    expect(change_pane(admin)).to_contain_text("Another reviewer has to review it.")
    expect(change_pane(admin).get_by_role("button", name="Approve")).to_have_count(0)
    look_at(admin, "own-change")
    # All but that one.
    admin.get_by_role("button", name="Approve all 12 listed").click()
    dialog = admin.get_by_role("dialog", name="Approve 12 changes")
    expect(dialog.get_by_role("heading", name="Your own changes, for another reviewer (1)")).to_be_visible()
    look_at(admin, "approve-all-but-own")
    dialog.get_by_role("button", name="Approve 12 changes").click()
    expect(notice(admin)).to_contain_text("12 changes approved.")
    expect(line(admin, SALT)).to_contain_text("Not reviewed")
    choose(admin, "Waiting for me", 0)
    expect(queue(admin)).to_contain_text("Nothing is waiting for you.")


def test_a_review_that_could_not_be_given_is_said(reviewer: Page, expected_failures: set[str]) -> None:
    expected_failures.add("500")
    open_on(reviewer, "html:salt")
    reviewer.route("**/review/", lambda route: route.fulfill(status=500, body="<h1>Server Error (500)</h1>"))
    verdict_button(reviewer, "Approve").click()
    expect(notice(reviewer)).to_contain_text("“Salt” is as it was. Something went wrong in Studio (error 500).")
    expect(line(reviewer, SALT)).to_contain_text("Not reviewed")


def test_what_somebody_searches_for_and_does_not_find_is_said(reviewer: Page) -> None:
    open_all(reviewer)
    queue(reviewer).get_by_role("searchbox").fill("no such thing")
    expect(queue(reviewer)).to_contain_text("No changes match these filters.")
    expect(rows(reviewer)).to_have_count(0)
    queue(reviewer).get_by_role("button", name="Show all changes").click()
    expect(rows(reviewer)).to_have_count(13)
    expect(workspace(reviewer)).to_be_visible()
