"""A system check of the app's setting."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from .settings.common import SHOW_TO_LEARNERS

__all__ = ["register"]


def register() -> None:
    """Have ``manage.py check`` and each start of the server check the setting."""
    checks.register(check_setting)


def check_setting(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of a value that is not a boolean: it counts as off."""
    value = getattr(settings, SHOW_TO_LEARNERS, False)
    if isinstance(value, bool):
        return []
    return [
        checks.Warning(
            f"{SHOW_TO_LEARNERS} is {value!r}, so learners do not see who reviewed the content.",
            hint="Set it to true or false, without quotes.",
            id="sample_plugin_reviewed_by.W001",
        )
    ]
