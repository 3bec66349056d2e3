"""The step that this app adds to ``EntityPrePublish``: it prevents the publish of changes with open conversations."""

from __future__ import annotations

from typing import Any

from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from .api import require_resolved

__all__ = ["RequireResolved"]


class RequireResolved(PipelineStep):
    """
    Prevent a publish of changes with open conversations, in libraries that require that they are resolved.

    Configure it with ``fail_silently: False``; ``settings.py`` does that.
    """

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise ``UnresolvedConversations``, or pass on to the next step: returning None would end the pipeline."""
        require_resolved(publish_log)
        return {"publish_log": publish_log}
