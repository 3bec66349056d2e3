"""All that is in the database: for tests that say that nothing in it changes, and after tests that empty it."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.db.transaction import atomic

type Rows = dict[str, list[str]]

# What was in each table when the tests began: core's types of containers, and the roles that openedx-authz has loaded.
_at_first: list[list[Model]] = []


def everything() -> Rows:
    """Return all rows of all tables, ours, core's and everybody else's; but not who is logged in where."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "django_session":
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def remember_rows() -> None:
    """Remember what every test may expect to find, for :func:`restore_rows`."""
    _at_first.clear()
    tables = connection.introspection.table_names()
    for model in apps.get_models(include_auto_created=True):
        # Django makes its own rows anew.
        if model._meta.db_table in tables and not model.__module__.startswith("django.") and not model._meta.proxy:
            rows = list(model._default_manager.order_by("pk"))
            if rows:
                _at_first.append(rows)


def restore_rows() -> None:
    """Write those rows again, after a test with ``transaction=True``: it has emptied all tables."""
    with connection.constraint_checks_disabled(), atomic():
        for rows in _at_first:
            manager = type(rows[0])._default_manager
            # A test that was skipped has emptied nothing.
            if not manager.exists():
                manager.bulk_create(rows)
