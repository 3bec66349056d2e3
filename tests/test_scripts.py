"""The scripts find what they need where people have it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from pathlib import Path
from shutil import which

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]


def install_node(path: Path, *, new_enough: bool = True, npm: bool = True) -> str:
    """Put something into a folder that answers as Node.js does."""
    path.parent.mkdir(parents=True)
    # What it is asked is JavaScript, which this does not know.
    old = "" if new_enough else 'case "$2" in *"< 20"*) exit 1 ;; esac'
    path.write_text(f'#!/bin/sh\n{old}\necho "$0"')
    path.chmod(0o755)
    if npm:
        path.with_name("npm").touch(0o755)
    return str(path)


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    """The home of somebody whose PATH leads to a Node.js that is too old."""
    install_node(tmp_path / "bin/node", new_enough=False)
    (tmp_path / "bin/dirname").symlink_to(which("dirname") or "")
    return tmp_path


def run(name: str, *arguments: str, home: Path, **environment: str) -> str:
    """Return what a script prints."""
    return subprocess.run(  # noqa: S603
        [ROOT / "scripts" / name, *arguments],
        env={"HOME": str(home), "PATH": f"{home}/bin", **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize(
    "place",
    [
        ".nvm/versions/node/v20.1.0/bin",
        ".local/share/fnm/node-versions/v22.0.0/installation/bin",
        ".volta/tools/image/node/24.0.0/bin",
        ".asdf/installs/nodejs/20.0.0/bin",
    ],
)
def test_a_node_that_is_not_in_the_path_is_found(home: Path, place: str) -> None:
    path = install_node(home / place / "node")
    assert run("find_node", home=home) == path


def test_a_node_that_is_too_old_or_has_no_npm_is_passed_over(home: Path) -> None:
    install_node(home / ".nvm/versions/node/v18.0.0/bin/node", new_enough=False)
    install_node(home / ".nvm/versions/node/v20.0.0/bin/node", npm=False)
    path = install_node(home / ".nvm/versions/node/v22.0.0/bin/node")
    assert run("find_node", home=home) == path


def test_the_node_that_somebody_names_comes_first(home: Path) -> None:
    install_node(home / ".nvm/versions/node/v22.0.0/bin/node")
    path = install_node(home / "somewhere/node")
    assert run("find_node", home=home, NODE=path) == path


def test_a_chromium_is_found_under_another_name_and_the_one_that_somebody_names_comes_first(home: Path) -> None:
    chrome, chromium = home / "bin/google-chrome", home / "a chromium"
    chrome.touch(0o755)
    assert run("find_chromium", home=home) == str(chrome)
    chromium.touch(0o755)
    assert run("find_chromium", home=home, CHROMIUM=str(chromium)) == str(chromium)


def test_a_command_runs_with_the_node_that_was_found(home: Path) -> None:
    path = install_node(home / ".nvm/versions/node/v22.0.0/bin/node")
    assert run("with_node", "node", home=home) == path


def test_a_long_command_shows_its_last_step_while_it_runs(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with subprocess.Popen(  # noqa: S603
        [ROOT / "scripts/with_progress", "sh", "-c", 'echo "Collecting django"; echo "  Downloading"; cat "$0"', gate],
        env={**os.environ, "PROGRESS_EVERY": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        gate.write_text("")  # lets the command end
        assert re.fullmatch(r" +\d+ s  Collecting django\n", line)
    assert process.returncode == 0


def test_a_long_command_that_fails_says_why_and_fails(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [ROOT / "scripts/with_progress", "sh", "-c", "echo no network >&2; exit 3"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, "no network\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["abc", "", "0", "99999", "80 80"])
def test_a_port_that_does_not_exist_is_named_in_one_sentence(port: str) -> None:
    done = subprocess.run(  # noqa: S603
        [ROOT / "scripts/free_port", port], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == f"PORT={port} is not a port: choose a number from 1 to 65535, for example PORT=8001.\n"


def test_a_port_in_use_is_named_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = subprocess.run(  # noqa: S603
            [ROOT / "scripts/free_port", str(port)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use: ")
    assert f"PORT={port + 1}" in done.stderr
