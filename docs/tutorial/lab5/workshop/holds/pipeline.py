"""The step that we add to the filter: what is on hold does not go live."""

from typing import Any

from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import EntityPrePublish

from . import api


class RefuseHeld(PipelineStep):
    """Prevent a publish that contains something that is on hold."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise, or hand on to the next step: to return nothing would end the pipeline."""
        holds = list(api.get_holds_in_publish(publish_log)[:3])
        if holds:
            named = "; ".join(str(hold) for hold in holds)
            raise EntityPrePublish.PreventPublish(f"Nothing was published, because this is on hold: {named}.")
        return {"publish_log": publish_log}
