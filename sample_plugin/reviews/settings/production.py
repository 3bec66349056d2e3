"""
Put the plugin's filter step back after the operator's configuration has been read.

Studio's YAML can replace the whole ``OPEN_EDX_FILTERS_CONFIG``. An operator who adds a filter step there does not mean
to switch reviews off: ``SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT`` and the policy of each learning package do that.
"""

from __future__ import annotations

from typing import Any

from .common import configure_filter


def plugin_settings(settings: Any) -> None:
    """Put the plugin's step first in the filter again."""
    configure_filter(settings)
