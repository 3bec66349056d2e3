"""
The plugin's settings, for every environment.

Studio calls :func:`plugin_settings` before it reads the operator's configuration, so that what is set there wins.
"""

from __future__ import annotations

from typing import Any

FILTER_TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "sample_plugin.reviews.pipeline.RequireReview"


def plugin_settings(settings: Any) -> None:
    """Set the defaults, and put our step first in the filter that runs before a publish."""
    defaults = {
        # Whether a learning package without a policy of its own needs reviews.
        "SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT": True,
        # Whether people may review their own changes.
        "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW": False,
    }
    for name, value in defaults.items():
        if not hasattr(settings, name):
            setattr(settings, name, value)
    configure_filter(settings)


def configure_filter(settings: Any) -> None:
    """
    Put our step first in the pipeline and make a crashing step stop the publish. Safe to call again.

    Both matter: a step that returns no dict ends the pipeline for those behind it, and with openedx-filters' default a
    step that crashes is passed over. Everything else that is configured stays: other steps in their order, other keys,
    other filters. openedx-filters takes a dict, a list or a single string; we leave a dict.
    """
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(FILTER_TYPE) or {}
    if not isinstance(config, dict):
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    if isinstance(steps, str):
        steps = [steps]
    filters[FILTER_TYPE] = {
        **config,
        "pipeline": [STEP, *(step for step in steps if step != STEP)],
        "fail_silently": False,
    }
    settings.OPEN_EDX_FILTERS_CONFIG = filters
