"""The step that we add to the filter: what is on hold does not go live."""

from collections.abc import Sequence
from typing import Any

from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import EntityPrePublish

from . import api
from .keys import key_of
from .models import Hold


class OnHold(EntityPrePublish.PreventPublish):
    """Raised when a publish contains something that is on hold: a 409 that says what, for programs as well."""

    default_code = "on_hold"

    def __init__(self, holds: Sequence[Hold]) -> None:
        """Name what is on hold, and why."""
        super().__init__("Nothing was published, because this is on hold: " + "; ".join(map(str, holds)) + ".")
        self.detail["on_hold"] = [{"key": key_of(hold.entity), "reason": hold.reason} for hold in holds]


class RefuseHeld(PipelineStep):
    """Prevent a publish that contains something that is on hold."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise, or hand on to the next step: to return nothing would end the pipeline."""
        holds = list(api.get_holds_in_publish(publish_log)[:3])
        if holds:
            raise OnHold(holds)
        return {"publish_log": publish_log}
