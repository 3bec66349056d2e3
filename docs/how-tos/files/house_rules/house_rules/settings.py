"""Adds our step to the filter that runs before a publish."""

from __future__ import annotations

from typing import Any

FILTER_TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "house_rules.pipeline.RefusePlaceholders"


def plugin_settings(settings: Any) -> None:
    """Put our step behind those that are there, and let no crash of a step pass. Safe to call again."""
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(FILTER_TYPE) or {}
    if not isinstance(config, dict):  # openedx-filters takes a list or a single string, too
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    if isinstance(steps, str):
        steps = [steps]
    if STEP not in steps:
        steps = [*steps, STEP]
    filters[FILTER_TYPE] = {**config, "pipeline": steps, "fail_silently": False}
    settings.OPEN_EDX_FILTERS_CONFIG = filters
