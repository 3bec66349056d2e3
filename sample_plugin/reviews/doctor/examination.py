"""Run all checks, one after the other, whatever becomes of each."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from ..texts import one_line
from . import (
    background,
    database,
    filter_steps,
    libraries,
    live_versions,
    receivers,
    roles,
    seam,
    site,
    site_settings,
    versions,
)
from .findings import Check, Finding, problem
from .libraries import Track, untracked

__all__ = ["all_checks", "examine", "run"]

log = logging.getLogger(__name__)


def examine(*, track: Track = untracked) -> Iterator[Finding]:
    """
    Yield what each check finds, in a fixed order and as soon as it is found.

    A check that fails itself is a problem, and the next one runs all the same. Changes nothing in the database. The
    queries for one library do not depend on the number of libraries, of users and of changes. ``track`` is given the
    libraries and their number, and yields them again: it can show a progress bar.

    Does not check permissions.
    """
    for check in all_checks(track):
        yield from run(check)


def all_checks(track: Track = untracked) -> list[Check]:
    """Return the checks, in the order in which they run."""
    return [
        *seam.CHECKS,
        *receivers.CHECKS,
        *filter_steps.CHECKS,
        *site_settings.CHECKS,
        *site.CHECKS,
        *versions.CHECKS,
        *database.CHECKS,
        *roles.CHECKS,
        *background.CHECKS,
        *libraries.checks(track),
        *live_versions.CHECKS,
    ]


def run(check: Check) -> Iterator[Finding]:
    """Yield what this check finds, with its id."""
    try:
        for finding in check.run():
            yield replace(finding, id=check.id)
    except Exception as exc:  # whatever it is: a check that has not finished has not found that all is well
        log.exception("The check %s could not be finished.", check.id)
        finding = problem(
            f"The check {check.id} could not be finished: {type(exc).__name__}: {one_line(exc)}",
            "Resolve the other problems first, then run the command again. The log has the traceback.",
        )
        yield replace(finding, id=check.id)
