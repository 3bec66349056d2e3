"""
Ask other plugins what they add to histories and reports.

A plugin that fails must not keep anybody from reading the rest. So its crash ends here, and what is shown says that
something is missing.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence

from openedx_content.models_api import PublishableEntity

from ..filters import AddedEntry, EntityHistoryRequested, LiveEvidenceRequested, Moment

__all__ = ["find_counts", "find_entries"]

log = logging.getLogger(__name__)


def find_entries(entity_id: PublishableEntity.ID) -> Sequence[AddedEntry] | None:
    """Return what other plugins add to the entity's history; None if a step has failed. No query of its own."""
    try:
        return list(EntityHistoryRequested.run_filter(entity_id, []))
    except Exception:
        log.exception("What other plugins add to the history of the entity %s is missing.", entity_id)
        return None


def find_counts(moments: Collection[Moment]) -> Mapping[Moment, Mapping[str, int]] | None:
    """Return what other plugins add to the report; None if a step has failed. No query of its own."""
    try:
        return dict(LiveEvidenceRequested.run_filter(moments, {}))
    except Exception:
        log.exception("What other plugins add to the report of what is live is missing.")
        return None
