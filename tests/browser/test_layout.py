"""Where things are: in each width, at twice the size, and in a language that is written from right to left."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import LogIn
from .look import find_cut_off, look_at
from .studio import open_library, publish_library, read_toast
from .workspace import (
    button,
    change_pane,
    close_workspace,
    line,
    note_field,
    notice,
    open_all,
    open_by_button,
    open_on,
    open_popover,
    open_publish,
    open_settings,
    queue,
    rows,
    show,
    verdict_button,
    workspace,
)

WIDTHS = [400, 768, 1280, 1920]
SALT = "/components/lb:WorkbenchDemo:Bread:html:salt"
BOX = "element => { const { x, y, width, height } = element.getBoundingClientRect(); return { x, y, width, height }; }"

# All that the plugin has put into the header.
HIDE = """
button => {
  let ours = button;
  while (ours.parentElement.childElementCount === 1) { ours = ours.parentElement; }
  ours.style.display = 'none';
}
"""


def box(element: Locator) -> Any:
    """Return where something is, also if it cannot be used now."""
    return element.evaluate(BOX)


def approve_by_api(reviewer: Page, usage: str) -> None:
    """Approve a component as somebody does who is on another page."""
    entity = f"/api/sample-plugin/reviews/v1/entities/lb:WorkbenchDemo:Bread:{usage}/"
    token = next(cookie["value"] for cookie in reviewer.context.cookies() if cookie["name"] == "csrftoken")
    record = reviewer.request.get(entity).json()["draft_change_log_record_id"]
    answer = reviewer.request.put(
        f"{entity}review/", data={"draft_change_log_record_id": record}, headers={"X-CSRFToken": token}
    )
    assert answer.ok


@pytest.mark.parametrize("width", WIDTHS)
def test_the_header_is_as_without_the_button(reviewer: Page, width: int) -> None:
    open_library(reviewer)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes to review")

    def sizes() -> tuple[int, int]:
        height = box(reviewer.get_by_role("banner"))["height"]
        return height, reviewer.evaluate("document.documentElement.scrollWidth")

    with_button = sizes()
    own = box(button(reviewer))
    assert own["x"] >= 0
    assert own["x"] + own["width"] <= width
    button(reviewer).evaluate(HIDE)
    expect(button(reviewer)).to_be_hidden()
    assert with_button == sizes()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pop_over_has_room_for_a_verdict(reviewer: Page, width: int) -> None:
    open_library(reviewer, SALT)
    title = reviewer.locator("#root h1").first
    before = box(title)
    opened = open_popover(reviewer, "Salt")
    assert box(title) == before
    look_at(reviewer, "popover")
    approve = opened.get_by_role("button", name="Approve", exact=True)
    expect(approve).not_to_have_attribute("aria-disabled", "true")
    approve.click()
    expect(notice(reviewer)).to_contain_text("Approved: Salt")
    expect(opened.locator(":focus")).to_have_count(1)
    look_at(reviewer, "popover-approved")
    notice(reviewer).get_by_role("button", name="Undo").click()
    expect(notice(reviewer)).to_contain_text("Undone: Salt")
    expect(approve).to_be_visible()
    expect(opened.locator(":focus")).to_have_count(1)
    assert box(title) == before


@pytest.mark.parametrize("width", WIDTHS)
def test_every_dialog_has_room_and_moves_nothing(
    admin: Page, reviewer: Page, expected_failures: set[str], width: int
) -> None:
    expected_failures.add("409")
    open_library(admin)
    expect(button(admin)).to_be_visible()
    publish_library(admin)
    toast = read_toast(admin, "Nothing was published. 13 of 13 changes are not reviewed yet.")
    toast.get_by_role("button", name="Show what is missing").click()
    expect(rows(admin)).to_have_count(13)
    look_at(admin, "blocked")

    show(admin, "Salt")
    verdict_button(admin, "Approve").click()
    expect(notice(admin).get_by_role("button", name="Undo")).to_be_visible()
    look_at(admin, "undo")
    # Not by its role: it cannot be used while a dialog is open.
    close = admin.locator("[aria-label='Close reviews']")
    place = box(close)

    settings = open_settings(admin)
    expect(settings.get_by_role("spinbutton")).to_be_visible()
    look_at(admin, "settings")
    workspace(admin).get_by_role("button", name="Review settings").click()
    expect(settings).to_be_hidden()

    admin.keyboard.press("?")
    shortcuts = admin.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts).to_be_visible()
    assert box(close) == place
    look_at(admin, "shortcuts")
    shortcuts.get_by_role("button", name="Close").last.click()

    workspace(admin).get_by_role("button", name="Approve all 12 listed").click()
    rest = admin.get_by_role("dialog", name="Approve 12 changes")
    expect(rest).to_be_visible()
    assert box(close) == place
    look_at(admin, "approve-rest")
    rest.get_by_role("button", name="Cancel").last.click()

    dialog = open_publish(admin, 1)
    assert box(close) == place
    look_at(admin, "publish")
    approve_by_api(reviewer, "problem:weigh-the-salt")
    dialog.get_by_role("button", name="Publish 1 item").click()
    expect(dialog).to_contain_text("Nothing was published yet: this has changed since you opened the preview.")
    expect(dialog).to_contain_text("Added: Weigh the salt (new)")
    look_at(admin, "publish-changed")
    dialog.get_by_role("button", name="Publish 2 items").click()
    expect(dialog.get_by_role("alert")).to_have_text("2 items are live now.")


@pytest.mark.parametrize("width", [400, 1280])
def test_from_right_to_left_nothing_is_cut_off_and_no_band_is_blank(reviewer: Page, width: int) -> None:
    open_library(reviewer)
    # All that the platform does to the page for such a language. It knows only those that it has been translated to.
    reviewer.evaluate("document.documentElement.dir = 'rtl'")
    assert reviewer.evaluate("[document.documentElement.scrollWidth, scrollX]") == [width, 0]
    open_by_button(reviewer)
    show(reviewer, "Salt")
    verdict_button(reviewer, "Approve")
    whole = box(workspace(reviewer))
    assert (whole["x"], whole["width"]) == (0, width)
    assert reviewer.evaluate("[document.documentElement.scrollWidth, scrollX]") == [width, 0]
    change = box(change_pane(reviewer))
    assert change["x"] == 0
    if queue(reviewer).is_visible():
        listed = box(queue(reviewer))
        assert listed["x"] == change["width"]
        assert listed["x"] + listed["width"] == width
    else:
        assert change["width"] == width
    look_at(reviewer, "right-to-left")
    open_library(reviewer, SALT)
    reviewer.evaluate("document.documentElement.dir = 'rtl'")
    open_popover(reviewer, "Salt")
    look_at(reviewer, "popover-right-to-left")


def test_at_twice_the_size_everything_can_be_reached(log_in: LogIn) -> None:
    # What is left of a window of 1280 by 800 then.
    reviewer = log_in("reviewer", viewport={"width": 640, "height": 400}, device_scale_factor=2)
    open_on(reviewer, "html:salt")
    assert find_cut_off(reviewer) == []
    for name in ("Approve", "Request changes"):
        expect(verdict_button(reviewer, name)).to_be_in_viewport(ratio=1)
        verdict_button(reviewer, name).click(trial=True)
    note_field(reviewer).fill("Ten grams?\nOr twenty?")
    verdict_button(reviewer, "Request changes").click()
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")
    expect(notice(reviewer).get_by_role("button", name="Undo")).to_be_in_viewport(ratio=1)
    assert find_cut_off(reviewer) == []
    workspace(reviewer).get_by_role("button", name="All changes").click()
    queue(reviewer).get_by_role("searchbox").fill("weigh")
    show(reviewer, "Weigh the salt")
    close_workspace(reviewer)
    open_library(reviewer, SALT)
    opened = open_popover(reviewer, "Salt")
    assert find_cut_off(reviewer) == []
    opened.get_by_role("button", name="Open reviews").click()
    expect(workspace(reviewer)).to_be_visible()


def test_in_the_smallest_window_every_button_can_be_reached(log_in: LogIn) -> None:
    admin = log_in("admin", viewport={"width": 320, "height": 640})
    open_all(admin)
    assert admin.evaluate("document.documentElement.scrollWidth") <= 320
    assert find_cut_off(admin) == []
    expect(line(admin, "Salt")).to_be_visible()
    show(admin, "Salt")
    verdict_button(admin, "Approve")
    buttons = workspace(admin).get_by_role("button").all()
    assert len(buttons) > 10
    for each in buttons:
        if each.is_enabled():
            each.click(trial=True)
    assert find_cut_off(admin) == []


@pytest.mark.parametrize("width", [1280])
def test_the_lists_of_the_admin_show_all_their_columns(
    admin: Page, reviewer: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("404")  # Django's admin has no icon.
    open_library(reviewer)
    approve_by_api(reviewer, "html:salt")
    for model in ("livecontent", "draftchange", "reviewedstatus", "reviewpolicy", "publishjudgement"):
        admin.goto(f"/admin/sample_plugin_reviews/{model}/")
        table = admin.locator(".results")
        assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0, model
