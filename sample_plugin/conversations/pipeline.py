"""The app's steps in the filters of reviews: one prevents publishes, the others add to what reviews show."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from openedx_content.models_api import PublishableEntity, PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import AddedEntry, Moment

from .api import count_at, require_resolved, tell

__all__ = ["AddToHistory", "AddToLiveEvidence", "RequireResolved"]


class RequireResolved(PipelineStep):
    """
    Prevent a publish of changes with open conversations, in libraries that require that they are resolved.

    Configure it with ``fail_silently: False``; ``settings.py`` does that.
    """

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise ``UnresolvedConversations``, or pass on to the next step: returning None would end the pipeline."""
        require_resolved(publish_log)
        return {"publish_log": publish_log}


class AddToHistory(PipelineStep):
    """Add an entity's conversations to its history: when one was started, answered, resolved or opened again."""

    def run_filter(self, entity_id: PublishableEntity.ID, entries: Sequence[AddedEntry]) -> dict[str, Any]:
        """Return the entries with ours."""
        return {"entity_id": entity_id, "entries": [*entries, *tell(entity_id)]}


class AddToLiveEvidence(PipelineStep):
    """Add to the report of what is live how many conversations were open and resolved when it went live."""

    def run_filter(self, moments: Collection[Moment], counts: Mapping[Moment, Mapping[str, int]]) -> dict[str, Any]:
        """Return the counts with ours."""
        ours = count_at(moments)
        return {"moments": moments, "counts": {**counts, **{one: {**counts.get(one, {}), **ours[one]} for one in ours}}}
