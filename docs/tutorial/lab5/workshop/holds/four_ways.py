"""Four ways in which a step of a filter is skipped by accident: each publishes an item that is on hold."""

from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.db.transaction import atomic, set_rollback
from django.test import override_settings
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.filters import EntityPrePublish

from . import api
from .settings.common import FILTER_TYPE, STEP, add_step

BEFORE_US = "holds.four_ways.ForgetsToReturn"
CRASHES = "holds.four_ways.Crashes"
MISSPELT = "holds.pipelin.RefuseHeld"

CONFIGURATIONS = {
    "as it should be": {"pipeline": [STEP], "fail_silently": False},
    "1. a step before it forgets to return": {"pipeline": [BEFORE_US, STEP], "fail_silently": False},
    "2. it crashes, by default in silence": {"pipeline": [CRASHES]},
    "3. it cannot be imported, in silence": {"pipeline": [MISSPELT]},
    "4. somebody has replaced the configuration": {"pipeline": ["sample_plugin.reviews.pipeline.RequireReview"]},
}


class ForgetsToReturn(PipelineStep):
    """Another plugin's, which has nothing to say and does not hand on."""

    def run_filter(self, publish_log: PublishLog) -> None:
        """Return nothing, which ends the pipeline."""


class Crashes(PipelineStep):
    """Ours, with a bug in it."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Fail."""
        raise ZeroDivisionError


def show() -> None:
    """Print what becomes of an item that is on hold, while the filter is configured in each of these ways."""
    for name, config in CONFIGURATIONS.items():
        print(f"{name:44}{_publish_what_is_on_hold({FILTER_TYPE: config})}")


def show_repaired() -> None:
    """Print the same where ``add_step`` has put right what it can."""
    for name, config in CONFIGURATIONS.items():
        settings = SimpleNamespace(OPEN_EDX_FILTERS_CONFIG={FILTER_TYPE: config})
        add_step(settings)
        print(f"{name:44}{_publish_what_is_on_hold(settings.OPEN_EDX_FILTERS_CONFIG)}")


def _publish_what_is_on_hold(config: dict[str, Any]) -> str:
    with atomic(), override_settings(OPEN_EDX_FILTERS_CONFIG=config):
        library = content_api.create_learning_package("lib:Workshop:FourWays", title="Four ways")
        component, _version = content_api.create_component_and_version(
            library.id,
            component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
            component_code="salt",
            title="Salt",
            created=datetime.now(tz=timezone.utc),
            created_by=None,
        )
        reviews_api.set_review_required(library.id, False, changed_by=None)
        api.place_hold(component.id, placed_by_id=User.objects.earliest("id").id, reason="The dietician")
        what_happened = _publish(library)
        set_rollback(True)  # whatever it was, it is taken back
    return what_happened


def _publish(library: LearningPackage) -> str:
    try:
        content_api.publish_all_drafts(library.id)
    except EntityPrePublish.PreventPublish:
        return "refused"
    except (ZeroDivisionError, ImportError):
        return "refused, with a crash"
    return "PUBLISHED"
