"""A database to measure on: SQLite on a temporary folder, or the one that ``DATABASE_URL`` names."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import django

SIZES = [100, 1_000, 5_000, 20_000]


@contextmanager
def throw_away_database() -> Iterator[str]:
    """Set up Django and the tables, and yield what kind of database it is."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("WORKBENCH_VAR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
        django.setup()
        from django.conf import settings  # noqa: PLC0415, Django is set up just now
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        settings.DEBUG = False  # or else Django keeps every query in memory
        call_command("migrate", verbosity=0)
        yield connection.vendor


def clock() -> float:
    """Return the time in seconds, from some point on: this process's own on SQLite, where no other takes part."""
    from django.db import connection  # noqa: PLC0415

    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def interleaved(actions: Sequence[Callable[[], Any]], rounds: int) -> list[list[float]]:
    """Do each of these in turn, so many times, and return the seconds that each has taken, in this order."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, measured in zip(actions, times, strict=True):
            start = clock()
            action()
            measured.append(clock() - start)
    return times


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A library to measure on, and two people who have not reviewed anything in it yet."""

    package_id: Any
    change_log_ids: list[int]
    reviewer_id: int
    other_reviewer_id: int


def fill(size: int, unit_size: int) -> Filled:
    """
    Return a new library of ``size`` unpublished entities: flat components, or components in units of ``unit_size``.

    Each has earlier versions and ten reviews of them by other people; nothing in it is covered by a review.
    """
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from openedx_content import api as content_api  # noqa: PLC0415

    from tests.content import Library  # noqa: PLC0415
    from tests.history import write_components, write_past  # noqa: PLC0415

    people = ("reviewer", "other-reviewer", "earlier-1", "earlier-2", "earlier-3")
    ids = [get_user_model().objects.get_or_create(username=name)[0].pk for name in people]
    # A name of its own: what DATABASE_URL names may have been measured on before.
    library = Library.create(f"lib:Bench:{uuid4()}", None)
    change_log_ids = [write_components(library, size * unit_size // (unit_size + 1) if unit_size else size).pk]
    if unit_size:
        components = list(content_api.get_components(library.package.id).order_by("pk"))
        with content_api.bulk_draft_changes_for(library.package.id) as change_log:
            for start in range(0, len(components), unit_size):
                library.unit(*components[start : start + unit_size])
        change_log_ids.append(change_log.pk)
    write_past(library, ids[2:])
    if connection.vendor == "mysql":
        # It counts its rows in the background, some seconds after they were written; so that all rounds are alike.
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"ANALYZE TABLE {connection.ops.quote_name(table)}")
                cursor.fetchall()
    return Filled(
        package_id=library.package.id, change_log_ids=change_log_ids, reviewer_id=ids[0], other_reviewer_id=ids[1]
    )
