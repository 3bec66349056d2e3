"""A look at what a page shows in some state: everybody can use it, nothing is cut off, and here is a picture of it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from .server import ROOT

# Those that docs/screenshots/README.rst shows are kept there, by make screenshots.
PICTURES = ROOT / "build/screenshots"

# A narrow window, for a second look.
NARROW = 400

WCAG_2_AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # What is in frames is content. They are sandboxed, and the browser warns of whoever sends them a message.
    "iframes": False,
}

# Parts that are not ours, and what is wrong with them. Nothing of the plugin's own may ever be in this list.
NOT_OURS = [
    # Paragon's colour of code has too little contrast. Studio's sidebar, as the workbench has it, shows a key in it.
    [".library-sidebar code"],
]

# What the plugin has put on the page and reaches past the window's left or right end.
CUT_OFF = """
() => {
  const ours = [...document.querySelectorAll(
    '.sample-plugin-reviews-fullpage, .sample-plugin-reviews-fullpage *, .sample-plugin-reviews-popover, '
      + '.sample-plugin-reviews-popover *, .sample-plugin-reviews-button, .sample-plugin-reviews-button *, '
      + '[id^=sample-plugin-archival], .sample-plugin-archival-status, .sample-plugin-archival-status *, '
      + '.pgn__modal, .pgn__modal *, .toast, .toast *',
  )];
  // What is for screen readers only is cut off on purpose.
  const seen = ours.filter((element) => !element.closest('.sr-only') && element.getClientRects().length);
  return seen.filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return left < -1 || right > document.documentElement.clientWidth + 1;
  }).map((element) => element.outerHTML.slice(0, 200));
}
"""


def look_at(page: Page, name: str) -> None:
    """Check what the page shows for everything that must hold in every state, and take a picture of it."""
    wrong = [*find_barriers(page), *find_cut_off(page)]
    assert not wrong, "\n".join([name, *wrong])
    width = page.evaluate("innerWidth")
    page.screenshot(path=PICTURES / f"{name}-{width}.png", animations="disabled", caret="hide")


def look_in_both_widths(page: Page, name: str, part: Locator) -> None:
    """Look at this part of the page as it is, and in a narrow window."""
    for width in (NARROW, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        part.scroll_into_view_if_needed()
        look_at(page, name)


def find_cut_off(page: Page) -> list[str]:
    """Return what nobody can see, because it reaches past the window."""
    return [f"cut off: {element}" for element in page.evaluate(CUT_OFF)]


def find_barriers(page: Page) -> list[str]:
    """Return what stands in the way of people who see, hear or move differently: each rule of WCAG 2 that is broken."""
    violations: list[dict[str, Any]] = Axe().run(page, {"exclude": NOT_OURS}, WCAG_2_AA).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]} {node['target']} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
