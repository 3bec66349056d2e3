"""The workbench, run as ``make demo`` runs it: ``manage.py migrate``, ``demo``, ``runserver``."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """A workbench that answers."""

    url: str
    folder: Path

    @property
    def database(self) -> Path:
        """Where its content is."""
        return self.folder / "workbench.sqlite3"

    @property
    def log(self) -> Path:
        """What it says of itself."""
        return self.folder / "server.log"

    def reset(self, prepared: Path) -> None:
        """
        Put another database in the place of its own.

        Through SQLite, which waits for a request that is still being answered, and not by copying files.
        """
        with closing(sqlite3.connect(prepared)) as source, closing(sqlite3.connect(self.database, timeout=20)) as own:
            source.backup(own)

    def run(self, code: str) -> None:
        """Run some Python on its database, for what no page of the workbench can do."""
        _manage(self.folder, "shell", "--command", code)


def prepare(folder: Path) -> None:
    """Create the demo in a folder."""
    _manage(folder, "migrate", "--verbosity", "0")
    _manage(folder, "demo")


@contextmanager
def serve(folder: Path, **operator_settings: Any) -> Iterator[Server]:
    """Run the workbench on a folder, with the settings that an operator has made, as long as it is needed."""
    yaml = ROOT / "scripts/demo.yaml"
    if operator_settings:
        yaml = folder / "settings.yaml"
        yaml.write_text(json.dumps(operator_settings))  # which is YAML, too
    environment = {**_environment(folder), "WORKBENCH_YAML": str(yaml)}
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            # Port 0 is any that is free.
            [sys.executable, "manage.py", "runserver", "--noreload", "127.0.0.1:0"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield Server(_address(process, folder / "server.log"), folder)
        finally:
            process.terminate()
            process.communicate()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    """Return where the server listens, once it says so."""
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"http://\S+:\d+", line):
            return found[0]
    raise RuntimeError(f"The workbench does not start:\n{log.read_text()}")


def _environment(folder: Path) -> dict[str, str]:
    # Not another database, and not the settings of the tests that run in this process.
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **ours,
        "DJANGO_SETTINGS_MODULE": "workbench.lms.settings",
        "WORKBENCH_VAR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }


def _manage(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=_environment(folder), check=True)  # noqa: S603
