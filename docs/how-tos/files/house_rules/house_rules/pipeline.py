"""Our step in the filter ``EntityPrePublish``."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import EntityPrePublish

PLACEHOLDER = "TODO"


class RefusePlaceholders(PipelineStep):
    """Prevent a publish of anything that still has a placeholder in its title."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise ``PreventPublish``, or hand on to the next step: what is no dict would end the pipeline."""
        titles = list(
            # One question for all records. What goes live is in them, and not in the drafts, which may have moved on.
            publish_log.records.filter(new_version__title__contains=PLACEHOLDER)
            # Of these nothing of their own goes live: only something in them has changed.
            .exclude(old_version=F("new_version"))
            .order_by("pk")
            .values_list("new_version__title", flat=True)[:3]
        )
        if titles:
            raise EntityPrePublish.PreventPublish(
                f"Nothing was published: a title still has “{PLACEHOLDER}” in it: " + ", ".join(titles)
            )
        return {"publish_log": publish_log}
