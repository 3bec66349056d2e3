"""The step that this plugin adds to ``EntityPrePublish``: it prevents the publish of unreviewed changes."""

from __future__ import annotations

from typing import Any

from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from .exceptions import UnreviewedChanges
from .gate.judgement import require_review

__all__ = ["RequireReview", "UnreviewedChanges"]


class RequireReview(PipelineStep):
    """
    Prevent a publish that contains unreviewed changes.

    Configure it as the first step, and with ``fail_silently: False``; ``settings/common.py`` does that.
    """

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise ``UnreviewedChanges``, or pass on to the next step: returning None would end the pipeline."""
        require_review(publish_log)
        return {"publish_log": publish_log}
