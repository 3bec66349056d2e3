"""Explain a batch of changes that went live: load what belongs to them, and the reviews as they stood then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity, PublishableEntityVersion

from ..keys import studio_key_of, with_keys
from ..models import DELETION, ReviewedStatus
from .added import find_counts
from .data import LiveEvidence
from .judged import JudgedPublish

__all__ = ["Row", "explain"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A change that went live."""

    pk: int
    entity_id: int
    version_id: int | None
    """None for a deletion."""
    titled_by: int | None
    """The version that has the title."""
    log_id: int
    is_recorded: bool
    """Whether core has a record of how it went live."""
    is_live: bool

    def judged(self, publishes: Mapping[int, JudgedPublish]) -> JudgedPublish:
        """Return the publish, with its judgement if that is about this change."""
        publish = publishes[self.log_id]
        # Without a record of its own, it did not go live with the publish that core points at.
        return publish if self.is_recorded else JudgedPublish(publish.log, None)


def explain(
    rows: Sequence[Row], publishes: Mapping[int, JudgedPublish], *, ask_others: bool = False
) -> Iterator[LiveEvidence]:
    """
    Yield the evidence for these rows, in their order, with what other plugins add if they are asked.

    Four queries and those of the other plugins; three more if there are deletions.
    """
    if not rows:
        return
    entities = with_keys(PublishableEntity.objects.all()).in_bulk({row.entity_id for row in rows})
    versions: dict[Any, tuple[int, str]] = {
        pk: (version_num, title)
        for pk, version_num, title in PublishableEntityVersion.objects.filter(
            pk__in={row.titled_by for row in rows}
        ).values_list("pk", "version_num", "title")
    }
    of_versions = _reviews_of_versions(rows)
    of_deletions = _reviews_of_deletions(rows)
    deletions = _deletions(rows) if of_deletions else {}
    judged = [(row, row.judged(publishes)) for row in rows]
    added = find_counts({(row.entity_id, publish.judged_at) for row, publish in judged}) if ask_others else {}
    for row, publish in judged:
        judged_at = publish.judged_at
        entity = entities[row.entity_id]
        version_num, title = versions.get(row.titled_by, (None, ""))
        if row.version_id is not None:
            verdicts = of_versions[row.version_id]
        else:
            # Of several deletions, the last one until then.
            until_then = [record for record, at in deletions.get(row.entity_id, ()) if at <= judged_at]
            verdicts = of_deletions.get(max(until_then), []) if until_then else []
        yield LiveEvidence(
            entity=entity,
            key=studio_key_of(entity),
            title=title or entity.entity_ref,
            version_num=None if row.version_id is None else version_num,
            is_live=row.is_live,
            publish_log_id=row.log_id,
            published_at=publish.log.published_at,
            published_by=publish.log.published_by,
            basis=publish.basis(row.entity_id),
            is_unreviewed=publish.is_unreviewed(row.entity_id),
            reviews=tuple(verdict for verdict in verdicts if _stood(verdict, judged_at)),
            judgement=publish.judgement,
            added=None if added is None else added.get((row.entity_id, judged_at), {}),
        )


def _stood(verdict: ReviewedStatus, at: datetime) -> bool:
    return verdict.created <= at and (verdict.withdrawn_at is None or verdict.withdrawn_at > at)


def _reviews_of_versions(rows: Sequence[Row]) -> Mapping[int | None, list[ReviewedStatus]]:
    verdicts: dict[int | None, list[ReviewedStatus]] = defaultdict(list)
    for verdict in _verdicts(version__in={row.version_id for row in rows if row.version_id is not None}):
        verdicts[verdict.version_id].append(verdict)
    return verdicts


def _reviews_of_deletions(rows: Sequence[Row]) -> Mapping[int | None, list[ReviewedStatus]]:
    """Return the verdicts on deletions of these entities, by the record of the deletion."""
    verdicts: dict[int | None, list[ReviewedStatus]] = defaultdict(list)
    deleted = {row.entity_id for row in rows if row.version_id is None}
    if deleted:
        for verdict in _verdicts(entity__in=deleted, version_num=DELETION):
            verdicts[verdict.draft_change_log_record_id].append(verdict)
    return verdicts


def _verdicts(**which: Any) -> list[ReviewedStatus]:
    """Return these verdicts with their people, oldest first. Two queries."""
    verdicts = list(ReviewedStatus.objects.with_replaced().filter(**which).order_by("created", "pk"))
    # Few people give many verdicts, so each is loaded once.
    ids = {user_id for one in verdicts for user_id in (one.reviewer_id, one.withdrawn_by_id) if user_id}
    people: dict[Any, Any] = get_user_model().objects.in_bulk(ids)
    for one in verdicts:
        one.reviewer = people.get(one.reviewer_id)
        one.withdrawn_by = people.get(one.withdrawn_by_id)
    return verdicts


def _deletions(rows: Sequence[Row]) -> Mapping[int, list[tuple[int, datetime]]]:
    """Return the records of deletions of these entities' drafts, with their times."""
    deletions: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    records = DraftChangeLogRecord.objects.filter(
        entity__in={row.entity_id for row in rows if row.version_id is None}, new_version=None
    )
    for entity_id, pk, at in records.values_list("entity_id", "pk", "draft_change_log__changed_at"):
        deletions[entity_id].append((pk, at))
    return deletions
