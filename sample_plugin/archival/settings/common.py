"""
The app's settings: they add its step to the filter that the LMS runs for each card.

The LMS calls :func:`plugin_settings` before it reads the operator's YAML, and again after it.
"""

from __future__ import annotations

from typing import Any

__all__ = ["FILTER_TYPE", "STEP", "plugin_settings"]

FILTER_TYPE = "org.openedx.learning.home.courserun.api.rendered.started.v1"
STEP = "sample_plugin.archival.pipeline.AddArchivedByLearner"


def plugin_settings(settings: Any) -> None:
    """
    Add the app's step to those that are configured. Safe to call again.

    Keeps everything else that is configured: other steps in their order, other keys, other filters. openedx-filters
    accepts a dict, a list or a single string; the result is a dict.
    """
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(FILTER_TYPE) or {}
    if not isinstance(config, dict):
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    if isinstance(steps, str):
        steps = [steps]
    if STEP not in steps:
        steps = [*steps, STEP]
    filters[FILTER_TYPE] = {**config, "pipeline": steps}
    settings.OPEN_EDX_FILTERS_CONFIG = filters
