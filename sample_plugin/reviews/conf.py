"""Read the numbers that a site can set. An invalid value falls back to the default; a system check reports it."""

from __future__ import annotations

import re
from typing import TypeGuard

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from .settings.common import PUBLISH_IN_BACKGROUND_FROM, REQUIRED_REVIEWERS, THROTTLE_RATE

__all__ = [
    "MAX_REQUIRED_REVIEWERS",
    "is_number_of_reviewers",
    "is_rate",
    "is_size",
    "publish_in_background_from",
    "required_reviewers_by_default",
    "throttle_rate",
]

# A higher number is a typing error, after which nothing would ever be published.
MAX_REQUIRED_REVIEWERS = 20


def required_reviewers_by_default() -> int:
    """
    Return how many different people must review a change if the package's policy does not set a number.

    Raises ``ImproperlyConfigured`` for an invalid setting. Any guess could be too low, and then the gate would be open.
    """
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS", REQUIRED_REVIEWERS)
    if not is_number_of_reviewers(value):
        raise ImproperlyConfigured(
            _("SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS is {value!r}: set it to a number from 1 to {max}.").format(
                value=value, max=MAX_REQUIRED_REVIEWERS
            )
        )
    return value


def is_number_of_reviewers(value: object) -> TypeGuard[int]:
    """Return whether this is a valid number of reviewers."""
    return is_size(value) and 1 <= value <= MAX_REQUIRED_REVIEWERS


def publish_in_background_from() -> int:
    """Return the number of items from which "publish reviewed items" runs in the background."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM", None)
    return value if is_size(value) else PUBLISH_IN_BACKGROUND_FROM


def throttle_rate() -> str:
    """Return how often one user may send the expensive requests."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE", None)
    return value if is_rate(value) else THROTTLE_RATE


def is_size(value: object) -> TypeGuard[int]:
    """Return whether this is a whole number. Booleans do not count, although Python treats them as integers."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_rate(value: object) -> TypeGuard[str]:
    """Return whether this is a rate such as "60/minute". DRF crashes at each request on any other value."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]+/[smhd][a-z]*", value) is not None
