"""The whole story, with two people at once: edit, be refused, review, publish what was reviewed, edit again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .look import look_at
from .panel import (
    button,
    changes,
    close_panel,
    half_a_minute_later,
    item,
    mark,
    mark_button,
    open_panel,
    panel,
    part,
    select,
    show,
    titles,
)
from .studio import edit, open_library, publish_library, read_toast, row, sidebar

pytestmark = pytest.mark.essential

UNCHANGED = "Words bakers use"
NEW = "Weigh the salt"
EDITED = "Salt"
# New, like all that it contains.
UNIT = "Heat and steam"


WIDE_ENOUGH_FOR_BOTH = 576


@pytest.mark.parametrize("width", [1280, 480])
def test_only_what_was_reviewed_goes_live(
    author: Page, reviewer: Page, expected_failures: set[str], width: int
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
    missing = part(author, "14 changes still need a review")
    expect(titles(missing)).to_have_count(14)
    expect(item(missing, UNCHANGED)).to_contain_text("Text · edited · by author, now")
    expect(missing.get_by_role("button", name="Approve")).to_have_count(0)
    look_at(author, "refusal-what-is-missing")
    close_panel(author)

    # The reviewer finds it among what waits, and looks at it in Studio.
    open_library(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 14 changes await review")
    listed = open_panel(reviewer)
    expect(titles(listed)).to_have_count(14)
    look_at(reviewer, "panel")
    listed.get_by_label("Type").select_option("Unit")
    expect(titles(listed)).to_have_text(["Yeast and time", "Is it done?", UNIT], use_inner_text=True)
    listed.get_by_label("Type").select_option("Any type")
    listed.get_by_label("Search by title").fill("salt")
    expect(titles(listed)).to_have_text([NEW, EDITED])
    item(listed, EDITED).get_by_role("link").click()
    expect(reviewer).to_have_url(re.compile("/components/lb:WorkbenchDemo:Bread:html:salt$"))
    if width < WIDE_ENOUGH_FOR_BOTH:  # the panel has made room for the item
        expect(panel(reviewer)).to_be_hidden()
        listed = open_panel(reviewer)
    expect(item(part(reviewer, "Selected in Studio"), EDITED)).to_be_visible()
    look_at(reviewer, "selected-in-studio")

    # A note goes with the review.
    item(listed, NEW).get_by_role("button", name="Add a note").click()
    listed.get_by_role("textbox", name="Note").fill("Amounts checked on my own scales")
    look_at(reviewer, "note")
    mark(listed, NEW)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes await review")

    # Meanwhile the author goes on: nobody approves what they have not seen.
    edit(author, EDITED, "Salt slows the yeast down.")
    half_a_minute_later(reviewer)
    changed = item(listed, EDITED).get_by_text("Someone edited this since you first saw it here.")
    expect(changed).to_be_visible()
    expect(mark_button(listed, EDITED)).to_have_count(0)
    # Studio's own sidebar shows it, too.
    expect(sidebar(reviewer, EDITED)).to_contain_text("Salt slows the yeast down.")
    changed.scroll_into_view_if_needed()
    look_at(reviewer, "changed-meanwhile")
    item(listed, EDITED).get_by_role("button", name="I have seen the new state").click()
    mark(listed, EDITED)

    # Several at once.
    listed.get_by_label("Search by title").fill("")
    expect(titles(listed)).to_have_count(12)
    selection = select(listed, UNIT, "What builds gluten?")
    look_at(reviewer, "selection")
    selection.get_by_role("button", name="Approve 2").click()
    expect(listed.get_by_role("status")).to_have_text("2 items approved.")
    show(reviewer, "Reviewed", 4)
    expect(item(listed, NEW)).to_contain_text("Amounts checked on my own scales")
    look_at(reviewer, "reviewed")

    # The author is told what would happen, and decides.
    open_library(author)
    open_panel(author)
    publish = panel(author).get_by_role("button", name="Publish reviewed items (3)")
    publish.click()
    dialog = author.get_by_role("dialog", name="Publish reviewed items")
    expect(dialog.get_by_role("heading", name="3 items will go live")).to_be_visible()
    expect(dialog.get_by_role("heading", name="1 reviewed item won’t be published yet")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_text(
        [f"{EDITED} (edited)", "What builds gluten? (edited)", f"{NEW} (new)", re.compile(f"^{UNIT}: ")]
    )
    expect(dialog).to_contain_text("10 unreviewed changes stay drafts.")
    look_at(author, "publish-question")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    expect(row(author, NEW)).to_contain_text("never published")

    publish.click()
    dialog.get_by_role("button", name="Publish 3 items").click()
    expect(dialog.get_by_role("alert")).to_have_text("3 items are live now. 1 reviewed item was not published.")
    look_at(author, "publish-done")
    dialog.get_by_role("button", name="Close").last.click()
    expect(panel(author).get_by_role("button", name="Publish reviewed items (0)")).to_be_visible()
    close_panel(author)
    for title in [EDITED, "What builds gluten?", NEW]:
        expect(row(author, title)).to_have_text(re.compile(f"^{re.escape(title)}(html|problem)published"))
    for title, state in [(UNIT, "never published"), (UNCHANGED, "changed since publish")]:
        expect(row(author, title)).to_contain_text(state)

    # What is live has been reviewed; what comes next has not.
    edit(author, NEW, "Round up.")
    half_a_minute_later(reviewer)
    show(reviewer, "Not reviewed", 11)
    expect(item(changes(reviewer), NEW)).to_contain_text("Problem · edited · by author")
    item(changes(reviewer), NEW).get_by_role("button", name="I have seen the new state").click()
    expect(mark_button(changes(reviewer), NEW)).to_be_enabled()
