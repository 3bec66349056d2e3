"""Recognize temporary database failures, after which a retry may succeed."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, InterfaceError

__all__ = ["is_transient"]

_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_MYSQL = {
    1040,  # too many connections
    1053,  # the server shuts down
    1205,  # waited too long for a lock
    1213,  # deadlock
    1927,  # MariaDB: the connection was killed
    2002, 2003,  # the server cannot be reached
    2006, 2013, 2055,  # the connection is lost
    4031,  # MySQL: the connection was closed because it was idle
}  # fmt: skip


def is_transient(exc: BaseException | None) -> bool:
    """Return whether this is a deadlock, a lock timeout or a lost connection."""
    if not isinstance(exc, DatabaseError | InterfaceError):
        return False
    sqlite_code = getattr(exc.__cause__, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite_code & 0xFF in _SQLITE
    if isinstance(exc, InterfaceError):
        return exc.args == (0, "")  # mysqlclient's error for a connection that it has found lost before
    return bool(exc.args) and exc.args[0] in _MYSQL
