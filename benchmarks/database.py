"""A database to measure on: SQLite on a temporary folder, or the one that ``DATABASE_URL`` names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django


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
