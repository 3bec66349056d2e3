"""All that is in the database, for tests that say that nothing in it changes."""

from __future__ import annotations

from django.db import connection

type Rows = dict[str, list[str]]

# Who is logged in where; and when somebody last tried to publish, which is all that the lock holds.
_DOES_NOT_COUNT = {"django_session", "sample_plugin_reviews_publishlock"}


def everything() -> Rows:
    """Return all rows of all tables that matter, ours, core's and everybody else's."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in _DOES_NOT_COUNT:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows
