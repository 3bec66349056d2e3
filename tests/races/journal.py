"""
What the database has committed, in the order of the commits, and the rule that must hold at every one of them.

Times do not tell in which order transactions were committed: a row carries the time at which it was written. MariaDB
knows, and tells who asks: the rows of a table with transaction-precise history name their transaction, and
``mysql.transaction_registry`` has the order of their commits. So triggers write down in such a table what happens to
the tables that matter, and :class:`Journal` reads it again as if one transaction had come after the other.

MySQL has no such history. What can be said without it is in :mod:`tests.races.afterwards`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from openedx_content.models_api import (
    DraftChangeLogRecord,
    EntityListRow,
    PublishableEntity,
    Published,
    PublishLogRecord,
)

from sample_plugin.reviews.models import PublishJudgement, ReviewedStatus, ReviewPolicy

_TABLE = """
CREATE TABLE race_journal (
    id bigint unsigned AUTO_INCREMENT PRIMARY KEY, what varchar(20), a bigint, b bigint, c bigint,
    trx bigint unsigned GENERATED ALWAYS AS ROW START, trx_end bigint unsigned GENERATED ALWAYS AS ROW END,
    PERIOD FOR SYSTEM_TIME (trx, trx_end)
) ENGINE=InnoDB WITH SYSTEM VERSIONING
"""


def _table(model: Any) -> str:
    return str(model._meta.db_table)


_IS_REVIEW = "(NEW.verdict = 'reviewed')"
# NULL where the site decides.
_IS_REQUIRED = "NULLIF(NEW.mode, '') = 'required'"
_POLICY = ("policy", "NEW.learning_package_id", _IS_REQUIRED, "NEW.required_reviewers")

# When this happens to a row of this table, write that down.
_TRIGGERS = [
    (ReviewedStatus, "INSERT", _IS_REVIEW, ("review", "NEW.id", "NEW.entity_id", "NEW.version_id")),
    (ReviewedStatus, "INSERT", f"NOT {_IS_REVIEW}", ("request", "NEW.id", "NEW.entity_id", "NEW.version_id")),
    (ReviewedStatus, "INSERT", "TRUE", ("given by", "NEW.id", "NEW.reviewer_id", "NULL")),
    (ReviewedStatus, "INSERT", "NEW.in_force", ("pinned", "NEW.id", "NEW.draft_change_log_record_id", "NULL")),
    (ReviewedStatus, "UPDATE", "NEW.in_force IS NULL", ("withdrawn", "NEW.id", "NULL", "NULL")),
    (ReviewedStatus, "UPDATE", "TRUE", ("pinned", "NEW.id", "NEW.draft_change_log_record_id", "NULL")),
    (ReviewPolicy, "INSERT", "TRUE", _POLICY),
    (ReviewPolicy, "UPDATE", "TRUE", _POLICY),
    (PublishJudgement, "INSERT", "NEW.basis = 'bypassed'", ("bypass", "NEW.publish_log_id", "NULL", "NULL")),
    (DraftChangeLogRecord, "INSERT", "NEW.new_version_id IS NULL", ("deletion", "NEW.id", "NEW.entity_id", "NULL")),
    (DraftChangeLogRecord, "UPDATE", "NEW.new_version_id IS NULL", ("deletion", "NEW.id", "NEW.entity_id", "NULL")),
    # What counts is what is live, not what a publish says of itself.
    (
        Published,
        "INSERT",
        "NEW.version_id IS NOT NULL",
        ("live", "NEW.entity_id", "NEW.version_id", "NEW.publish_log_record_id"),
    ),
    (
        Published,
        "UPDATE",
        "NOT (NEW.version_id <=> OLD.version_id)",
        ("live", "NEW.entity_id", "NEW.version_id", "NEW.publish_log_record_id"),
    ),
]


@contextmanager
def recording() -> Iterator[None]:
    """Have the database write its journal."""
    names = [f"race_journal_{number}" for number in range(len(_TRIGGERS))]
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        for name, (model, event, condition, (what, *columns)) in zip(names, _TRIGGERS, strict=True):
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON {_table(model)} FOR EACH ROW BEGIN IF {condition} THEN "
                f"INSERT INTO race_journal (what, a, b, c) VALUES ('{what}', {', '.join(columns)}); END IF; END"
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("DROP TABLE race_journal")


@dataclass
class Journal:
    """
    The rule, checked from the tables alone.

    Every version that went live, by itself or pinned by a container that did, in a transaction at whose commit a review
    was required and for which no bypass is on record, has at that commit reviews in force of as many people as were
    asked for, for exactly that version, and no request for changes. What was live before needs none to be pinned.
    """

    required_by_default: bool = True
    # Where the next reading begins, and all that was true there.
    read_to: int = 0
    policies: dict[int, bool] = field(default_factory=dict)
    reviewers: dict[int, int] = field(default_factory=dict)
    given_by: dict[int, int] = field(default_factory=dict)
    requests: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    reviews: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    pinned: dict[int, int | None] = field(default_factory=dict)
    deletions: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    been_live: set[int] = field(default_factory=set)
    went_live: int = 0

    def check(self) -> list[str]:
        """Return what has gone wrong since the last time, in sentences. Nobody may be writing meanwhile."""
        wrong: list[str] = []
        for begin, commit, entries in self._transactions():
            bypassed = set()
            for what, a, b, c in entries:
                match what:
                    case "review":
                        self.reviews[a] = (b, c)
                    case "request":
                        self.requests[a] = (b, c)
                    case "given by":
                        self.given_by[a] = b
                    case "pinned":
                        self.pinned[a] = b
                    case "withdrawn":
                        self.reviews.pop(a, None)
                        self.requests.pop(a, None)
                    case "policy":
                        self.policies[a] = self.required_by_default if b is None else bool(b)
                        self.reviewers[a] = c or 1
                    case "bypass":
                        bypassed.add(a)
                    case "deletion":
                        self.deletions.setdefault(b, []).append((commit, a))
                    case "live":
                        self.been_live |= {b} - {None}
            for what, entity_id, version_id, record_id in entries:
                if what == "live":
                    self.went_live += 1
                    wrong += self._judge(entity_id, version_id, record_id, bypassed, begin)
        return wrong

    def _judge(
        self, entity_id: int, version_id: int | None, record_id: int, bypassed: set[int], begin: int
    ) -> Iterator[str]:
        package_id = PublishableEntity.objects.values_list("learning_package_id", flat=True).get(pk=entity_id)
        publish_log_id = PublishLogRecord.objects.values_list("publish_log_id", flat=True).get(pk=record_id)
        if not self.policies.get(package_id, self.required_by_default) or publish_log_id in bypassed:
            return
        for pinned_entity_id, pinned_version_id in self._pinned_by(version_id):
            people, requests = self._verdicts_on(pinned_entity_id, pinned_version_id, set())
            if len(people) < self.reviewers.get(package_id, 1) or requests:
                yield (
                    f"Publish {publish_log_id} took version {version_id} of entity {entity_id} live, which pins "
                    f"version {pinned_version_id}, of which no review was in force when it was committed: "
                    f"people {people}, requests {requests}"
                )
        found: set[int] = set()
        if version_id is None:
            # The publish does not say which deletion it found: one that was the newest at some time while it went on.
            before = [record for commit, record in self.deletions.get(entity_id, []) if commit < begin]
            since = [record for commit, record in self.deletions.get(entity_id, []) if commit >= begin]
            found = {*before[-1:], *since}

        people, requests = self._verdicts_on(entity_id, version_id, found)
        # Of several deletions the publish may have found one against which no request stood.
        if len(people) < self.reviewers.get(package_id, 1) or (requests and len(found) < 2):
            yield (
                f"Publish {publish_log_id} took version {version_id} of entity {entity_id} live, "
                f"of which no review was in force when it was committed: people {people}, requests {requests}"
            )

    def _verdicts_on(self, entity_id: int, version_id: int | None, deletions: set[int]) -> tuple[set[int], list[int]]:
        """Return who has reviewed this version, or one of these deletions, and the requests for changes of it."""

        def is_of_it(verdict_id: int, entity: int, version: int | None) -> bool:
            is_same = (entity, version) == (entity_id, version_id)
            return is_same and (version is not None or self.pinned.get(verdict_id) in deletions)

        people = {self.given_by[pk] for pk, of in self.reviews.items() if is_of_it(pk, *of)}
        return people, [pk for pk, of in self.requests.items() if is_of_it(pk, *of)]

    def _pinned_by(self, version_id: int | None) -> Iterator[tuple[int, int]]:
        """Yield the versions, each after its entity, that go live for the first time because this one pins them."""
        rows = EntityListRow.objects.filter(entity_list__container_versions=version_id, entity_version__isnull=False)
        for entity_id, pinned_id in rows.values_list("entity", "entity_version"):
            if pinned_id not in self.been_live:
                yield entity_id, pinned_id
                yield from self._pinned_by(pinned_id)

    def _transactions(self) -> Iterator[tuple[int, int, list[tuple[str, Any, Any, Any]]]]:
        """Yield where each transaction began and was committed, and what it wrote, in the order of the commits."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT journal.id, transaction_id, commit_id, what, a, b, c FROM race_journal AS journal "
                "JOIN mysql.transaction_registry ON transaction_id = journal.trx "
                "WHERE journal.id > %s ORDER BY commit_id, journal.id",
                [self.read_to],
            )
            rows = cursor.fetchall()
        transactions: dict[tuple[int, int], list[tuple[str, Any, Any, Any]]] = {}
        for number, begin, commit, *entry in rows:
            self.read_to = max(self.read_to, number)
            transactions.setdefault((begin, commit), []).append(tuple(entry))
        for (begin, commit), entries in transactions.items():
            yield begin, commit, entries
