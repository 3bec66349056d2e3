"""What people do in the workspace."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .studio import LIBRARY


def workspace(page: Page) -> Locator:
    """Return the workspace."""
    return page.get_by_role("dialog", name="Review: Bread")


def open_workspace(page: Page, query: str = "reviews=all") -> Locator:
    """Open the workspace by its address, and wait until a change is open in it."""
    page.goto(f"{LIBRARY}?{query}")
    expect(open_change(page)).to_be_visible()
    return workspace(page)


def open_change(page: Page) -> Locator:
    """Return the title of the change that is open."""
    return workspace(page).get_by_role("main").get_by_role("heading", level=2)


def queue(page: Page) -> Locator:
    """Return the list of changes."""
    return workspace(page).get_by_role("navigation", name="Changes")


def notice(page: Page) -> Locator:
    """Return the line that says what was done last."""
    return workspace(page).locator(".sample-plugin-reviews-workspace__notice")


def verdict_button(page: Page, name: str) -> Locator:
    """Return a button that decides about the open change, once the change has been on the screen."""
    found = workspace(page).get_by_role("main").get_by_role("button", name=name, exact=True)
    expect(found).not_to_have_attribute("aria-disabled", "true")
    return found
