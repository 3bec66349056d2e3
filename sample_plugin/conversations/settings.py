"""
The app's settings: its step in the filter that runs before a publish.

Studio calls :func:`plugin_settings` before it reads the operator's YAML, and again after it: the YAML may have replaced
the whole configuration of filters.
"""

from __future__ import annotations

from typing import Any

FILTER_TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "sample_plugin.conversations.pipeline.RequireResolved"
REVIEWS_STEP = "sample_plugin.reviews.pipeline.RequireReview"


def plugin_settings(settings: Any) -> None:
    """Put the app's step into the filter that runs before a publish."""
    configure_filter(settings)


def configure_filter(settings: Any) -> None:
    """
    Put the app's step behind the step of reviews, and make a crashing step stop the publish. Safe to call again.

    Before the steps of other plugins: one that does not return a dict ends the pipeline. Everything else that is
    configured stays. openedx-filters accepts a dict, a list or a single string; the result is a dict.
    """
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(FILTER_TYPE) or {}
    if not isinstance(config, dict):
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    if isinstance(steps, str):
        steps = [steps]
    # The settings of reviews put its step first, too, whichever of the two apps comes first.
    reviews = [REVIEWS_STEP] if REVIEWS_STEP in steps else []
    others = [step for step in steps if step not in (STEP, REVIEWS_STEP)]
    filters[FILTER_TYPE] = {
        **config,
        "pipeline": [*reviews, STEP, *others],
        "fail_silently": False,
    }
    settings.OPEN_EDX_FILTERS_CONFIG = filters
