"""What a database and Python do, in their own count: the same on a busy machine as on an idle one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile

from django.db import connection


@contextmanager
def counting_work() -> Iterator[Callable[[], int]]:
    """
    Count what is done inside, and yield a function that says how much it was, to be called afterwards.

    On MariaDB and MySQL rows that were read; on SQLite, which does not count those, steps of its virtual machine, by
    tens: a row takes about as many.
    """
    if connection.vendor == "sqlite":
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0  # Anything else would interrupt the query.

        connection.connection.set_progress_handler(step, 10)
        yield lambda: steps
        connection.connection.set_progress_handler(None, 0)
    else:
        before = _rows_read()
        after: list[int] = []
        yield lambda: after[0] - before
        after.append(_rows_read())


def _rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read%%'")
        return sum(int(value) for _name, value in cursor.fetchall())


def count_calls(action: Callable[[], object]) -> int:
    """Do it, and return how many functions Python has called for that, those that are written in C included."""
    profile = Profile()
    profile.runcall(action)
    return sum(entry.callcount for entry in profile.getstats())
