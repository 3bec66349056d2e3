"""README.rst is true: its examples do what is printed there, and the commands and files that it names exist."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import get_commands
from django.urls import resolve

from sample_plugin.reviews.settings.common import plugin_settings

from .content import Library, now

ROOT = Path(__file__).parents[1]
README = ROOT / "README.rst"


@pytest.mark.django_db
def test_the_examples_do_what_is_printed(reviewer: User) -> None:
    library = Library.create("lib:Readme:Bread")
    outcome = doctest.testfile(
        str(README),
        module_relative=False,
        globs={
            "library": library.package,
            "salt": library.component("salt", title="Salt"),
            "yeast": library.component("yeast", title="Yeast"),
            "reviewer": reviewer,
            "now": now(),
        },
    )
    assert outcome.attempted > 0
    assert outcome.failed == 0, "see the output above"


def test_the_make_targets_exist() -> None:
    named = set(re.findall(r"``make ([a-z-]+)``|\$ make ([a-z-]+)", README.read_text(encoding="utf-8")))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"demo", "test"} <= {a or b for a, b in named} <= set(targets)


def test_the_commands_exist() -> None:
    named = set(re.findall(r"manage\.py (reviews_\w+)", README.read_text(encoding="utf-8")))
    ours = {name for name, app in get_commands().items() if app == "sample_plugin.reviews"}
    assert named == ours


def test_the_endpoints_exist() -> None:
    section = README.read_text(encoding="utf-8").split("The REST API\n")[1].split("Events\n")[0]
    named = set(re.findall(r"``((?:libraries|entities)/[^`]*)``", section))
    assert len(named) == 10
    for address in named:
        resolve("/api/sample-plugin/reviews/v1/" + re.sub(r"{.*?}", "x", address).partition("?")[0])


def test_the_settings_exist_and_have_these_defaults() -> None:
    named = re.findall(
        r"^``(SAMPLE_PLUGIN_REVIEWS_\w+)`` \(default: ``(.*)``\)$", README.read_text(encoding="utf-8"), re.MULTILINE
    )
    settings = SimpleNamespace(INSTALLED_APPS=[])
    plugin_settings(settings)
    ours = {name: value for name, value in vars(settings).items() if name.startswith("SAMPLE_PLUGIN_REVIEWS_")}
    assert dict(named) == {name: str(value).lower() for name, value in ours.items()}


def test_the_files_exist() -> None:
    table = README.read_text(encoding="utf-8").split("Where things are")[1]
    named = re.findall(r"``([\w/.…]+)``", table.split("Not here yet")[0])
    paths = [ROOT / name.replace("…", "sample_plugin/reviews") for name in named if "/" in name]
    assert len(paths) > 10
    assert [path for path in paths if not path.exists()] == []
