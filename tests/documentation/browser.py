"""A browser, in which a page of the documentation looks for what its reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.chromium import launch

from .checkout import ROOT
from .terminal import Checkout

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

LOGIN = "/login/"
# What the labs show of these is kept in docs/tutorial/pictures.
PICTURES = ROOT / "build/screenshots-docs"
# In milliseconds. The first page after a build takes a while.
PATIENCE = 30_000


class Eyes:
    """What the documentation calls ``see``. Playwright is imported, and a browser opened, when somebody calls it."""

    def __init__(self, checkout: Checkout) -> None:
        """Look at what is served from this checkout."""
        self.checkout = checkout
        self._opened = ExitStack()
        self._browser: Browser | None = None
        self._people: dict[str, BrowserContext] = {}

    def __call__(
        self,
        person: str,
        path: str,
        *texts: str,
        press: str | Sequence[str] = (),
        write: str | None = None,
        send: str | None = None,
        missing: str | None = None,
        picture: str | None = None,
        of: str | None = None,
    ) -> None:
        """
        Open this path as this person, and wait until each of the texts is seen; ``missing`` must not be there then.

        ``press`` is a button to press before that, or several; ``write`` is what to write where the cursor is then, and
        ``send`` the button to press after that.

        ``picture`` is the name of one to keep: of the window, or of the first element that the selector ``of`` finds.
        """
        from playwright.sync_api import expect  # noqa: PLC0415, not everybody has it

        page = self.person(person).new_page()
        page.goto(path)
        for name in [press] if isinstance(press, str) else press:
            page.get_by_role("button", name=name, exact=True).first.click(timeout=PATIENCE)
        if write is not None:
            page.keyboard.type(write)
        if send is not None:
            page.get_by_role("button", name=send, exact=True).click(timeout=PATIENCE)
        for text in texts:
            expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)
        if missing is not None or picture is not None:
            # Every answer is there that could show it, or that could render again what the picture is taken of.
            page.wait_for_load_state("networkidle")
        if missing is not None:
            expect(page.get_by_text(missing)).to_have_count(0)
        if picture is not None:
            part = page if of is None else page.locator(of).first
            part.screenshot(path=PICTURES / picture, animations="disabled")
        page.close()

    def person(self, name: str) -> BrowserContext:
        """Return the windows of somebody who is logged in. The password is the name."""
        if name not in self._people:
            context = self.browser().new_context(
                base_url=self.checkout.here("http://127.0.0.1:8000"),
                viewport={"width": 1000, "height": 400},
                locale="en-US",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(LOGIN)
            page.get_by_label("Username").fill(name)
            page.get_by_label("Password").fill(name)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url(lambda url: LOGIN not in url)
            page.close()
            self._people[name] = context
        return self._people[name]

    def browser(self) -> Browser:
        """Return the system's own Chromium."""
        if self._browser is None:
            from playwright.sync_api import sync_playwright  # noqa: PLC0415

            self._browser = launch(self._opened.enter_context(sync_playwright()))
        return self._browser

    def close(self) -> None:
        """Close whatever was opened."""
        self._opened.close()
