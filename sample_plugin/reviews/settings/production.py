"""
What is left to do after the operator's configuration has been read.

Studio's YAML may replace ``OPEN_EDX_FILTERS_CONFIG`` whole. Nobody who adds a filter step there means to switch the
reviews off; for that there are ``SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT`` and the policy of each learning package.
"""

from __future__ import annotations

from typing import Any

from .common import configure_filter


def plugin_settings(settings: Any) -> None:
    """Put our step back to the front of the filter."""
    configure_filter(settings)
