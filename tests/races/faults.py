"""What breaks in the middle: after a given number of statements the process is killed, or its connection is cut."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

type Act = Callable[[], Any]


@contextmanager
def after_statement(number: int, fault: Callable[[], None], *, counted_from: str = "") -> Iterator[None]:
    """
    Have the fault happen when this many statements have been executed inside the block.

    ``counted_from``: the first one that counts is the first with this in it.
    """
    count = 0

    def counting(execute: Any, sql: str, *args: Any) -> Any:
        nonlocal count
        result = execute(sql, *args)
        if count or counted_from in sql:
            count += 1
            if count == number:
                fault()
        return result

    with connection.execute_wrapper(counting):
        yield


def is_killed_after(number: int, act: Act) -> bool:
    """Do this in a process that is killed (kill -9) after so many statements, and return whether it came to that."""
    connections.close_all()  # or else both processes would speak through one
    child = os.fork()
    if child == 0:
        try:
            with after_statement(number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                act()
            os._exit(0)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the process has failed before it could be killed"
    return os.WIFSIGNALED(status)


def cut_connection() -> None:
    """Have the server close the connection of this thread, as it does when it is restarted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CONNECTION_ID()")
        number = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(f"KILL CONNECTION {number}")
    other.close()
