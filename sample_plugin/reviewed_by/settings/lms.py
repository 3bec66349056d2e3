"""
The app's settings in the LMS: those of Studio, and the step that shows the line.

The LMS calls :func:`plugin_settings` again after the operator's YAML, which may replace the configuration of filters.
"""

from __future__ import annotations

from typing import Any

from sample_plugin.filter_steps import change_steps

from . import common

__all__ = ["FILTER_TYPE", "STEP", "plugin_settings"]

FILTER_TYPE = "org.openedx.learning.vertical_block_child.render.started.v1"
STEP = "sample_plugin.reviewed_by.pipeline.ShowReviewedBy"


def plugin_settings(settings: Any) -> None:
    """Set the default, and add the app's step to those that are configured. Safe to call again."""
    common.plugin_settings(settings)
    change_steps(settings, FILTER_TYPE, lambda steps: steps if STEP in steps else [*steps, STEP])
