"""A reviewer asks about a line, and the author answers: what was typed is kept, and text stays text."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .look import look_at, look_in_both_widths
from .workspace import approve, change_pane, open_all, open_on, open_settings, show_tab, workspace

QUESTION = "<img src=x onerror=alert(1)> How many grams?\nSee https://bread.example/salt."


def conversations(page: Page, heading: str = "Conversations") -> Locator:
    """Return the conversations about the change that is open, under this heading."""
    return change_pane(page).get_by_role("region", name=heading, exact=True)


def field(page: Page, name: str) -> Locator:
    """Return the field in which a comment is written."""
    return change_pane(page).get_by_role("textbox", name=name, exact=True)


def test_a_reviewer_asks_about_a_line_and_the_author_answers(
    reviewer: Page, author: Page, admin: Page, expected_failures: set[str]
) -> None:
    expected_failures.add("409")
    open_on(reviewer, "html:salt")
    source = show_tab(reviewer, "Source")
    added = source.get_by_role("row").filter(has=reviewer.get_by_role("insertion")).first
    add = added.get_by_role("button")
    add.focus()
    look_at(reviewer, "comment-on-a-line-button")
    add.press("Enter")
    typed = source.get_by_role("textbox")
    expect(typed).to_be_focused()
    typed.fill(QUESTION)
    # Single letters are the workspace's shortcuts, and Escape closes the field.
    typed.press("End")
    typed.press_sequentially(" jkar")
    typed.press("Escape")
    expect(typed).to_be_hidden()
    reviewer.reload()
    expect(typed).to_have_value(f"{QUESTION} jkar")
    look_in_both_widths(reviewer, "comment-on-a-line", typed)
    typed.press("Control+Enter")
    said = conversations(reviewer, "Conversations (1 open)").get_by_role("listitem").first
    expect(said).to_contain_text("<img src=x onerror=alert(1)> How many grams?")
    expect(said.locator("img")).to_have_count(0)
    expect(said.get_by_role("link", name="https://bread.example/salt")).to_have_attribute("target", "_blank")
    expect(typed).to_be_hidden()
    reviewer.get_by_role("button", name="1 open conversation about line").click()
    expect(said).to_be_focused()
    look_in_both_widths(reviewer, "conversation", said)
    reviewer.evaluate("document.documentElement.dir = 'rtl'")
    look_in_both_widths(reviewer, "conversation-right-to-left", said)

    # The library requires that conversations are resolved.
    open_all(admin)
    settings = open_settings(admin)
    settings.get_by_role("switch", name="Conversations must be resolved").click()  # it moves with the answer
    expect(settings.get_by_role("switch", name="Conversations must be resolved")).to_be_checked()
    look_at(admin, "conversations-rule")
    workspace(admin).get_by_role("button", name="Review settings").click()
    approve(admin, "Salt")
    workspace(admin).get_by_role("button", name="Publish reviewed items (1)", exact=True).click()
    dialog = admin.get_by_role("dialog", name="Publish reviewed items")
    expect(dialog).to_contain_text("Salt: It has open conversations. Resolve them first.")
    look_at(admin, "conversations-refusal")
    dialog.get_by_role("link", name="Salt").click()
    expect(conversations(admin, "Conversations (1 open)")).to_contain_text("This can be published once it is resolved.")

    # The author goes to the line, answers, and resolves.
    open_on(author, "html:salt")
    asked = conversations(author, "Conversations (1 open)")
    asked.get_by_role("button", name="Show").click()
    expect(show_tab(author, "Source").get_by_role("button", name="Comment on line").first).to_be_visible()
    asked.get_by_role("button", name="Reply").click()
    field(author, "Reply").fill("10 g for each kilo of flour")
    asked.get_by_role("button", name="Send").click()
    expect(asked).to_contain_text("10 g for each kilo of flour")
    asked.get_by_role("button", name="Delete").click()
    look_at(author, "conversation-delete")
    asked.get_by_role("button", name="Keep it").click()
    asked.get_by_role("button", name="Resolve").click()
    expect(conversations(author)).to_contain_text("Conversation resolved.")
    conversations(author).get_by_text("1 resolved").click()
    expect(conversations(author)).to_contain_text("Resolved by author")
    look_at(author, "conversation-resolved")
