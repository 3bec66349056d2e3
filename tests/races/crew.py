"""Several people who act at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, Self

from django.db import connection, connections

type Act = Callable[[], Any]


class Crew:
    """A number of threads that begin together."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._pool = ThreadPoolExecutor(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.at_once(*[connections.close_all] * self.size)
        self._pool.shutdown()

    def at_once(self, *acts: Act) -> list[Any]:
        """Do these at once, each in a thread of its own, and return what came of each: a value or an exception."""
        barrier = Barrier(len(acts))

        def do(act: Act) -> Any:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            try:
                return act()
            except Exception as exc:
                return exc

        return [done.result() for done in [self._pool.submit(do, act) for act in acts]]

    def start(self, act: Act) -> Any:
        """Begin this in another thread, and return its future."""
        return self._pool.submit(act)


def is_waiting_for_a_lock() -> bool:
    """Return whether some transaction waits for another one's lock."""
    return number_waiting() > 0


def number_waiting() -> int:
    """Return how many transactions wait for another one's lock."""
    with connection.cursor() as cursor:
        # (Not information_schema.innodb_trx: who asks that all the time gets the same answer all the time.)
        cursor.execute("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'")
        return int(cursor.fetchone()[1])
