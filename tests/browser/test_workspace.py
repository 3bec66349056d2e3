"""The workspace, over the whole page: a queue of changes, and the change that is open."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from workbench.preview import is_installed

from .look import look_at
from .server import Server
from .studio import REVIEWS_API, edit, open_library
from .workspace import (
    button,
    change_pane,
    close_workspace,
    half_a_minute_later,
    line,
    note_field,
    notice,
    open_by_button,
    open_change,
    open_on,
    open_workspace,
    queue,
    rows,
    show,
    show_tab,
    state_of,
    verdict_button,
    verdicts_sent,
    workspace,
)

WIDTHS = [400, 768, 1280, 1920]
ROWS_AT_1280 = 12
IN_THE_DEMO = 13
MANY = 40
# What the page polls.
LIBRARY_API = re.compile(r"/libraries/lib[^/]*Bread/$")


def waiting(page: Page) -> Locator:
    """Return the choice of what waits for the person, with its number."""
    return queue(page).get_by_role("button", name=re.compile(r"^Waiting for me"))


@pytest.mark.essential
def test_one_change_after_the_other_by_keyboard(reviewer: Page) -> None:
    open_workspace(reviewer)
    expect(waiting(reviewer)).to_have_text("Waiting for me (13)")
    first = open_change(reviewer).inner_text()
    verdict_button(reviewer, "Approve")
    reviewer.keyboard.press("a")
    expect(notice(reviewer)).to_contain_text(f"Approved: {first}")
    expect(open_change(reviewer)).not_to_have_text(first)
    expect(open_change(reviewer)).to_be_focused()
    expect(waiting(reviewer)).to_have_text("Waiting for me (12)")
    # Nothing that was not on the screen is decided, however fast somebody is.
    second = open_change(reviewer).inner_text()
    verdict_button(reviewer, "Approve")
    for _ in range(3):
        reviewer.keyboard.press("a")
    expect(waiting(reviewer)).to_have_text("Waiting for me (11)")
    expect(notice(reviewer)).to_contain_text(f"Approved: {second}")
    reviewer.keyboard.press("u")
    expect(notice(reviewer)).to_contain_text(f"Undone: {second}")
    expect(open_change(reviewer)).to_have_text(second)
    expect(waiting(reviewer)).to_have_text("Waiting for me (12)")


def press_twice(page: Page, target: Locator, how: str) -> None:
    """Press a button twice, as fast as can be."""
    if how == "double click":
        target.dblclick()
        return
    target.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


@pytest.mark.essential
@pytest.mark.parametrize("how", ["double click", "Enter twice"])
def test_what_is_pressed_twice_decides_about_one_change(reviewer: Page, how: str) -> None:
    sent = verdicts_sent(reviewer)
    open_workspace(reviewer)
    first = open_change(reviewer).inner_text()
    press_twice(reviewer, verdict_button(reviewer, "Approve"), how)
    expect(notice(reviewer)).to_contain_text(f"Approved: {first}")
    expect(open_change(reviewer)).to_be_focused()
    # The next one could be decided now, and was not.
    verdict_button(reviewer, "Approve")
    expect(waiting(reviewer)).to_have_text("Waiting for me (12)")
    assert len(sent) == 1


@pytest.mark.parametrize("how", ["double click", "Enter twice"])
def test_a_request_never_turns_into_an_approval(reviewer: Page, how: str) -> None:
    sent = verdicts_sent(reviewer)
    open_on(reviewer, "html:salt")
    note_field(reviewer).fill("Ten grams?")
    press_twice(reviewer, verdict_button(reviewer, "Request changes"), how)
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")
    verdict_button(reviewer, "Approve")
    # Nor does a key, where it is open again.
    show(reviewer, "Salt")
    verdict_button(reviewer, "Withdraw my request and approve")
    open_change(reviewer).focus()
    for key in ("a", "Enter"):
        reviewer.keyboard.press(key)
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")
    expect(line(reviewer, "Salt")).to_contain_text("Changes requested")
    assert len(sent) == 1


@pytest.mark.skipif(not is_installed(), reason="the platform's XBlocks come with what make test-browser installs")
def test_a_preview_is_as_high_as_its_content(reviewer: Page) -> None:
    open_on(reviewer, "html:salt")
    frames = workspace(reviewer).locator("iframe")
    for side in range(2):
        expect(frames.nth(side)).not_to_have_css("height", "240px")  # as high as it is until it is known


def test_undo_gives_back_what_was_said_before(reviewer: Page) -> None:
    open_on(reviewer, "html:salt")
    note_field(reviewer).fill("Ten grams?")
    verdict_button(reviewer, "Request changes").click()
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")
    show(reviewer, "Salt")
    verdict_button(reviewer, "Withdraw my request and approve").click()
    expect(notice(reviewer)).to_contain_text("Approved: Salt")
    notice(reviewer).get_by_role("button", name="Undo").click()
    expect(notice(reviewer)).to_contain_text("Undone: Salt")
    expect(line(reviewer, "Salt")).to_contain_text("Changes requested")
    expect(change_pane(reviewer).get_by_text("Ten grams?")).to_be_visible()


def make_changes(author: Page, count: int) -> None:
    """Add components to the library, with Studio's own API."""
    token = next(cookie["value"] for cookie in author.context.cookies() if cookie["name"] == "csrftoken")
    headers = {"X-CSRFToken": token}
    for number in range(count):
        made = author.request.post(
            "/api/libraries/v2/lib:WorkbenchDemo:Bread/blocks/",
            data={"block_type": "html", "definition_id": f"tip-{number}"},
            headers=headers,
        )
        assert made.ok
        saved = author.request.post(
            f"/api/libraries/v2/blocks/lb:WorkbenchDemo:Bread:html:tip-{number}/olx/",
            data={"olx": f'<html display_name="Tip {number}"><![CDATA[<p>Bake {number} times.</p>]]></html>'},
            headers=headers,
        )
        assert saved.ok


@pytest.mark.parametrize("how", ["click", "keydown"])
def test_forty_changes_take_one_click_or_one_key_each(author: Page, reviewer: Page, how: str) -> None:
    make_changes(author, MANY - IN_THE_DEMO)
    open_library(reviewer)
    expect(button(reviewer)).to_have_accessible_name(f"Reviews: {MANY} changes to review")
    # What is counted is what the page is told of, whoever did it.
    reviewer.evaluate("how => { window.done = 0; addEventListener(how, () => { window.done += 1; }, true); }", how)
    if how == "click":
        button(reviewer).click()
    else:
        button(reviewer).focus()
        reviewer.keyboard.press("Enter")
    for left in reversed(range(MANY)):
        title = open_change(reviewer).inner_text()
        approve = verdict_button(reviewer, "Approve")
        if how == "click":
            approve.click()
        else:
            reviewer.keyboard.press("a")
        expect(waiting(reviewer)).to_have_text(f"Waiting for me ({left})")
        if left:
            expect(open_change(reviewer)).not_to_have_text(title)
            # So it is after the first as after the eighth: nobody has to look for where they are.
            expect(open_change(reviewer)).to_be_focused()
    # One to open the workspace, and one for each change.
    assert reviewer.evaluate("window.done") <= 1 + MANY
    expect(queue(reviewer)).to_contain_text("Nothing is waiting for you.")
    expect(workspace(reviewer).locator(":focus")).to_have_count(1)
    queue(reviewer).get_by_role("button", name="Show all changes").click()
    expect(queue(reviewer).get_by_role("button", name=f"All ({MANY})")).to_have_attribute("aria-pressed", "true")
    expect(rows(reviewer).first).to_contain_text("Reviewed")


def test_who_does_nothing_asks_once_in_half_a_minute(reviewer: Page, server: Server) -> None:
    reviewer.clock.install()
    open_workspace(reviewer)
    verdict_button(reviewer, "Approve")
    asked: list[str] = []
    reviewer.on("request", lambda request: asked.append(request.url) if REVIEWS_API.search(request.url) else None)

    before = server.log.stat().st_size
    # What the first brings along would be asked for by the time of the next.
    for _ in range(3):
        with reviewer.expect_response(LIBRARY_API):
            half_a_minute_later(reviewer)
    assert len(asked) == 3
    # The browser says 200 of what it has kept: what went over the network is what the server notes, soon after.
    answers = re.findall(r"GET /api/sample-plugin/\S+ HTTP/1.1\" (\d+)", server.log.read_text()[before:])
    assert set(answers) == {"304"}


@pytest.mark.essential
def test_what_is_typed_is_still_there_after_a_reload(reviewer: Page) -> None:
    open_workspace(reviewer, "reviews=all&reviews-change=lb:WorkbenchDemo:Bread:html:salt")
    expect(open_change(reviewer)).to_have_text("Salt")
    note_field(reviewer).fill("Ten grams?")
    reviewer.keyboard.press("Escape")
    expect(note_field(reviewer)).to_have_value("Ten grams?")
    close_workspace(reviewer)
    assert state_of(reviewer) == {}
    open_by_button(reviewer)
    show(reviewer, "Salt")
    expect(note_field(reviewer)).to_have_value("Ten grams?")
    # A note about one change never ends up with another.
    show(reviewer, "Weigh the salt")
    expect(note_field(reviewer)).to_have_value("")
    show(reviewer, "Salt")
    reviewer.reload()
    expect(open_change(reviewer)).to_have_text("Salt")
    expect(note_field(reviewer)).to_have_value("Ten grams?")
    verdict_button(reviewer, "Request changes").click()
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")


def test_the_end_of_a_session_takes_nothing_away(reviewer: Page, expected_failures: set[str]) -> None:
    expected_failures.add("401")
    open_on(reviewer, "html:salt")
    note_field(reviewer).fill("Ten grams?")
    verdict_button(reviewer, "Request changes")
    reviewer.route(REVIEWS_API, lambda route: route.fulfill(status=401, json={"detail": "Not logged in."}))
    verdict_button(reviewer, "Request changes").click()
    expect(notice(reviewer)).to_contain_text(
        "“Salt” is as it was. Your session has ended. Log in again: your note is kept."
    )
    expect(notice(reviewer).get_by_role("link", name="Log in")).to_have_attribute("href", re.compile("/login"))
    notice(reviewer).get_by_role("button", name="Show it").click()
    expect(open_change(reviewer)).to_have_text("Salt")
    expect(note_field(reviewer)).to_have_value("Ten grams?")
    look_at(reviewer, "session-ended")

    reviewer.unroute(REVIEWS_API)
    verdict_button(reviewer, "Request changes").click()
    expect(notice(reviewer)).to_contain_text("Changes requested: Salt")
    expect(line(reviewer, "Salt")).to_contain_text("Changes requested")


@pytest.mark.parametrize("status", [401, 403])
def test_one_refusal_takes_neither_the_workspace_nor_the_button_away(
    reviewer: Page, expected_failures: set[str], status: int
) -> None:
    expected_failures.add(str(status))
    reviewer.clock.install()
    open_workspace(reviewer)
    title = open_change(reviewer).inner_text()

    def refuse_once() -> None:
        reviewer.route(REVIEWS_API, lambda route: route.fulfill(status=status, json={"detail": "No."}), times=1)
        with reviewer.expect_response(REVIEWS_API):
            half_a_minute_later(reviewer)

    refuse_once()
    expect(workspace(reviewer).get_by_role("alert")).to_be_visible()
    expect(open_change(reviewer)).to_have_text(title)
    expect(waiting(reviewer)).to_have_text("Waiting for me (13)")
    half_a_minute_later(reviewer)
    expect(workspace(reviewer).get_by_role("alert")).to_have_count(0)
    close_workspace(reviewer)
    refuse_once()
    # And the next answer does not have to bring it back.
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes to review")


def test_it_stays_where_it_was_when_somebody_goes_back(reviewer: Page) -> None:
    open_library(reviewer)
    open_by_button(reviewer)
    queue(reviewer).get_by_role("searchbox").fill("salt")
    show(reviewer, "Weigh the salt")
    assert state_of(reviewer)["reviews-text"] == ["salt"]
    reviewer.go_back()
    expect(workspace(reviewer)).to_be_hidden()
    reviewer.go_forward()
    expect(open_change(reviewer)).to_have_text("Weigh the salt")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_has_room_for_it(admin: Page, width: int) -> None:
    open_on(admin, "html:salt")
    assert admin.evaluate("document.documentElement.scrollWidth") <= width
    look_at(admin, "workspace-preview")
    for tab in ("Text", "Source"):
        expect(show_tab(admin, tab)).to_contain_text("salt")
        look_at(admin, f"workspace-{tab.lower()}")


def test_a_screen_shows_many_changes(reviewer: Page) -> None:
    reviewer.set_viewport_size({"width": 1280, "height": 800})
    open_workspace(reviewer)
    list_ends = workspace(reviewer).locator(".sample-plugin-reviews-workspace__list").bounding_box()
    assert list_ends
    boxes = [box for each in rows(reviewer).all() if (box := each.bounding_box())]
    whole = [box for box in boxes if box["y"] + box["height"] <= list_ends["y"] + list_ends["height"]]
    assert len(whole) >= ROWS_AT_1280


def test_an_edit_is_not_approved_unseen(author: Page, reviewer: Page) -> None:
    sent = verdicts_sent(reviewer)
    reviewer.clock.install()
    open_workspace(reviewer, "reviews=all&reviews-change=lb:WorkbenchDemo:Bread:html:salt")
    expect(open_change(reviewer)).to_have_text("Salt")
    open_library(author)
    edit(author, "Salt", "And pepper.")
    half_a_minute_later(reviewer)
    expect(workspace(reviewer).get_by_text("Someone edited this while you were reading.")).to_be_visible()
    reviewer.keyboard.press("a")
    workspace(reviewer).get_by_role("button", name="Show latest version").click()
    expect(workspace(reviewer).get_by_text("Someone edited")).to_be_hidden()
    verdict_button(reviewer, "Approve")
    assert sent == []
