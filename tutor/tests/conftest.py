"""
Tutor itself, run as an operator runs it: the command, a configuration of its own, and whatever it renders.

There is no Docker here. Where Tutor calls it, it finds a stand-in that keeps what it was asked for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]

# What has the Django package and its workbench; "make test-tutor" sees to it.
WORKBENCH_PYTHON = ROOT / ".venv" / "bin" / "python"

DOCKER = f"""#!{sys.executable}
import json, os, subprocess, sys
with open(os.environ["DOCKER_LOG"], "a") as log:
    print(json.dumps(sys.argv[1:]), file=log)
if sys.argv[-3:] == ["ls", "--format", "json"]:
    print("[]")
if "JOBS_FOLDER" in os.environ and sys.argv[-4:-1] == ["sh", "-e", "-c"]:
    # In a container, "python" is the one that has the platform.
    path = os.environ["JOBS_PATH"] + ":" + os.environ["PATH"]
    sys.exit(subprocess.call(sys.argv[-4:], cwd=os.environ["JOBS_FOLDER"], env={{**os.environ, "PATH": path}}))
"""


class Tutor:
    """Tutor, with a configuration and an environment of its own."""

    def __init__(self, folder: Path) -> None:
        """Start without anything but room for it."""
        self.folder = self.cwd = folder
        self.env = folder / "root" / "env"
        self.plugins = folder / "plugins"
        self.plugins.mkdir(parents=True)
        docker = folder / "bin" / "docker"
        docker.parent.mkdir()
        docker.write_text(DOCKER)
        docker.chmod(0o755)
        self.variables = {
            "HOME": str(folder),
            "PATH": f"{docker.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "TUTOR_ROOT": str(folder / "root"),
            "TUTOR_PLUGINS_ROOT": str(self.plugins),
            "DOCKER_LOG": str(folder / "docker.log"),
        }

    def __call__(self, *arguments: str, **variables: str) -> str:
        """Return what "tutor …" says; fail if it does."""
        done = self.run(*arguments, **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run "tutor …", whatever comes of it."""
        return subprocess.run(
            ["tutor", *arguments],
            env={**self.variables, **variables},
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def refusal(self, *arguments: str, **variables: str) -> str:
        """Return what "tutor …" says when it refuses, which is an error and not a traceback."""
        done = self.run(*arguments, **variables)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr.split("Error: ", 1)[1]

    def enable(self, *names: str, **patches: str) -> Tutor:
        """Enable plugins, and one of the operator's own where there are patches."""
        if patches:
            plugin = {"name": "operator", "version": "1", "patches": patches}
            self.operators_plugin(yaml.safe_dump(plugin), "operator.yml")
            names = (*names, "operator")
        self("plugins", "enable", *names)
        return self

    def operators_plugin(self, text: str, name: str = "operator.py") -> None:
        """Put a plugin where Tutor looks for those that are one file."""
        (self.plugins / name).write_text(text)

    def read(self, path: str) -> str:
        """Return what was rendered."""
        return (self.env / path).read_text()

    def files(self) -> dict[str, bytes]:
        """Return everything that was rendered."""
        return {str(path.relative_to(self.env)): path.read_bytes() for path in self.env.rglob("*") if path.is_file()}

    def docker_calls(self) -> list[list[str]]:
        """Return what Docker was asked for."""
        return [json.loads(line) for line in (self.folder / "docker.log").read_text().splitlines()]


@pytest.fixture(name="new_tutor", scope="session")
def _new_tutor(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Tutor]:
    """A function that makes a Tutor in which nothing is enabled."""
    return lambda: Tutor(tmp_path_factory.mktemp("tutor"))


@pytest.fixture(name="tutor")
def _tutor(new_tutor: Callable[[], Tutor]) -> Tutor:
    """Tutor, with nothing enabled."""
    return new_tutor()


@pytest.fixture(name="site", scope="session")
def _site(new_tutor: Callable[[], Tutor]) -> Tutor:
    """What comes of the README's commands. To be looked at, and not to be changed."""
    return new_tutor().enable("mfe", "sample-plugin-reviews")


@pytest.fixture(name="bare_site", scope="session")
def _bare_site(new_tutor: Callable[[], Tutor]) -> Tutor:
    """What there is without the plugin. To be looked at, and not to be changed."""
    return new_tutor().enable("mfe")


def stages_of(dockerfile: str) -> dict[str, str]:
    """Return the stages of a Dockerfile by name."""
    stages: dict[str, Any] = {}
    name = ""
    for line in dockerfile.splitlines():
        if line.startswith("FROM "):
            name = line.partition(" AS ")[2]
        stages[name] = stages.get(name, "") + line + "\n"
    return stages
