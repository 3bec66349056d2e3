"""The slot of the how-to works when it is filled as it says, and what is forgotten is noticed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from copies import FILES, patch

from tests.documentation.checkout import ROOT, copy_checkout

pytestmark = pytest.mark.skipif(
    not (ROOT / "frontend/node_modules").exists(), reason="there is no Node.js, or nothing installed"
)
DASHBOARD = "src/learner-dashboard"
FALLBACK = "          errorFallbackComponent: <></>, // eslint-disable-line react/jsx-no-useless-fragment\n"
DESCRIPTION = "    description: 'In the card of an archived course.',\n"


@pytest.fixture(name="frontend", scope="module")
def _frontend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front end of a copy of the checkout, with the slot in it. One for all tests: Jest is slow in a new one."""
    folder = tmp_path_factory.mktemp("slot")
    copy_checkout(folder, linked=[])
    frontend = folder / "frontend"
    for name in ("ArchivedNotice.tsx", "ArchivedNotice.test.tsx"):
        shutil.copy(FILES / "slot" / name, frontend / DASHBOARD / name)
    patch(folder, *(f"slot/{name}.diff" for name in ("pluginSlots", "messages", "workbench")))
    (frontend / "node_modules").symlink_to(ROOT / "frontend/node_modules")
    return frontend


def run(frontend: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run something with Node.js in the front end's folder."""
    return subprocess.run(
        [ROOT / "scripts/with_node", *command], cwd=frontend, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(f"npm test -- {DASHBOARD}/ArchivedNotice src/i18n/extract", id="tests"),
        pytest.param("npm run lint", id="lint"),
        pytest.param("npm run build", id="build"),
    ],
)
def test_it_passes(frontend: Path, command: str) -> None:
    done = run(frontend, *command.split())
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def without(file: Path, forgotten: str, *, behind: str) -> Iterator[None]:
    """Take the first of these lines behind that one out of a file, for a while."""
    source = file.read_text(encoding="utf-8")
    start = source.index(forgotten, source.index(behind))
    file.write_text(source[:start] + source[start + len(forgotten) :], encoding="utf-8")
    yield
    file.write_text(source, encoding="utf-8")


def test_a_fallback_that_is_forgotten_is_noticed(frontend: Path) -> None:
    with without(frontend / DASHBOARD / "pluginSlots.tsx", FALLBACK, behind="sample_plugin_archival.notice"):
        done = run(frontend, "npm", "test", "--", f"{DASHBOARD}/ArchivedNotice")
    assert "✕ leaves the dashboard’s banner alone when it crashes" in done.stderr


def test_a_text_that_says_nothing_to_translators_is_noticed(frontend: Path) -> None:
    messages = frontend / DASHBOARD / "messages.ts"
    with without(messages, DESCRIPTION, behind="sample-plugin-reviews.learner-dashboard.comes-back"):
        done = run(frontend, "npm", "test", "--", "src/i18n/extract")
    assert "✕ gives translators every text" in done.stderr
