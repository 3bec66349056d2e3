"""The browser, and what it says about a page that nobody would see: errors and warnings."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# The browser's own note of a request that failed: an HTTP status, or what became of a request without an answer.
FAILED = re.compile(r"Failed to load resource: (?:the server responded with a status of (\d+)|net::(\w+))")


def watch(context: BrowserContext, name: str, expected_failures: set[str]) -> list[str]:
    """Return a list to which everything is added that goes wrong on the pages of somebody from now on."""
    problems: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        failed = FAILED.match(message.text)
        if failed and (failed[1] or failed[2]) in expected_failures:
            return
        problems.append(f"{name}: {message.type}: {message.text} ({message.location.get('url')})")

    def on_error(error: WebError) -> None:
        problems.append(f"{name}: {error.error}")

    context.on("console", on_console)
    context.on("weberror", on_error)
    return problems
