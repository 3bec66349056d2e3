"""
The app's settings: its step in the filter that runs before a publish.

Studio calls :func:`plugin_settings` before it reads the operator's YAML, and again after it: the YAML may have replaced
the whole configuration of filters.
"""

from __future__ import annotations

from typing import Any

from sample_plugin.reviews.settings.common import FILTER_TYPE, put_step
from sample_plugin.reviews.settings.common import STEP as REVIEWS_STEP

__all__ = ["FILTER_TYPE", "REVIEWS_STEP", "STEP", "configure_filter", "plugin_settings"]

STEP = "sample_plugin.conversations.pipeline.RequireResolved"


def plugin_settings(settings: Any) -> None:
    """Put the app's step into the filter that runs before a publish."""
    configure_filter(settings)


def configure_filter(settings: Any) -> None:
    """
    Put the app's step right behind the step of reviews. Safe to call again.

    The settings of reviews put theirs first, too, whichever of the two apps comes first.
    """
    put_step(settings, STEP, behind=(REVIEWS_STEP,))
