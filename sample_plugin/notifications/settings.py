"""
The app's settings, for every environment.

Studio calls :func:`plugin_settings` before it reads the operator's YAML, so that the operator's values win.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DEFAULTS", "plugin_settings"]

DEFAULTS: dict[str, object] = {
    # .. setting_name: SAMPLE_PLUGIN_NOTIFICATIONS_KINDS
    # .. setting_default: ['review_requested', 'due_tomorrow', 'changes_requested', 'answered', 'reviewed', 'published']
    # .. setting_description: What people are told about by mail. An empty list switches the mails off; the events are
    #    sent all the same.
    "SAMPLE_PLUGIN_NOTIFICATIONS_KINDS": [
        "review_requested",
        "due_tomorrow",
        "changes_requested",
        "answered",
        "reviewed",
        "published",
    ],
    # .. setting_name: SAMPLE_PLUGIN_NOTIFICATIONS_TIMING
    # .. setting_default: immediately
    # .. setting_description: When people are told who have not decided for themselves: immediately, daily (one mail a
    #    day with everything) or off.
    # .. setting_warning: In YAML, write "off" in quotes: without them it is a boolean, which is invalid, and then the
    #    default applies. Daily mails need a cron job: see the reference.
    "SAMPLE_PLUGIN_NOTIFICATIONS_TIMING": "immediately",
}

# How edx-ace mails, where the platform does not say: through Django.
_OF_EDX_ACE: dict[str, object] = {
    "ACE_ENABLED_CHANNELS": ["django_email"],
    "ACE_CHANNEL_DEFAULT_EMAIL": "django_email",
    "ACE_CHANNEL_TRANSACTIONAL_EMAIL": "django_email",
}


def plugin_settings(settings: Any) -> None:
    """Set the defaults."""
    for name, value in (DEFAULTS | _OF_EDX_ACE).items():
        if not hasattr(settings, name):
            setattr(settings, name, value)
