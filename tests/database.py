"""All that is in the database, for tests that say that nothing in it changes."""

from __future__ import annotations

from django.db import connection

type Rows = dict[str, list[str]]


def everything() -> Rows:
    """Return all rows of all tables, ours, core's and everybody else's; but not who is logged in where."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "django_session":
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows
