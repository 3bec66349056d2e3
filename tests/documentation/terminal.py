"""A terminal in a copy of this checkout, in which the commands that are printed are typed in."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, REPORT_NDIFF, OutputChecker
from doctest import Example as Expectation
from pathlib import Path

from pexpect import replwrap

from .checkout import copy_checkout

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE | REPORT_NDIFF
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # of those who do not heed NO_COLOR
# The first "make demo" in a fresh clone installs everything and builds the page.
PATIENCE = 900
_NOT_FOR_OTHERS = (
    *("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL", "PYTEST_CURRENT_TEST", "VIRTUAL_ENV"),
    *("WORKBENCH_VAR", "WORKBENCH_YAML"),
)


class Checkout:
    """A copy of this checkout as git has it, and a port for what is started in it."""

    def __init__(self, folder: Path) -> None:
        """Copy it. The environment for Python is made anew, for the labs install something into theirs."""
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        copy_checkout(folder, linked=["frontend/node_modules", "frontend/workbench/dist"])

    def here(self, text: str) -> str:
        """Return the text with the port of this checkout in the place of the one that is printed."""
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")


class Terminal:
    """A terminal, and what is left running in others."""

    def __init__(self, checkout: Checkout) -> None:
        """Open the first when somebody types something: most pages print nothing for a terminal."""
        self.checkout = checkout
        self._shell: replwrap.REPLWrapper | None = None
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def shell(self) -> replwrap.REPLWrapper:
        """The shell in it."""
        if self._shell is None:
            self._shell = replwrap.bash()
            for command in self._preparations():
                self._shell.run_command(command)
        return self._shell

    def _preparations(self) -> Iterator[str]:
        yield f"cd '{self.checkout.folder}'"
        # What the tests themselves run with is nothing to those who follow a lab.
        yield f"unset {' '.join(_NOT_FOR_OTHERS)}"
        yield f"export PORT={self.checkout.port} TERM=dumb COLUMNS=120 PIP_DISABLE_PIP_VERSION_CHECK=1"
        yield "export NO_COLOR=1 DJANGO_COLORS=nocolor"
        yield "export VIRTUAL_ENV_DISABLE_PROMPT=1"  # by which the shell is recognised

    def type(self, session: str) -> None:
        """
        Type in what follows each "$ ", and compare what is printed: "..." stands for anything.

        A command that prints nothing in the documentation may print what it likes, but must not fail.
        """
        for command, expected in commands_in(session):
            printed = self.shell.run_command(self.checkout.here(command), timeout=PATIENCE)
            printed = COLOURS.sub("", printed.replace("\r\n", "\n"))
            printed = re.sub(r"[^\n]*\r", "", printed)  # as a terminal shows it: what follows writes over it
            status = int(self.shell.run_command("echo $?"))
            compare(command, self.checkout.here(expected), printed, status)

    def leave_running(self, session: str) -> None:
        """Start what follows "$ " in a terminal of its own, and wait until it answers."""
        [(command, _expected)] = commands_in(session)
        log = self.checkout.folder / "build" / "left-running.log"
        log.parent.mkdir(exist_ok=True)
        self.shell  # noqa: B018, for its environment
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["bash", "-c", "\n".join((*self._preparations(), f"exec {command}"))],
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._running.append(process)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.checkout.port}/login/", timeout=30).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True

    def close(self) -> None:
        """Press Ctrl+C in every terminal."""
        for process in self._running:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)
        self._running.clear()
        if self._shell is not None:
            self._shell.child.close(force=True)
            self._shell = None


def compare(command: str, expected: str, printed: str, status: int) -> None:
    """Raise ``AssertionError`` unless the command has printed this or, where nothing is expected, has not failed."""
    if not expected:
        assert status == 0, f"$ {command}\n{printed}\n[exit code {status}]"
        return
    expectation = Expectation(command, expected)
    checker = OutputChecker()
    if not checker.check_output(expectation.want, printed, FLAGS):
        difference = checker.output_difference(expectation, printed, FLAGS)
        raise AssertionError(f"$ {command}\n{difference}\n[exit code {status}]")


def commands_in(session: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console session, with what it prints."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, *rest = part.splitlines()
        while rest and rest[0].startswith("> "):
            command += "\n" + rest.pop(0).removeprefix("> ")
        yield command, "".join(f"{line}\n" for line in rest).strip("\n") + ("\n" if rest else "")
