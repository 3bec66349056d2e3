"""Versions outside of what the plugin supports, by its own metadata: there is no second list to keep."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata

from django.utils.version import get_version_tuple

from .findings import Check, Finding, ok, problem, warning
from .site import entry_points

__all__ = ["CHECKS"]

_PYTHON = "Programming Language :: Python :: 3."


def _distribution() -> metadata.Distribution:
    """Return the distribution that this app belongs to. Raises ``LookupError`` if it is not installed."""
    for point in entry_points("cms.djangoapp"):
        if point.dist is not None:
            return point.dist
    raise LookupError("the plugin is not installed with pip, so its requirements are unknown")


def check_requirements() -> Iterator[Finding]:
    """Pip checks these, but only when it installs the plugin."""
    too_old = False
    requirements = _distribution().requires or []
    for requirement in requirements:
        name, floor = _floor(requirement)
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed = "not installed"
        if installed == "not installed" or get_version_tuple(installed) < get_version_tuple(floor):
            too_old = True
            yield problem(
                f"The plugin needs {name} {floor} or newer, and here it is {installed}.",
                f"Install {name} {floor} or newer, or a release of the plugin that supports this one.",
            )
    if not too_old:
        yield ok(f"All {len(requirements)} packages that the plugin needs are as new as it needs them.")


def _floor(requirement: str) -> tuple[str, str]:
    match = re.match(r"([\w.-]+)\s*>=\s*([\d.]+)", requirement)
    if match is None:
        raise ValueError(f"the requirement “{requirement}” cannot be read")
    return match[1], match[2]


def check_python() -> Iterator[Finding]:
    """With the Pythons that the metadata names, the plugin is tested."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    tested = [one.removeprefix(_PYTHON) for one in _distribution().metadata.get_all("Classifier", ()) if _PYTHON in one]
    if here in {f"3.{minor}" for minor in tested}:
        yield ok(f"Python {here} is one that the plugin is tested with.")
    else:
        yield warning(
            f"Python {here} is not one that the plugin is tested with: 3.{', 3.'.join(tested)}.",
            "Use one of these, or a release of the plugin that supports this one.",
        )


CHECKS = (Check("versions.packages", check_requirements), Check("versions.python", check_python))
