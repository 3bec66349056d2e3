"""System checks: report settings without effect, and mails that cannot be sent."""

from __future__ import annotations

from typing import Any

from django.core import checks

from .conf import find_invalid, kinds_of_site
from .mails import is_available

__all__ = ["register"]


def register() -> None:
    """Register the checks with Django."""
    checks.register(check_settings)
    checks.register(check_edx_ace)


def check_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report invalid values."""
    return [checks.Warning(problem, id="sample_plugin_notifications.W001") for problem in find_invalid()]


def check_edx_ace(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report that edx-ace is missing where mails are to be sent."""
    if is_available() or not kinds_of_site():
        return []
    return [
        checks.Warning(
            "No notification can be sent: edx-ace is not installed.",
            hint="Install openedx-sample-plugin-reviews[notifications], or set SAMPLE_PLUGIN_NOTIFICATIONS_KINDS: [].",
            id="sample_plugin_notifications.W002",
        )
    ]
