"""
Runs what README.rst and the documentation print: every example, every command, every output.

Sybil finds it. What is Python runs as a doctest, what is for a terminal in a real shell, and a file that a lab shows
under its name is created there. See docs/decisions/0018-what-the-documentation-prints-is-run.rst.
"""

from __future__ import annotations

from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from shutil import copy

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.integration.pytest import SybilItem
from sybil.integration.pytest import pytest_integration as read
from sybil.parsers.rest import CodeBlockParser, DocTestParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest.lexers import DirectiveLexer
from sybil.typing import Parser

from tests.documentation import story
from tests.documentation.browser import Eyes
from tests.documentation.commands import run_here
from tests.documentation.story import _library, _now, _reviewer, _salt, _told, _yeast  # noqa: F401, fixtures
from tests.documentation.terminal import Checkout, Terminal, commands_in, compare


class ConsoleParser(CodeBlockParser):
    """``.. code-block:: console``; with ``:class: leave-running`` it goes on in a terminal of its own."""

    language = "console"

    def evaluate(self, example: Example) -> None:
        """Type it in."""
        terminal: Terminal = example.namespace["terminal"]
        if example.region.lexemes["options"].get("class") == "leave-running":
            terminal.leave_running(example.parsed)
        else:
            terminal.type(example.parsed)


class CommandParser(CodeBlockParser):
    """``.. code-block:: console`` in the reference: ``python manage.py …``, run on what the examples there stand on."""

    language = "console"

    def evaluate(self, example: Example) -> None:
        """Run it."""
        for command, expected in commands_in(example.parsed):
            compare(command, expected, *run_here(command))


class FileParser:
    """``.. literalinclude::`` with a ``:caption:``, which is the path of the file that the reader creates."""

    def __call__(self, document: Document) -> Iterator[Region]:
        """Find them."""
        for region in DirectiveLexer("literalinclude")(document):
            if "caption" in region.lexemes["options"]:
                region.parsed = (region.lexemes["arguments"], region.lexemes["options"]["caption"])
                region.evaluator = self.create
                yield region

    def create(self, example: Example) -> None:
        """Create the file, in the terminal's folder."""
        source, path = example.parsed
        target: Path = example.namespace["terminal"].checkout.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(Path(example.path).parent / source, target)


@pytest.fixture(name="checkout", scope="session")
def _checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A fresh clone, for all pages together: each lab goes on where the one before has ended."""
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(name="terminal", scope="module")
def _terminal(checkout: Checkout) -> Iterator[Terminal]:
    """A terminal for one page."""
    terminal = Terminal(checkout)
    yield terminal
    terminal.close()


@pytest.fixture(name="see", scope="module")
def _see(checkout: Checkout) -> Iterator[Eyes]:
    """``see("author", "/authoring/", "Libraries")``: what somebody sees in a browser, while a page goes on."""
    eyes = Eyes(checkout)
    yield eyes
    eyes.close()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let pytest-django make a database for the examples, which it does for what is marked."""
    if isinstance(item, SybilItem) and "library" in item.fixturenames:
        item.add_marker(pytest.mark.django_db)


_PARSERS: list[Parser] = [ConsoleParser(), FileParser(), PythonCodeBlockParser(), SkipParser()]
_DOCTEST = DocTestParser(ELLIPSIS | NORMALIZE_WHITESPACE)

# A how-to with commands about the library of the page.
_AUDITOR = "docs/how-tos/answer_an_auditor.rst"

pytest_collect_file = read(
    Sybil(
        [_DOCTEST, *_PARSERS],
        patterns=["README.rst", "docs/how-tos/*.rst"],
        excludes=[_AUDITOR],
        fixtures=[*story.NAMES, "terminal"],
    ),
    # Quick, and without a copy of the checkout.
    Sybil(
        [_DOCTEST, CommandParser(), PythonCodeBlockParser(), SkipParser()],
        patterns=["docs/reference/*.rst", _AUDITOR],
        fixtures=story.NAMES,
    ),
    Sybil(_PARSERS, patterns=["docs/tutorial/*.rst"], fixtures=["terminal", "see"]),
)
