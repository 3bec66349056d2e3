"""The endpoint of the how-to works when it is added as it says, and what is forgotten is noticed by what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from copies import patch, run_tests

from tests.documentation.checkout import ROOT, copy_checkout

CHANGED = ("api", "serializers", "views", "urls", "tests", "reference")
VIEWS = "sample_plugin/archival/rest_api/v1/views.py"
TESTS = [f"tests/test_{name}.py" for name in ("archival", "openapi", "packaging", "documentation")]
SOME = "others or gaps or count_archived or in_the_reference_once"


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Path:
    """A copy of the checkout, with the endpoint in it."""
    copy_checkout(tmp_path, linked=[])
    patch(tmp_path, *(f"endpoint/{name}.diff" for name in CHANGED))
    return tmp_path


def change(file: Path, here: str, instead: str) -> None:
    """Change one place of a file."""
    source = file.read_text(encoding="utf-8")
    assert source.count(here) == 1
    file.write_text(source.replace(here, instead), encoding="utf-8")


def test_the_endpoint_passes_its_tests_and_those_that_are_there(copy: Path) -> None:
    assert run_tests(copy, *TESTS, "-k", SOME) == []
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    done = subprocess.run([*lint, "--config", "setup.cfg"], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_forgotten_is_noticed(copy: Path) -> None:
    """Everything at once: each has a test of its own that notices it."""
    for path, here, forgotten in (
        (VIEWS, ", responses=ArchivedCountSerializer", ""),
        (VIEWS, "count_archived(self.get_learner_id())", "count_archived(request.user.pk)"),
        ("sample_plugin/archival/api.py", '"""Return how many courses this learner has archived. One query."""', "..."),
        ("docs/reference/archival.rst", ".. autofunction:: count_archived\n", ""),
    ):
        change(copy / path, here, forgotten)
    assert run_tests(copy, *TESTS, "-k", SOME) == [
        "tests/test_archival.py::test_only_staff_count_for_others",
        "tests/test_documentation.py::test_everything_in_the_python_api_is_in_the_reference_once",
        "tests/test_openapi.py::test_the_schema_has_no_gaps",
        "tests/test_packaging.py::test_everything_public_says_what_it_does",
    ]


@pytest.mark.skipif(not (ROOT / "frontend/node_modules").exists(), reason="there is no Node.js, or nothing installed")
def test_the_front_end_is_told_that_its_types_are_old(copy: Path) -> None:
    """Those are made from the REST API of reviews."""
    (copy / "frontend/node_modules").symlink_to(ROOT / "frontend/node_modules")
    python = copy / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nWORKBENCH_VAR={copy}/var exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    change(copy / "sample_plugin/reviews/rest_api/v1/serializers.py", "Empty if the account has none.", "Or empty.")
    check = ["scripts/with_node", "scripts/frontend_types", "--check"]
    done = subprocess.run(check, cwd=copy, capture_output=True, text=True, check=False)
    assert "The REST API and the front end's types differ." in done.stderr
