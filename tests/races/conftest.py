"""Fixtures for races: a database that knows the order of its commits, and a crew that acts at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from django.db import connection

from .crew import Crew
from .journal import Journal, recording

# How many rounds of each race, and where chance begins. "make races" has more.
ROUNDS = int(os.environ.get("RACE_ROUNDS", "15"))
SEED = int(os.environ.get("RACE_SEED", "1"))
# What breaks does so after every so many statements; 1 is after each.
FAULT_STEP = int(os.environ.get("RACE_FAULT_STEP", "5"))


@pytest.fixture(autouse=True)
def _on_mariadb(transactional_db: None) -> Iterator[None]:
    """Real transactions, on the one database that knows the order of its commits."""
    if connection.vendor != "mysql" or not connection.mysql_is_mariadb:  # type: ignore[attr-defined]
        pytest.skip("This needs MariaDB: make test-mysql. (SQLite lets one transaction write at a time.)")
    yield
    # It may have been cut, and the tables have to be emptied.
    connection.close()


@pytest.fixture(name="journal")
def _journal(_on_mariadb: None) -> Iterator[Journal]:
    """What the database commits from here on."""
    with recording():
        yield Journal()


@pytest.fixture(name="crew")
def _crew(_on_mariadb: None) -> Iterator[Crew]:
    """Four who act at once."""
    interval = sys.getswitchinterval()
    # Or else one of them gets a long way before Python lets the next one begin.
    sys.setswitchinterval(0.0001)
    with Crew(4) as crew:
        yield crew
    sys.setswitchinterval(interval)
