"""The receiver of the how-to is connected and works when it is added as it says."""

from __future__ import annotations

from pathlib import Path

from copies import patch, run_tests

from tests.documentation.checkout import copy_checkout


def test_the_receiver_passes_its_test(tmp_path: Path) -> None:
    """Which only sends the event, so it also tries the connection."""
    copy_checkout(tmp_path, linked=[])
    patch(tmp_path, *(f"event/{name}.diff" for name in ("receivers", "apps", "tests")))
    assert run_tests(tmp_path, "tests/test_archival.py", "-k", "upgrade or enrolls_again") == []
