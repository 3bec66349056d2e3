"""Explain versions, live or old, by the last time that each went live: courses use old ones for long."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from openedx_content.models_api import PublishableEntityVersion

from .data import LiveEvidence
from .explaining import Row, explain
from .judged import last_took_live, load_publishes

__all__ = ["get_version_evidence"]


def get_version_evidence(version_ids: Collection[int], /) -> dict[int, LiveEvidence]:
    """
    Return how each of these versions went live the last time, by its id. Versions that never were live are left out.

    Meant for a page, not for a whole library: the ids go into the queries. One query, and five more if any of them was
    live. Does not check permissions.
    """
    found = (
        PublishableEntityVersion.objects.filter(pk__in=version_ids)
        .annotate(took_live=last_took_live(entity="entity", version="pk"))
        # What is live without a record of how it went live is unexplained.
        .filter(Q(took_live__isnull=False) | Q(published__isnull=False))
        .values_list("pk", "entity_id", "took_live", "published__publish_log_record__publish_log")
    )
    rows = [
        Row(
            pk=pk,
            entity_id=entity_id,
            version_id=pk,
            titled_by=pk,
            log_id=log_id or pointed_at,
            is_recorded=log_id is not None,
            is_live=pointed_at is not None,
        )
        for pk, entity_id, log_id, pointed_at in found
    ]
    explained = explain(rows, load_publishes({row.log_id for row in rows}, {}))
    return {row.pk: item for row, item in zip(rows, explained, strict=True)}
