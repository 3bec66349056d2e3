"""The limits that a site can set. What is none is passed over for ours, and a system check says so."""

from __future__ import annotations

import re
from typing import TypeGuard

from django.conf import settings

from .settings.common import PUBLISH_IN_BACKGROUND_FROM, THROTTLE_RATE

__all__ = ["is_rate", "is_size", "publish_in_background_from", "throttle_rate"]


def publish_in_background_from() -> int:
    """Return from how many items on "publish reviewed items" goes to the background."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM", None)
    return value if is_size(value) else PUBLISH_IN_BACKGROUND_FROM


def throttle_rate() -> str:
    """Return how often one person may ask for what is expensive."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE", None)
    return value if is_rate(value) else THROTTLE_RATE


def is_size(value: object) -> TypeGuard[int]:
    """Return whether this is a number of items, which to Python False is, too."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_rate(value: object) -> TypeGuard[str]:
    """Return whether this is a rate such as "60/minute". On anything else DRF crashes, at each request."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]+/[smhd][a-z]*", value) is not None
