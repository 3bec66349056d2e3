"""
The app's settings: they add its step to the filter that the LMS runs for each card.

The LMS calls :func:`plugin_settings` before it reads the operator's YAML, and again after it.
"""

from __future__ import annotations

from typing import Any

from sample_plugin.filter_steps import change_steps

__all__ = ["FILTER_TYPE", "STEP", "plugin_settings"]

FILTER_TYPE = "org.openedx.learning.home.courserun.api.rendered.started.v1"
STEP = "sample_plugin.archival.pipeline.AddArchivedByLearner"


def plugin_settings(settings: Any) -> None:
    """
    Add the app's step to those that are configured. Safe to call again.

    Keeps everything else that is configured: other steps in their order, other keys, other filters.
    """
    change_steps(settings, FILTER_TYPE, lambda steps: steps if STEP in steps else [*steps, STEP])
