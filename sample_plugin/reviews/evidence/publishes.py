"""
Explain what is live, or what ever went live, item by item.

A large library is read 500 items at a time, so that memory stays flat and no query has too many parameters for SQLite.
Their ids come first, all at once: to find the next 500, the databases would sort everything that is left, again and
again. Only these short ids are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from openedx_content.models_api import LearningPackage, Published

from .data import EvidenceBasis, LiveEvidence
from .explaining import Row, explain
from .finding import had_approved, is_called
from .judged import JudgedPublish, load_publishes, real_changes

__all__ = ["Evidence", "get_live_evidence", "get_publish_evidence"]

_AT_ONCE = 500


def get_live_evidence(
    learning_package_id: LearningPackage.ID | None,
    /,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    basis: EvidenceBasis | None = None,
    reviewer_id: int | None = None,
    text: str = "",
) -> Evidence:
    """
    Return one item for each live entity: who published it, why it could go live, and the reviews as they stood then.

    Without a learning package: of the whole site. ``since`` and ``until`` (exclusive) limit the time of the publish;
    ``basis`` the reason. ``reviewer_id``: only what this user had approved when it went live. ``text``: part of the
    live title, or of the code that a key is made of; or a whole key. By the record alone: holds whatever the policy is
    today, and after accounts are deleted and reviews withdrawn. In order of entity id.

    Lazy: iterating takes one query, and six for every 500 entities, whatever is in them, and those of the steps of
    ``LiveEvidenceRequested``; ``count()`` takes one, and a slice is a list. With a ``basis``, ``count()`` and slices go
    through short rows of all entities once. Does not check permissions.
    """
    took_live = real_changes().filter(entity=OuterRef("entity"), new_version=OuterRef("version"))
    # A version can go live again: the last time counts.
    newest = took_live.order_by("-publish_log")
    pointer = "publish_log_record__publish_log"
    rows: QuerySet[Any] = Published.objects.filter(version__isnull=False).annotate(
        took_live=Subquery(newest.values("publish_log")[:1]),
        at=Coalesce(Subquery(newest.values("publish_log__published_at")[:1]), F(f"{pointer}__published_at")),
    )
    if learning_package_id is not None:
        rows = rows.filter(entity__learning_package=learning_package_id)
    if reviewer_id is not None:
        judged_at = newest.values("publish_log__review_judgement__created")
        rows = rows.alias(judged_at=Coalesce(Subquery(judged_at[:1]), F("at"))).filter(had_approved(reviewer_id))
    if text:
        rows = rows.alias(
            component_code=Lower("entity__component__component_code"),
            container_code=Lower("entity__container__container_code"),
        ).filter(is_called(text))

    def read(pk: int, version_id: int, log_id: int | None, pointed_at: int) -> Row:
        return Row(
            pk=pk,
            entity_id=pk,
            version_id=version_id,
            titled_by=version_id,
            log_id=log_id or pointed_at,
            is_recorded=log_id is not None,
            is_live=True,
        )

    return Evidence(_between(rows, "at", since, until), ("pk", "version_id", "took_live", pointer), read, basis)


def get_publish_evidence(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    basis: EvidenceBasis | None = None,
) -> Evidence:
    """
    Return one item for each change that was ever published, also if it is no longer live, deletions included.

    In the order of the publishes. Three queries more for every 500 changes if there are deletions among them. Otherwise
    like :func:`get_live_evidence`.
    """
    made_live = real_changes().filter(entity=OuterRef("entity"), new_version=OuterRef("entity__published__version"))
    rows = (
        real_changes()
        .filter(publish_log__learning_package=learning_package_id)
        .annotate(made_live=Subquery(made_live.order_by("-publish_log").values("pk")[:1]))
    )

    def read(pk: int, entity_id: int, new_id: int | None, old_id: int | None, log_id: int, live_pk: int | None) -> Row:
        return Row(
            pk=pk,
            entity_id=entity_id,
            version_id=new_id,
            titled_by=new_id or old_id,
            log_id=log_id,
            is_recorded=True,
            is_live=pk == live_pk,
        )

    columns = ("pk", "entity_id", "new_version_id", "old_version_id", "publish_log_id", "made_live")
    return Evidence(_between(rows, "publish_log__published_at", since, until), columns, read, basis)


class Evidence:
    """Items in order, read when they are needed: iterate over them, ask for their number, or take a slice."""

    def __init__(
        self, rows: QuerySet[Any], columns: tuple[str, ...], read: Callable[..., Row], basis: EvidenceBasis | None
    ) -> None:
        self._rows = rows.order_by("pk")
        self._columns = columns
        self._read = read
        self._basis = basis

    def __iter__(self) -> Iterator[LiveEvidence]:
        """Yield all items."""
        for rows, publishes in self._batches():
            yield from explain(rows, publishes, ask_others=True)

    # Not __len__: list() would ask for it, and count first.
    def count(self) -> int:
        """Return how many there are."""
        return self._rows.count() if self._basis is None else len(self._found)

    def __getitem__(self, wanted: slice) -> list[LiveEvidence]:
        """Return a page of items."""
        if self._basis is None:
            rows = self._take(self._rows[wanted])
        else:
            rows = self._take(self._rows.filter(pk__in=self._found[wanted]))
        return list(explain(rows, load_publishes({row.log_id for row in rows}, {}), ask_others=True))

    @cached_property
    def _found(self) -> list[int]:
        # Which items a bypass concerns is in a list that not all databases can search.
        return [row.pk for rows, _publishes in self._batches() for row in rows]

    def _batches(self) -> Iterator[tuple[list[Row], Mapping[int, JudgedPublish]]]:
        ids = list(self._rows.values_list("pk", flat=True))
        publishes: dict[int, JudgedPublish] = {}
        for start in range(0, len(ids), _AT_ONCE):
            rows = self._take(self._rows.filter(pk__in=ids[start : start + _AT_ONCE]))
            # Those of the batch before are kept: one publish may have made everything live, and its record is long.
            publishes = load_publishes({row.log_id for row in rows}, publishes)
            yield [row for row in rows if self._basis in (None, row.judged(publishes).basis(row.entity_id))], publishes

    def _take(self, rows: QuerySet[Any]) -> list[Row]:
        return [self._read(*row) for row in rows.values_list(*self._columns)]


def _between(rows: QuerySet[Any], when: str, since: datetime | None, until: datetime | None) -> QuerySet[Any]:
    if since is not None:
        rows = rows.filter(**{f"{when}__gte": since})
    return rows if until is None else rows.filter(**{f"{when}__lt": until})
