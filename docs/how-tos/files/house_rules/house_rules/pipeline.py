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
        found = dict(
            # One question for all records. What goes live is in them, and not in the drafts, which may have moved on.
            publish_log.records.filter(new_version__title__contains=PLACEHOLDER)
            # Of these nothing of their own goes live: only something in them has changed.
            .exclude(old_version=F("new_version"))
            .order_by("pk")
            .values_list("entity_id", "new_version__title")
        )
        if found:
            raise EntityPrePublish.PreventPublish(
                f"Nothing was published: a title still has “{PLACEHOLDER}” in it: " + ", ".join([*found.values()][:3]),
                reasons=dict.fromkeys(found, f"Its title still has “{PLACEHOLDER}” in it."),
            )
        return {"publish_log": publish_log}
