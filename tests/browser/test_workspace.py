"""The workspace, over the whole page: a queue of changes, and the change that is open."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .look import look_at
from .studio import edit, open_library
from .workspace import notice, open_change, open_workspace, queue, verdict_button, workspace

WIDTHS = [400, 768, 1280, 1920]
ROWS_AT_1280 = 12


def state_of(page: Page) -> dict[str, list[str]]:
    """Return what the address says of the workspace."""
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.essential
def test_one_change_after_the_other_by_keyboard(reviewer: Page) -> None:
    open_workspace(reviewer)
    waiting = queue(reviewer).get_by_role("button", name=re.compile(r"^Waiting for me"))
    expect(waiting).to_have_text("Waiting for me (13)")
    first = open_change(reviewer).inner_text()
    verdict_button(reviewer, "Approve")
    reviewer.keyboard.press("a")
    expect(notice(reviewer)).to_contain_text(f"Approved: {first}")
    expect(open_change(reviewer)).not_to_have_text(first)
    expect(open_change(reviewer)).to_be_focused()
    expect(waiting).to_have_text("Waiting for me (12)")
    # Nothing that was not on the screen is decided, however fast somebody is.
    second = open_change(reviewer).inner_text()
    verdict_button(reviewer, "Approve")
    for _ in range(3):
        reviewer.keyboard.press("a")
    expect(waiting).to_have_text("Waiting for me (11)")
    expect(notice(reviewer)).to_contain_text(f"Approved: {second}")
    reviewer.keyboard.press("u")
    expect(notice(reviewer)).to_contain_text(f"Undone: {second}")
    expect(open_change(reviewer)).to_have_text(second)
    expect(waiting).to_have_text("Waiting for me (12)")


@pytest.mark.essential
def test_what_is_typed_is_still_there_after_a_reload(reviewer: Page) -> None:
    open_workspace(reviewer, "reviews=all&reviews-change=lb:WorkbenchDemo:Bread:html:salt")
    expect(open_change(reviewer)).to_have_text("Salt")
    note = workspace(reviewer).get_by_role("textbox", name="Note")
    note.fill("Ten grams?")
    reviewer.keyboard.press("Escape")
    reviewer.reload()
    expect(open_change(reviewer)).to_have_text("Salt")
    expect(note).to_have_value("Ten grams?")
    verdict_button(reviewer, "Request changes").click()
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")
    workspace(reviewer).get_by_role("button", name="Close reviews").click()
    expect(workspace(reviewer)).to_be_hidden()
    assert state_of(reviewer) == {}


def test_it_stays_where_it_was_when_somebody_goes_back(reviewer: Page) -> None:
    open_library(reviewer)
    reviewer.get_by_role("banner").get_by_role("button", name="Reviews").click()
    reviewer.get_by_role("link", name="Open full-page reviews").click()
    expect(open_change(reviewer)).to_be_visible()
    queue(reviewer).get_by_role("searchbox").fill("salt")
    queue(reviewer).get_by_role("listitem").filter(has_text="Weigh the salt").get_by_role("button").click()
    expect(open_change(reviewer)).to_have_text("Weigh the salt")
    assert state_of(reviewer)["reviews-text"] == ["salt"]
    reviewer.go_back()
    expect(workspace(reviewer)).to_be_hidden()
    reviewer.go_forward()
    expect(open_change(reviewer)).to_have_text("Weigh the salt")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_has_room_for_it(admin: Page, width: int) -> None:
    open_workspace(admin, "reviews=all&reviews-whose=all&reviews-change=lb:WorkbenchDemo:Bread:html:salt")
    assert admin.evaluate("document.documentElement.scrollWidth") <= width
    look_at(admin, "workspace-preview")
    for tab in ("Text", "Source"):
        workspace(admin).get_by_role("tab", name=tab).click()
        expect(workspace(admin).get_by_role("tabpanel")).to_contain_text("salt")
        look_at(admin, f"workspace-{tab.lower()}")
    admin.evaluate("document.documentElement.dir = 'rtl'")
    look_at(admin, "workspace-right-to-left")


def test_a_screen_shows_many_changes(reviewer: Page) -> None:
    reviewer.set_viewport_size({"width": 1280, "height": 800})
    open_workspace(reviewer)
    rows = queue(reviewer).get_by_role("listitem")
    list_ends = workspace(reviewer).locator(".sample-plugin-reviews-workspace__list").bounding_box()
    assert list_ends
    boxes = [box for each in rows.all() if (box := each.bounding_box())]
    whole = [box for box in boxes if box["y"] + box["height"] <= list_ends["y"] + list_ends["height"]]
    assert len(whole) >= ROWS_AT_1280


def test_an_edit_is_not_approved_unseen(author: Page, reviewer: Page) -> None:
    reviewer.clock.install()
    open_workspace(reviewer, "reviews=all&reviews-change=lb:WorkbenchDemo:Bread:html:salt")
    expect(open_change(reviewer)).to_have_text("Salt")
    open_library(author)
    edit(author, "Salt", "And pepper.")
    reviewer.clock.fast_forward(31_000)
    expect(workspace(reviewer).get_by_text("Someone edited this while you were reading.")).to_be_visible()
    reviewer.keyboard.press("a")
    workspace(reviewer).get_by_role("button", name="Show latest version").click()
    expect(workspace(reviewer).get_by_text("Someone edited")).to_be_hidden()
