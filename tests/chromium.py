"""The system's own Chromium, for whoever looks at pages."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # not everybody has it
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[1]
# For a container without a display, and so that the browser asks nobody anything on its own.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    """Start it, or end all tests with a sentence that says what is missing."""
    found = subprocess.run([ROOT / "scripts/find_chromium"], capture_output=True, text=True, check=False)  # noqa: S603
    if found.returncode:
        pytest.exit(found.stderr, returncode=1)
    return playwright.chromium.launch(executable_path=found.stdout.strip(), args=ARGUMENTS)
