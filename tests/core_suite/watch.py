"""
Watches every publish in openedx-core's own tests: a plugin of pytest, which ``make core-tests`` loads.

What came of a publish is found out twice, and never by asking the gate: by what the call returns or raises, and by what
is in the tables when a test ends, before that is rolled back. The latter also shows what went around the call.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

# The test that runs, and how each ended: by its worst phase, and why.
current = ""
results: dict[str, tuple[str, str]] = {}
# What came of each publish: refused, failed (core itself has raised), empty, restored or published.
publishes: list[tuple[str, str]] = []
# What was live when a test ended, restores left out.
live: list[tuple[str, str]] = []

# The restores under way, and the publishes that brought back what a backup says was live: the first of each.
_restores: list[Any] = []
_restored: dict[int, int] = {}


def pytest_sessionstart() -> None:
    """Take our place: Django has been set up, and no test has imported anything yet."""
    if os.environ["GATE"] == "absent":
        return
    from openedx_content import api as content_api  # noqa: PLC0415
    from openedx_content.applets.backup_restore.zipper import LearningPackageUnzipper  # noqa: PLC0415
    from openedx_content.applets.publishing import api as core_publishing  # noqa: PLC0415

    from sample_plugin.reviews.receivers import carry_over_reviews_after_save  # noqa: PLC0415

    # As the platform does.
    content_api.signals.ENTITIES_DRAFT_CHANGED.connect(carry_over_reviews_after_save)
    for module in (core_publishing, content_api):
        module.publish_from_drafts = watched(module.publish_from_drafts)  # type: ignore[attr-defined]
    LearningPackageUnzipper.load = watched_restore(LearningPackageUnzipper.load)  # type: ignore[method-assign]
    # Every test of Django's kind ends with this, and of pytest-django's, too.
    TransactionTestCase._post_teardown = looking_first(TransactionTestCase._post_teardown)  # type: ignore[attr-defined]


def watched(publish_from_drafts: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, with a note of what comes of each call."""
    from sample_plugin.reviews.filters import EntityPrePublish  # noqa: PLC0415

    @functools.wraps(publish_from_drafts)
    def publish(*args: Any, **kwargs: Any) -> Any:
        came_of_it = "failed"
        try:
            publish_log = publish_from_drafts(*args, **kwargs)
            came_of_it = what_came_of(publish_log)
        except EntityPrePublish.PreventPublish:
            came_of_it = "refused"
            raise
        finally:
            publishes.append((current, came_of_it))
        return publish_log

    return publish


def what_came_of(publish_log: Any) -> str:
    """Tell by its records what a publish was."""
    with uncounted():
        changes = [record for record in publish_log.records.all() if takes_live(record)]
    if not changes:
        return "empty"
    package_id = publish_log.learning_package_id
    if package_id in [restore.learning_package_id for restore in _restores] and package_id not in _restored.values():
        _restored[publish_log.pk] = package_id
        return "restored"
    return "published"


def takes_live(record: Any) -> bool:
    """Return whether a record takes something live, or off it."""
    return bool(record.old_version_id != record.new_version_id)


def watched_restore(load: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method, with a note of the restore while it goes on."""

    @functools.wraps(load)
    def restore(unzipper: Any) -> Any:
        _restores.append(unzipper)
        try:
            return load(unzipper)
        finally:
            _restores.pop()

    return restore


def looking_first(post_teardown: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method that ends a test, with a look at the tables before it rolls back what the test did."""

    @functools.wraps(post_teardown)
    def look_and_tear_down(*args: Any) -> Any:
        if not connection.needs_rollback:  # nothing stays of what is there
            look_at_the_tables()
        _restored.clear()  # other tests have the same ids
        return post_teardown(*args)

    return look_and_tear_down


def look_at_the_tables() -> None:
    """Note what is live, or went live, without having been restored."""
    from openedx_content.models_api import Published, PublishLogRecord  # noqa: PLC0415

    for published in Published.objects.exclude(publish_log_record__publish_log__in=_restored):
        if published.version_id:
            live.append((current, f"{published.entity} is live"))
    for record in PublishLogRecord.objects.exclude(publish_log__in=_restored):
        if takes_live(record):
            live.append((current, f"{record.entity} went live"))


@contextmanager
def uncounted() -> Iterator[None]:
    """Let queries pass unnoticed by a test that counts its own."""
    connection.force_debug_cursor, counting = False, connection.force_debug_cursor
    try:
        yield
    finally:
        connection.force_debug_cursor = counting


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Know which test is running."""
    global current
    current = item.nodeid
    return (yield)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Note a file that cannot be imported."""
    if report.failed:
        results[report.nodeid] = (report.outcome, str(report.longrepr))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how a test ended."""
    if report.failed or report.nodeid not in results or report.skipped:
        results[report.nodeid] = (report.outcome, str(report.longrepr or ""))


def pytest_sessionfinish() -> None:
    """Hand over what was seen."""
    seen = {"results": results, "publishes": publishes, "live": live}
    Path(os.environ["WATCHED"]).write_text(json.dumps(seen, indent=1), encoding="utf-8")
