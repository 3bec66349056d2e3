"""Management commands that the reference prints, run right here, on the library of the page."""

from __future__ import annotations

import shlex
from io import StringIO

from django.core.management import CommandError, call_command


def run_here(command: str) -> tuple[str, int]:
    """Return what ``python manage.py …`` prints, on both channels, and its exit code."""
    python, manage, *arguments = shlex.split(command)
    assert (python, manage) == ("python", "manage.py"), command
    printed = StringIO()
    try:
        call_command(*arguments, stdout=printed)
    except CommandError as exc:
        return f"{printed.getvalue()}CommandError: {exc}\n", exc.returncode
    return printed.getvalue(), 0
