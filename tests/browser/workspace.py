"""What people do with the reviews: the button in Studio's header, the pop-over, and the workspace."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Request, expect

from .studio import LIBRARY

# What makes an address of an item in this library.
COMPONENT_KEY = "lb:WorkbenchDemo:Bread:{}"


def button(page: Page) -> Locator:
    """Return the button in Studio's header."""
    return page.get_by_role("banner").get_by_role("button", name=re.compile("^Reviews"))


def popover(page: Page, title: str) -> Locator:
    """Return what the button opens while an item is open in Studio."""
    return page.get_by_role("dialog", name=title, exact=True)


def open_popover(page: Page, title: str) -> Locator:
    """Open it, and wait until it says who changed the item."""
    button(page).click()
    expect(popover(page, title)).to_contain_text(" · ")
    return popover(page, title)


def workspace(page: Page) -> Locator:
    """Return the workspace."""
    return page.get_by_role("dialog", name="Review: Bread")


def open_workspace(page: Page, query: str = "reviews=all") -> Locator:
    """Open the workspace by its address, and wait until a change is open in it."""
    page.goto(f"{LIBRARY}?{query}")
    expect(open_change(page)).to_be_visible()
    return workspace(page)


def open_on(page: Page, usage: str, more: str = "") -> Locator:
    """Open the workspace by its address, on a component such as ``html:salt``, whoever it waits for."""
    return open_workspace(page, f"reviews=all&reviews-whose=all&reviews-change={COMPONENT_KEY.format(usage)}{more}")


def open_all(page: Page) -> None:
    """Open the workspace by its address, on all changes of everybody, and wait until they are listed."""
    page.goto(f"{LIBRARY}?reviews=all&reviews-whose=all")
    expect(rows(page).first).to_be_visible()


def open_by_button(page: Page) -> Locator:
    """Open the workspace with the button in the header, and wait until it lists changes, or says why not."""
    button(page).click()
    expect(queue(page).get_by_role("searchbox")).to_be_visible()
    return workspace(page)


def close_workspace(page: Page) -> None:
    """Close the workspace: until then, nobody can use the page below."""
    workspace(page).get_by_role("button", name="Close reviews").click()
    expect(workspace(page)).to_be_hidden()


def state_of(page: Page) -> dict[str, list[str]]:
    """Return what the address says of the workspace."""
    return parse_qs(urlsplit(page.url).query)


def change_pane(page: Page) -> Locator:
    """Return the part of the workspace with the change that is open."""
    return workspace(page).get_by_role("main")


def open_change(page: Page) -> Locator:
    """Return the title of the change that is open."""
    return change_pane(page).get_by_role("heading", level=2)


def queue(page: Page) -> Locator:
    """Return the list of changes, with what narrows it down."""
    return workspace(page).get_by_role("navigation", name="Changes")


def rows(page: Page) -> Locator:
    """Return the changes in the list. Only those in sight, and some more, are on the page."""
    return queue(page).get_by_role("listitem")


def line(page: Page, title: str) -> Locator:
    """Return a change in the list."""
    return rows(page).filter(has=page.get_by_role("checkbox", name=f"Select {title}", exact=True))


def choose(page: Page, whose: str, count: int) -> None:
    """Show the changes that wait for me, those by me, or all; of which there are so many."""
    choice = queue(page).get_by_role("button", name=f"{whose} ({count})", exact=True)
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")


def narrow(page: Page, name: str, option: str) -> None:
    """Narrow the list down with one of the menus, by what the option begins with."""
    menu = queue(page).get_by_role("combobox", name=name, exact=True)
    if not menu.is_visible():
        queue(page).get_by_role("button", name="Filter", exact=True).click()
    value = menu.get_by_role("option", name=re.compile(rf"^{option} \(")).get_attribute("value")
    menu.select_option(value)


def show(page: Page, title: str) -> None:
    """Open a change of the list. In a narrow window the list comes back first."""
    back = workspace(page).get_by_role("button", name="All changes", exact=True)
    # One of them is there once the workspace is.
    expect(back.or_(rows(page)).first).to_be_visible()
    if back.is_visible():
        back.click()
    # Not the box, which selects it.
    line(page, title).get_by_role("button").click()
    expect(open_change(page)).to_have_text(title)


def show_tab(page: Page, name: str) -> Locator:
    """Show what changed in another way, and return that."""
    change_pane(page).get_by_role("tab", name=name, exact=True).click()
    return change_pane(page).get_by_role("tabpanel", name=name)


def note_field(page: Page) -> Locator:
    """Return the field for what goes with the verdict."""
    return change_pane(page).get_by_role("textbox", name="Note")


def notice(page: Page) -> Locator:
    """Return the line that says what was done last, in the workspace or in the pop-over."""
    return page.locator(".sample-plugin-reviews-notice")


def verdict_button(page: Page, name: str) -> Locator:
    """Return a button that decides about the open change, once the change has been on the screen."""
    found = change_pane(page).get_by_role("button", name=name, exact=True)
    expect(found).not_to_have_attribute("aria-disabled", "true")
    return found


def approve(page: Page, *titles: str) -> None:
    """Open changes of the list and approve each, and wait until that is done."""
    for title in titles:
        show(page, title)
        verdict_button(page, "Approve").click()
        expect(notice(page)).to_contain_text(f"Approved: {title}")


def request_changes(page: Page, title: str, note: str) -> None:
    """Ask for changes in the open change, and wait until that is done."""
    expect(open_change(page)).to_have_text(title)
    note_field(page).fill(note)
    verdict_button(page, "Request changes").click()
    expect(notice(page)).to_contain_text(f"Changes requested: {title}")


def open_publish(page: Page, count: int) -> Locator:
    """Ask for a publish of so many reviewed items, and return the dialog with what it would do."""
    workspace(page).get_by_role("button", name=f"Publish reviewed items ({count})", exact=True).click()
    dialog = page.get_by_role("dialog", name="Publish reviewed items")
    expect(dialog.get_by_role("button", name=re.compile(r"^Publish \d+ item"))).to_be_visible()
    return dialog


def publish_reviewed(page: Page, count: int) -> None:
    """Publish so many reviewed items, and wait until they are live."""
    dialog = open_publish(page, count)
    dialog.get_by_role("button", name=re.compile(r"^Publish \d+ item")).click()
    expect(dialog.get_by_role("alert")).to_contain_text("live now.")
    dialog.get_by_role("button", name="Close").last.click()
    expect(dialog).to_be_hidden()


def open_settings(page: Page) -> Locator:
    """Open what those set who decide about reviews in the library."""
    workspace(page).get_by_role("button", name="Review settings").click()
    return workspace(page).get_by_role("region", name="Review settings")


def switch_reviews_off(page: Page, reason: str) -> None:
    """Let changes be published without a review, in the settings, which are open."""
    settings = workspace(page).get_by_role("region", name="Review settings")
    settings.get_by_role("radio", name="Off").click()
    settings.get_by_role("textbox", name="Reason").fill(reason)
    settings.get_by_role("button", name="Save").click()
    question = page.get_by_role("dialog", name="Publish without reviews?")
    question.get_by_role("button", name="Switch reviews off").click()
    expect(question).to_be_hidden()
    expect(settings).to_contain_text("Saved. The settings apply from now on.")


def half_a_minute_later(page: Page) -> None:
    """Let time pass: what is shown is loaded anew. The page's clock must have been installed before it was opened."""
    page.clock.fast_forward(31_000)


def verdicts_sent(page: Page) -> list[str]:
    """Return a list to which every verdict is added that is sent from now on, as its JSON."""
    sent: list[str] = []

    def on_request(request: Request) -> None:
        if request.url.endswith("/review/") and request.method in {"PUT", "DELETE"}:
            sent.append(request.post_data or request.method)

    page.on("request", on_request)
    return sent
