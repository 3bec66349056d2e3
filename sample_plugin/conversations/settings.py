"""
The app's settings: its steps in the filters of reviews.

Studio calls :func:`plugin_settings` before it reads the operator's YAML, and again after it: the YAML may have replaced
the whole configuration of filters.
"""

from __future__ import annotations

from typing import Any

from sample_plugin.reviews.settings.common import FILTER_TYPE, put_step
from sample_plugin.reviews.settings.common import STEP as REVIEWS_STEP

__all__ = ["ADDING", "FILTER_TYPE", "REVIEWS_STEP", "STEP", "configure_filter", "plugin_settings"]

STEP = "sample_plugin.conversations.pipeline.RequireResolved"
# What the app adds to what reviews show, by the type of the filter.
ADDING = {
    "org.openedx.content_authoring.entity.history.requested.v1": "sample_plugin.conversations.pipeline.AddToHistory",
    "org.openedx.content_authoring.entity.live_evidence.requested.v1": (
        "sample_plugin.conversations.pipeline.AddToLiveEvidence"
    ),
}


def plugin_settings(settings: Any) -> None:
    """Put the app's steps into the filters of reviews."""
    configure_filter(settings)


def configure_filter(settings: Any) -> None:
    """
    Put the app's step before a publish right behind that of reviews, and its other steps first. Safe to call again.

    The settings of reviews put theirs first, too, whichever of the two apps comes first.
    """
    put_step(settings, STEP, behind=(REVIEWS_STEP,))
    for filter_type, step in ADDING.items():
        put_step(settings, step, filter_type=filter_type)
