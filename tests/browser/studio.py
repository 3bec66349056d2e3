"""What people do on the workbench's own part of the page, which stands in for Studio's."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from workbench.demo import LIBRARY_KEY

LIBRARY = f"/authoring/library/{LIBRARY_KEY}"

# What Studio says of every publish that fails, for whatever reason: a library, a component, a unit.
NO_LIBRARY = "There was an error publishing the library."
NO_COMPONENT = "There was an error publishing the component."
NO_CONTAINER = "Failed to publish changes"

# Where Studio's own requests go, and the plugin's.
STUDIO_API = re.compile("/api/libraries/v2/")
REVIEWS_API = re.compile("/api/sample-plugin/")


def open_library(page: Page, path: str = "") -> None:
    """Open the library, or a page of it, and wait until it is there."""
    page.goto(LIBRARY + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def row(page: Page, title: str) -> Locator:
    """Return the item in Studio's list."""
    return page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("link", name=title, exact=True))


def sidebar(page: Page, title: str) -> Locator:
    """Return Studio's sidebar, with this item in it."""
    return page.get_by_role("complementary", name=title)


def edit(page: Page, title: str, new_text: str) -> None:
    """Add a text at the end of a component, with Studio's own form. The panel must not be in the way."""
    row(page, title).get_by_role("link", name=f"Edit {title}").click()
    source = page.get_by_label("Source (OLX)")
    olx = source.input_value()
    end = olx.rindex("</")
    source.fill(f"{olx[:end]}<p>{new_text}</p>{olx[end:]}")
    page.get_by_role("button", name="Save").click()
    expect(source).to_be_hidden()
    # In a narrow window it covers the rest of the page.
    sidebar(page, title).get_by_role("button", name="Close").click()


def publish_library(page: Page) -> None:
    """Press the button that publishes everything."""
    page.get_by_role("button", name="Publish library").click()


def publish(page: Page, title: str) -> None:
    """Press the button that publishes this item, and what is in it."""
    row(page, title).get_by_role("button", name=f"Publish {title}").click()


def read_toast(page: Page, sentence: str) -> Locator:
    """Expect one message at the bottom of the page, this one, and return it. It stays while the pointer is on it."""
    toast = page.locator(".toast")
    expect(toast.locator(".toast-header")).to_have_text(sentence)
    toast.hover()
    return toast
