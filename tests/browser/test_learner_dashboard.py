"""A learner archives course cards, with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .look import look_in_both_widths
from .test_keyboard import tab_to

COURSE = "Sourdough from scratch"


def test_a_card_is_archived_and_brought_back_with_the_keyboard(learner: Page) -> None:
    learner.goto("/learner-dashboard/")
    archive = learner.get_by_role("button", name=f"Archive {COURSE}")
    undo = learner.get_by_role("button", name="Undo")
    toggle = learner.get_by_role("button", name="Archived courses (1)")
    expect(archive).to_be_visible()
    tab_to(learner, archive)
    learner.keyboard.press("Enter")
    expect(undo).to_be_focused()
    expect(learner.get_by_role("status")).to_contain_text(f"Archived: {COURSE}")
    learner.keyboard.press("Enter")
    expect(archive).to_be_focused()
    expect(toggle).to_be_hidden()
    learner.keyboard.press("Enter")
    expect(undo).to_be_focused()

    learner.reload()
    expect(toggle).to_be_visible()
    expect(archive).to_be_hidden()
    tab_to(learner, toggle)
    learner.keyboard.press("Enter")
    back = learner.get_by_role("region", name="Archived courses (1)").get_by_role("button", name=f"Bring back {COURSE}")
    tab_to(learner, back)
    look_in_both_widths(learner, "learner-dashboard-archived", back)
    learner.keyboard.press("Enter")
    expect(undo).to_be_focused()
    expect(archive).to_be_visible()
    expect(toggle).to_be_hidden()
    look_in_both_widths(learner, "learner-dashboard", undo)
