"""What people do in the panel of reviews."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def button(page: Page) -> Locator:
    """Return the button in Studio's header."""
    return page.get_by_role("banner").get_by_role("button", name="Reviews")


def panel(page: Page) -> Locator:
    """Return the panel."""
    return page.get_by_role("complementary", name="Reviews")


def open_panel(page: Page) -> Locator:
    """Open the panel, wait until it shows a list of changes, and return that."""
    button(page).click()
    expect(changes(page).get_by_role("listitem").first).to_be_visible()
    return changes(page)


def close_panel(page: Page) -> None:
    """Close the panel."""
    panel(page).get_by_role("button", name="Close reviews").click()
    expect(panel(page)).to_be_hidden()


def part(page: Page, heading: str) -> Locator:
    """Return a part of the panel."""
    return panel(page).get_by_role("region", name=heading)


def changes(page: Page) -> Locator:
    """Return the part with the list of changes."""
    return part(page, "Unpublished changes")


def item(within: Locator, title: str) -> Locator:
    """Return an item in a part of the panel."""
    heading = within.page.get_by_role("heading", name=title, exact=True)
    return within.get_by_role("listitem").filter(has=heading)


def titles(within: Locator) -> Locator:
    """Return the titles of the items in a part of the panel."""
    return within.get_by_role("heading", level=4)


def show(page: Page, state: str, count: int) -> None:
    """Show the changes in this state, of which there are so many."""
    states = changes(page).get_by_role("group", name="Show")
    states.get_by_role("button", name=re.compile(f"^{state}")).click()
    expect(titles(changes(page))).to_have_count(count)


def mark_button(within: Locator, title: str) -> Locator:
    """Return the button that marks an item."""
    return item(within, title).get_by_role("button", name=f"Approve: {title}")


def mark(within: Locator, title: str) -> None:
    """Mark an item as reviewed, and wait until that is done."""
    mark_button(within, title).click()
    expect(within.get_by_role("status")).to_have_text(f"Approved: {title}")


def select(within: Locator, *of: str) -> Locator:
    """Select items, and return the part with what can be done about them."""
    for title in of:
        item(within, title).get_by_role("checkbox").check()
    return within.get_by_role("region", name="Selection")


def half_a_minute_later(page: Page) -> None:
    """Let time pass: what is shown is loaded anew. The page's clock must have been installed before it was opened."""
    page.clock.fast_forward(31_000)
