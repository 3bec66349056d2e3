"""
What to try in the workbench, for the terminal and for a page.

The steps are in a file outside of the workbench, because they name plugins, and the workbench knows none.
"""

import textwrap
import tomllib
from dataclasses import dataclass

from django.conf import settings

from .mfe import is_built


@dataclass(frozen=True)
class Step:
    """One thing to try. It does not rely on another one."""

    title: str
    # Who does what.
    text: str
    # What happens then.
    see: str
    # Where to begin.
    path: str
    # For a terminal.
    commands: str = ""
    # Whether it takes Studio's page, which is built with Node.js.
    needs_page: bool = False


def get_steps(site: str) -> list[Step]:
    """
    Return what can be tried at ``site``, such as ``http://127.0.0.1:8000``; without the file, an empty list.

    While the page is not built, steps that need it are left out.
    """
    if not settings.STEPS_FILE.is_file():
        return []
    steps = tomllib.loads(settings.STEPS_FILE.read_text(encoding="utf-8").replace("{site}", site))["step"]
    return [step for step in (Step(**fields) for fields in steps) if is_built() or not step.needs_page]


def as_text(steps: list[Step], site: str) -> str:
    """Return the steps as lines for a terminal, 100 characters wide. Commands are not wrapped."""
    lines = []
    for number, step in enumerate(steps, start=1):
        lines += ["", f"{number:3}. {step.title}", f"     {site}{step.path}"]
        lines += textwrap.wrap(
            f"{step.text} {step.see}",
            width=100,
            initial_indent=" " * 5,
            subsequent_indent=" " * 5,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += [f"       {line}" for line in step.commands.splitlines()]
    return "\n".join(lines)
