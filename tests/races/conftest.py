"""Fixtures for races: a database that lets many write at once, the order of its commits, and a crew that acts."""

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
def _many_at_once(transactional_db: None) -> Iterator[None]:
    """Real transactions, on a database in which they run at the same time."""
    if connection.vendor != "mysql":
        pytest.skip("This needs MariaDB or MySQL: make test-mysql. (SQLite lets one transaction write at a time.)")
    yield
    # It may have been cut, and the tables have to be emptied.
    connection.close()


@pytest.fixture(name="journal_if_any")
def _journal_if_any(_many_at_once: None) -> Iterator[Journal | None]:
    """What the database commits from here on, where it tells in which order: MySQL does not."""
    if connection.mysql_is_mariadb:  # type: ignore[attr-defined]
        with recording():
            yield Journal()
    else:
        yield None


@pytest.fixture(name="journal")
def _journal(journal_if_any: Journal | None) -> Journal:
    """For tests that are about the journal itself."""
    if journal_if_any is None:
        pytest.skip("This needs MariaDB: MySQL does not tell in which order it commits.")
    return journal_if_any


@pytest.fixture(name="crew")
def _crew(_many_at_once: None) -> Iterator[Crew]:
    """Four who act at once."""
    interval = sys.getswitchinterval()
    # Or else one of them gets a long way before Python lets the next one begin.
    sys.setswitchinterval(0.0001)
    with Crew(4) as crew:
        yield crew
    sys.setswitchinterval(interval)
