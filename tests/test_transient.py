"""Which failures of a database are worth another try. Those of MariaDB are made for real in ``tests/races``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from sample_plugin.reviews.exceptions import is_transient

# (Not for the test database: pytest-django lets nobody else connect to any.)
pytestmark = pytest.mark.django_db


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "database.sqlite3"


@pytest.fixture(name="database")
def _database(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A SQLite of its own, which waits for nobody."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": {"timeout": 0}}
    connections = ConnectionHandler({"default": database})
    yield connections["default"]
    connections.close_all()


def test_a_database_that_somebody_else_writes_to(path: Path, database: BaseDatabaseWrapper) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError) as error, database.cursor() as cursor:
        cursor.execute("CREATE TABLE salt (id)")
    other.close()
    assert is_transient(error.value)


def test_a_statement_that_is_wrong_will_be_wrong_again(database: BaseDatabaseWrapper) -> None:
    with pytest.raises(OperationalError) as error, database.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    assert not is_transient(error.value)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError(1213, "Deadlock found when trying to get lock"), True),
        (OperationalError(2006, "Server has gone away"), True),
        (OperationalError(4031, "The client was disconnected by the server because of inactivity"), True),
        (InterfaceError(0, ""), True),
        (InterfaceError("bad parameter or other API misuse"), False),
        (OperationalError(1054, "Unknown column"), False),
        (IntegrityError(1062, "Duplicate entry"), False),
        (DatabaseError(), False),
        (ZeroDivisionError(), False),
        (None, False),
    ],
)
def test_what_mysql_says(error: Exception | None, expected: bool) -> None:
    assert is_transient(error) is expected
