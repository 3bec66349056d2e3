"""The whole story, with three people at once: edit, be refused, review, publish what was reviewed, edit again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .look import look_at
from .studio import edit, open_library, publish_library, read_toast, row, sidebar
from .workspace import (
    button,
    change_pane,
    choose,
    close_workspace,
    half_a_minute_later,
    line,
    narrow,
    note_field,
    notice,
    open_by_button,
    open_popover,
    open_publish,
    open_settings,
    queue,
    rows,
    show,
    show_tab,
    switch_reviews_off,
    verdict_button,
    workspace,
)

pytestmark = pytest.mark.essential

UNCHANGED = "Words bakers use"
NEW = "Weigh the salt"
EDITED = "Salt"
# New, like all that it contains.
UNIT = "Heat and steam"


@pytest.mark.parametrize("width", [1280, 480])
def test_only_what_was_reviewed_goes_live(
    author: Page, reviewer: Page, admin: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    reviewer.clock.install()

    # The author wants to publish everything, and is told why not, and what is missing.
    open_library(author)
    edit(author, UNCHANGED, "Crumb: what is inside.")
    publish_library(author)
    toast = read_toast(author, "Nothing was published. 14 of 14 changes are not reviewed yet.")
    look_at(author, "refusal")
    toast.get_by_role("button", name="Show what is missing").click()
    expect(toast).to_be_hidden()
    expect(rows(author)).to_have_count(14)
    expect(line(author, UNCHANGED)).to_contain_text("Text, edited · author · now")
    expect(workspace(author).get_by_role("button", name="Approve")).to_have_count(0)
    look_at(author, "refusal-what-is-missing")
    close_workspace(author)

    # The reviewer finds it among what waits, and looks at it in Studio.
    open_library(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 14 changes to review")
    open_by_button(reviewer)
    expect(rows(reviewer)).to_have_count(14)
    look_at(reviewer, "workspace")
    narrow(reviewer, "Type", "Unit")
    expect(rows(reviewer)).to_have_count(3)
    for title in ["Yeast and time", "Is it done?", UNIT]:
        expect(line(reviewer, title)).to_be_visible()
    queue(reviewer).get_by_role("button", name="Clear filters").click()
    queue(reviewer).get_by_role("searchbox").fill("salt")
    expect(rows(reviewer)).to_have_count(2)
    show(reviewer, EDITED)
    change_pane(reviewer).get_by_role("link", name="Open in Studio").click()
    expect(reviewer).to_have_url(re.compile("/components/lb:WorkbenchDemo:Bread:html:salt$"))
    expect(workspace(reviewer)).to_be_hidden()
    opened = open_popover(reviewer, EDITED)
    expect(opened).to_contain_text("Not reviewed Text, edited · author")
    look_at(reviewer, "selected-in-studio")
    opened.get_by_role("button", name="See what changed").click()

    # A note goes with the review.
    show(reviewer, NEW)
    note_field(reviewer).fill("Amounts checked on my own scales")
    verdict_button(reviewer, "Approve with note").hover()
    look_at(reviewer, "note")
    verdict_button(reviewer, "Approve with note").click()
    expect(notice(reviewer)).to_contain_text(f"Approved: {NEW}")

    # Meanwhile the author goes on: nobody approves what they have not seen.
    show(reviewer, EDITED)
    edit(author, EDITED, "Salt slows the yeast down.")
    half_a_minute_later(reviewer)
    expect(workspace(reviewer).get_by_text("Someone edited this while you were reading.")).to_be_visible()
    expect(change_pane(reviewer).get_by_role("button", name="Approve", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )
    look_at(reviewer, "changed-meanwhile")
    workspace(reviewer).get_by_role("button", name="Show latest version").click()
    expect(show_tab(reviewer, "Text")).to_contain_text("Salt slows the yeast down.")
    verdict_button(reviewer, "Approve").click()
    expect(notice(reviewer)).to_contain_text(f"Approved: {EDITED}")
    close_workspace(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 12 changes to review")
    # Studio's own sidebar shows the new state, too.
    expect(open_popover(reviewer, EDITED)).to_contain_text("Reviewed by you")
    reviewer.keyboard.press("Escape")
    expect(sidebar(reviewer, EDITED)).to_contain_text("Salt slows the yeast down.")

    # Several at once: those that are selected.
    sidebar(reviewer, EDITED).get_by_role("button", name="Close").click()
    open_by_button(reviewer)
    for title in [UNIT, "What builds gluten?"]:
        line(reviewer, title).get_by_role("checkbox").check()
    workspace(reviewer).get_by_role("button", name="Review 2 selected").click()
    expect(rows(reviewer)).to_have_count(2)
    workspace(reviewer).get_by_role("button", name="Approve all 2 listed").click()
    dialog = reviewer.get_by_role("dialog", name="Approve 2 changes")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    look_at(reviewer, "selection")
    dialog.get_by_role("button", name="Approve 2 changes").click()
    expect(notice(reviewer)).to_contain_text("2 changes approved.")
    workspace(reviewer).get_by_role("button", name="Clear selection").click()
    narrow(reviewer, "State", "Reviewed")
    expect(rows(reviewer)).to_have_count(4)
    show(reviewer, NEW)
    expect(change_pane(reviewer)).to_contain_text("Amounts checked on my own scales")
    look_at(reviewer, "reviewed")

    # The author is told what would happen, and decides.
    open_library(author)
    open_by_button(author)
    dialog = open_publish(author, 3)
    expect(dialog.get_by_role("heading", name="3 items will go live")).to_be_visible()
    expect(dialog.get_by_role("heading", name="1 reviewed item won’t be published yet")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_text(
        [f"{EDITED} (edited)", "What builds gluten? (edited)", f"{NEW} (new)", re.compile(f"^{UNIT}: ")]
    )
    expect(dialog).to_contain_text("10 unreviewed changes stay drafts.")
    look_at(author, "publish-question")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    close_workspace(author)
    expect(row(author, NEW)).to_contain_text("never published")

    open_by_button(author)
    dialog = open_publish(author, 3)
    dialog.get_by_role("button", name="Publish 3 items").click()
    expect(dialog.get_by_role("alert")).to_have_text("3 items are live now. 1 reviewed item was not published.")
    look_at(author, "publish-done")
    dialog.get_by_role("button", name="Close").last.click()
    expect(workspace(author).get_by_role("button", name="Publish reviewed items")).to_have_count(0)
    close_workspace(author)
    for title in [EDITED, "What builds gluten?", NEW]:
        expect(row(author, title)).to_have_text(re.compile(f"^{re.escape(title)}(html|problem)published"))
    for title, state in [(UNIT, "never published"), (UNCHANGED, "changed since publish")]:
        expect(row(author, title)).to_contain_text(state)

    # What is live has been reviewed; what comes next has not.
    edit(author, NEW, "Round up.")
    half_a_minute_later(reviewer)
    reviewer.goto("/authoring/library/lib:WorkbenchDemo:Bread?reviews=all")
    choose(reviewer, "Waiting for me", 11)
    expect(line(reviewer, NEW)).to_contain_text("Problem, edited · author")

    # Who decides about the library lets the rest go live.
    open_library(admin)
    open_by_button(admin)
    open_settings(admin)
    switch_reviews_off(admin, "The course begins tomorrow")
    close_workspace(admin)
    publish_library(admin)
    read_toast(admin, "Library published successfully")
    open_by_button(admin)
    expect(queue(admin)).to_contain_text("There are no unpublished changes here.")
