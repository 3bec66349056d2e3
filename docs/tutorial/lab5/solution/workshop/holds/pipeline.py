"""The step that we add to the filter: what is on hold does not go live."""

from collections.abc import Sequence
from typing import Any

from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import EntityPrePublish

from . import api
from .keys import key_of
from .models import Hold

# How many are named to a program; to a person three are enough.
MAX_NAMED = 100
# What keys are made of.
KEY_FIELDS = ("entity__learning_package", "entity__component__component_type")


class OnHold(EntityPrePublish.PreventPublish):
    """Raised when a publish contains something that is on hold: a 409 that says what, for programs as well."""

    default_code = "on_hold"

    def __init__(self, holds: Sequence[Hold]) -> None:
        """Name what is on hold, and why."""
        named = "; ".join(map(str, holds[:3]))
        super().__init__(f"Nothing was published, because this is on hold: {named}.")
        self.detail["on_hold"] = [{"key": key_of(hold.entity), "reason": hold.reason} for hold in holds]


class RefuseHeld(PipelineStep):
    """Prevent a publish that contains something that is on hold."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise, or hand on to the next step: to return nothing would end the pipeline."""
        holds = list(api.get_holds_in_publish(publish_log).select_related(*KEY_FIELDS)[:MAX_NAMED])
        if holds:
            raise OnHold(holds)
        return {"publish_log": publish_log}
