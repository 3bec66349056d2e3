"""Read how a publish was judged, and what that says about each entity in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from openedx_content.models_api import PublishLog, PublishLogRecord

from ..models import Basis, PublishJudgement
from .data import EvidenceBasis

__all__ = ["JudgedPublish", "last_took_live", "load_publishes", "real_changes"]


@dataclass(frozen=True, slots=True)
class JudgedPublish:
    """A publish and its record."""

    log: PublishLog
    judgement: PublishJudgement | None
    unreviewed: frozenset[int] = frozenset()

    @property
    def judged_at(self) -> datetime:
        """The time to look at reviews as they stood then."""
        at: datetime = self.judgement.created if self.judgement else self.log.published_at
        return at

    def is_unreviewed(self, entity_id: int) -> bool | None:
        """Return whether the entity's change was without the reviews it needed; None if that is not on record."""
        # Bypasses from before judgements were recorded do not name their items.
        if self.judgement is None or self.judgement.unreviewed_count is None:
            return None
        return entity_id in self.unreviewed

    def basis(self, entity_id: int) -> EvidenceBasis:
        """Return why the entity's change could go live."""
        if self.judgement is None:
            return EvidenceBasis.UNEXPLAINED
        # A bypass is for a whole publish, in which other changes may have been reviewed.
        if self.judgement.basis == Basis.BYPASSED and self.is_unreviewed(entity_id) is False:
            return EvidenceBasis.REVIEWED
        return EvidenceBasis(self.judgement.basis)


def load_publishes(log_ids: Collection[int], known: Mapping[int, JudgedPublish]) -> dict[int, JudgedPublish]:
    """Return these publishes with their records. One query, unless all of them are known already."""
    publishes = {log_id: known[log_id] for log_id in log_ids if log_id in known}
    missing = set(log_ids) - publishes.keys()
    if missing:
        logs = PublishLog.objects.filter(pk__in=missing).select_related("published_by", "review_judgement__decided_by")
        for log in logs:
            judgement: PublishJudgement | None = getattr(log, "review_judgement", None)
            unreviewed = frozenset(judgement.unreviewed) if judgement else frozenset()
            publishes[log.pk] = JudgedPublish(log, judgement, unreviewed)
    return publishes


def real_changes() -> QuerySet[PublishLogRecord, Any]:
    """
    Return the records that put something in place.

    The others are side effects on parents. Core's ``Published`` may point at one of those, and it does not explain how
    the parent's own version went live.
    """
    return PublishLogRecord.objects.exclude(new_version=F("old_version"))


def last_took_live(*, entity: str, version: str) -> Subquery:
    """Return the id of the publish with which a row's version went live the last time; None if it never did."""
    took_live = real_changes().filter(entity=OuterRef(entity), new_version=OuterRef(version))
    return Subquery(took_live.order_by("-publish_log").values("publish_log")[:1])
