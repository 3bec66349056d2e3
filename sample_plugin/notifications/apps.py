"""The app config that Studio and the LMS load: the entry points in ``pyproject.toml`` name this class."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from edx_django_utils.plugins import PluginSettings, PluginSignals, PluginURLs

_SETTINGS = {"common": {PluginSettings.RELATIVE_PATH: "settings"}}

# The receiver that the platform connects to each event. Those of conversations are in receivers.install(): a path to
# an app that is not installed would be an error.
_SIGNALS = {
    PluginSignals.RELATIVE_PATH: "receivers",
    PluginSignals.RECEIVERS: [
        {PluginSignals.RECEIVER_FUNC_NAME: function, PluginSignals.SIGNAL_PATH: path}
        for function, path in {
            "notify_of_review_requested": "sample_plugin.reviews.signals.REVIEW_REQUESTED",
            "notify_of_changes_requested": "sample_plugin.reviews.signals.CHANGES_REQUESTED",
            "notify_of_reviews": "sample_plugin.reviews.signals.ENTITIES_REVIEWED",
            # Core's own name for it is ``openedx_content.api.signals``, but this path must lead through modules.
            "notify_of_publish": "openedx_content.signals.ENTITIES_PUBLISHED",
        }.items()
    ],
}


class NotificationsConfig(AppConfig):
    """Configuration of the notifications app."""

    name = "sample_plugin.notifications"
    label = "sample_plugin_notifications"
    verbose_name = _("Notifications about reviews")
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app: dict[str, dict[str, Any]] = {
        PluginURLs.CONFIG: {
            "cms.djangoapp": {
                PluginURLs.NAMESPACE: "sample_plugin_notifications",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "rest_api.urls",
            },
        },
        PluginSettings.CONFIG: {
            "cms.djangoapp": _SETTINGS,
            "lms.djangoapp": _SETTINGS,
        },
        PluginSignals.CONFIG: {
            "cms.djangoapp": _SIGNALS,
            "lms.djangoapp": _SIGNALS,
        },
    }

    def ready(self) -> None:
        """Register the system check, and listen to conversations."""
        from . import checks, receivers  # noqa: PLC0415

        checks.register()
        receivers.install()
