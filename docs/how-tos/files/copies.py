"""What a test takes that does what a how-to says, in a copy of this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILES = Path(__file__).parent


def patch(copy: Path, *names: str) -> None:
    """Change what these diffs change; fails if what they were made for is no longer there."""
    for name in names:
        with (FILES / name).open() as diff:
            done = subprocess.run(
                ["patch", "--strip=1", "--fuzz=0"], cwd=copy, stdin=diff, capture_output=True, text=True, check=False
            )
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def run_tests(copy: Path, *arguments: str) -> list[str]:
    """Run tests in the copy and return which have failed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST", "WORKBENCH_YAML")
    }
    done = subprocess.run(
        # Without migrations the tables are there in a second, not in ten.
        [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "--nomigrations", *arguments],
        cwd=copy,
        env={**environment, "PYTHONPATH": str(copy), "WORKBENCH_VAR": str(copy / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    failed = [line.split()[1].split("[")[0] for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    assert bool(failed) == bool(done.returncode), done.stdout + done.stderr
    assert " passed" in done.stdout or failed, done.stdout
    return sorted(set(failed))
