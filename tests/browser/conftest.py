"""
Fixtures: a server with the demo, and people who are logged in, each in a browser of their own.

Every test begins with the demo as it is when it was just made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import launch
from workbench.demo import ACCOUNTS

from .look import PICTURES
from .server import ROOT, Server, prepare, serve
from .watch import watch

# Takes who it is, and what is special about their window.
type LogIn = Callable[..., Page]

LOGIN = "/login/"

# A page may be slow where everything else runs at the same time. Nobody waits this long for what is there.
expect.set_options(timeout=15_000)


@dataclass(frozen=True)
class Demo:
    """The demo, just made, with everybody logged in."""

    folder: Path
    database: Path
    # By name: what the browser of this person remembers.
    people: dict[str, Any]


@pytest.fixture(name="browser", scope="session")
def _browser() -> Iterator[Browser]:
    """The system's own Chromium."""
    if not (ROOT / "frontend/workbench/dist/index.html").exists():
        pytest.exit("This needs the page: make page, or make test-browser for everything.", returncode=1)
    rmtree(PICTURES, ignore_errors=True)
    with sync_playwright() as playwright:
        yield launch(playwright)


@pytest.fixture(name="demo", scope="session")
def _demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, made once. Everybody has logged in with the form, as they would."""
    folder = tmp_path_factory.mktemp("demo")
    prepare(folder)
    people = {}
    with serve(folder) as server:
        for account in ACCOUNTS:
            context = browser.new_context(base_url=server.url)
            page = context.new_page()
            page.goto(LOGIN)
            page.get_by_label("Username").fill(account.username)
            page.get_by_label("Password").fill(account.username)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url(lambda url: LOGIN not in url)
            people[account.username] = context.storage_state()
            context.close()
    return Demo(folder, folder / "workbench.sqlite3", people)


@pytest.fixture(name="usual_server", scope="session")
def _usual_server(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for most tests: it takes seconds to start."""
    folder = tmp_path_factory.mktemp("server")
    copytree(demo.folder, folder, dirs_exist_ok=True)
    with serve(folder) as server:
        yield server


@pytest.fixture(name="operator_settings")
def _operator_settings() -> dict[str, Any]:
    """What the operator has set: nothing. A test that wants something else parametrizes this."""
    return {}


@pytest.fixture(name="server")
def _server(usual_server: Server, demo: Demo, operator_settings: dict[str, Any], tmp_path: Path) -> Iterator[Server]:
    """The workbench, with the demo as it is when it was just made. It must not crash over what the test does."""
    if operator_settings:
        copytree(demo.folder, tmp_path / "server")
        with serve(tmp_path / "server", **operator_settings) as server:
            yield server
            said = server.log.read_text()
    else:
        usual_server.reset(demo.database)
        before = usual_server.log.stat().st_size
        yield usual_server
        said = usual_server.log.read_text()[before:]
    assert "Traceback" not in said


@pytest.fixture(name="width")
def _width() -> int:
    """How wide everybody's window is. A test that wants something else parametrizes this."""
    return 1280


@pytest.fixture(name="expected_failures")
def _expected_failures() -> set[str]:
    """What the browser may note of requests that failed: ``409``, ``ERR_FAILED``. A test adds what it provokes."""
    return set()


@pytest.fixture(name="log_in")
def _log_in(browser: Browser, demo: Demo, server: Server, width: int, expected_failures: set[str]) -> Iterator[LogIn]:
    """A function that returns a page of somebody who is logged in. Nothing may go wrong on it, seen or unseen."""
    contexts = []
    problems = []

    def log_in(name: str, **window: Any) -> Page:
        context = browser.new_context(
            base_url=server.url,
            storage_state=demo.people[name],
            locale="en-US",
            reduced_motion="reduce",
            **{"viewport": {"width": width, "height": 900}, **window},
        )
        contexts.append(context)
        problems.append(watch(context, name, expected_failures))
        return context.new_page()

    yield log_in
    for context in contexts:
        context.close()
    assert [problem for of_one in problems for problem in of_one] == []


@pytest.fixture(name="author")
def _author(log_in: LogIn) -> Page:
    """The page of who writes the library, and may publish it."""
    return log_in("author")


@pytest.fixture(name="reviewer")
def _reviewer(log_in: LogIn) -> Page:
    """The page of who reviews in the library, and may neither edit nor publish."""
    return log_in("reviewer")


@pytest.fixture(name="admin")
def _admin(log_in: LogIn) -> Page:
    """The page of who may do anything."""
    return log_in("admin")


@pytest.fixture(name="learner")
def _learner(log_in: LogIn) -> Page:
    """The page of who takes courses."""
    return log_in("learner")


@pytest.fixture(name="visitor")
def _visitor(log_in: LogIn) -> Page:
    """The page of who is logged in, and has no role in the library."""
    return log_in("visitor")
