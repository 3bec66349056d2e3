"""The endpoint of the how-to works when it is added as it says, and what is forgotten is noticed by what it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from copies import FILES, patch, run_tests

from tests.documentation.checkout import ROOT, copy_checkout

API = "sample_plugin/reviews/rest_api/v1"
MADE = {
    "get_review_counts.py": "sample_plugin/reviews/reading/review_counts.py",
    "view.py": f"{API}/review_counts.py",
    "endpoint_tests.py": "tests/test_rest_review_counts.py",
}
CHANGED = ("api", "serializers", "urls", "permissions", "reference")
OPENAPI, PERMISSIONS = "tests/test_openapi.py", "tests/test_permissions.py"


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Path:
    """A copy of the checkout, with the endpoint in it."""
    copy_checkout(tmp_path, linked=[])
    for name, path in MADE.items():
        shutil.copy(FILES / "endpoint" / name, tmp_path / path)
    patch(tmp_path, *(f"endpoint/{name}.diff" for name in CHANGED))
    return tmp_path


def test_the_endpoint_passes_the_tests_that_are_there_for_every_endpoint(copy: Path) -> None:
    tests = "review_counts or every_endpoint or gaps or public or lists_each or is_complete or in_the_reference_once"
    files = ["rest_review_counts", "permissions", "openapi", "packaging", "rest_documentation", "documentation"]
    assert run_tests(copy, *(f"tests/test_{name}.py" for name in files), "-k", tests) == []
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    done = subprocess.run([*lint, "--config", "setup.cfg"], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not (ROOT / "frontend/node_modules").exists(), reason="there is no Node.js, or nothing installed")
def test_the_front_end_is_told_that_its_types_are_old(copy: Path) -> None:
    (copy / "frontend/node_modules").symlink_to(ROOT / "frontend/node_modules")
    python = copy / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nWORKBENCH_VAR={copy}/var exec {sys.executable} "$@"\n')
    python.chmod(0o755)

    def types(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["scripts/with_node", "scripts/frontend_types", *arguments]
        return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)

    assert "The REST API and the front end's types differ." in types("--check").stderr
    types()
    assert types("--check").returncode == 0
    assert "export type ReviewCounts =" in (copy / "frontend/src/data/schema.ts").read_text()


@pytest.mark.parametrize(
    ("here", "forgotten", "tests", "noticed"),
    [
        pytest.param(
            "    @describe(responses={200: ReviewCountsSerializer})\n",
            "",
            (OPENAPI, "-k", "gaps"),
            [f"{OPENAPI}::test_the_schema_has_no_gaps"],
            id="describe",
        ),
        pytest.param(
            '{"results": api.',
            '{"people": api.',
            (OPENAPI, "-k", "review_counts or review-counts"),
            [f"{OPENAPI}::test_every_answer_is_in_the_schema"],
            id="an answer that is not in the schema",
        ),
        pytest.param(
            "(ReviewsView):\n",
            "(ReviewsView):\n    permission_classes = []\n\n    def get_package(self, library_key):\n"
            "        from ... import keys\n\n        return keys.find_library(library_key)\n",
            (PERMISSIONS, "-k", "every_endpoint and anonymous"),
            [f"{PERMISSIONS}::test_every_endpoint_follows_the_table"],
            id="who may",
        ),
    ],
)
def test_what_is_forgotten_is_noticed(
    copy: Path, here: str, forgotten: str, tests: tuple[str, ...], noticed: list[str]
) -> None:
    view = copy / API / "review_counts.py"
    source = view.read_text()
    assert here in source
    view.write_text(source.replace(here, forgotten))
    assert run_tests(copy, *tests) == noticed
