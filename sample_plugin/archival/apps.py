"""The app config that the LMS loads: the entry point in ``pyproject.toml`` names this class."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from edx_django_utils.plugins import PluginSettings, PluginSignals, PluginURLs


class ArchivalConfig(AppConfig):
    """Configuration of the archival app."""

    name = "sample_plugin.archival"
    label = "sample_plugin_archival"
    verbose_name = _("Archived course cards")
    default_auto_field = "django.db.models.BigAutoField"

    # Only the LMS: Studio has no learner's dashboard.
    plugin_app: dict[str, dict[str, Any]] = {
        PluginURLs.CONFIG: {
            "lms.djangoapp": {
                PluginURLs.NAMESPACE: "sample_plugin_archival",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "rest_api.urls",
            },
        },
        PluginSettings.CONFIG: {
            "lms.djangoapp": {
                # Before the operator's YAML, and again after it, because it may replace the configuration of filters.
                "common": {PluginSettings.RELATIVE_PATH: "settings.common"},
                "production": {PluginSettings.RELATIVE_PATH: "settings.common"},
            },
        },
        PluginSignals.CONFIG: {
            "lms.djangoapp": {
                PluginSignals.RELATIVE_PATH: "receivers",
                PluginSignals.RECEIVERS: [
                    {
                        PluginSignals.RECEIVER_FUNC_NAME: "bring_back_after_upgrade",
                        PluginSignals.SIGNAL_PATH: "openedx_events.learning.signals.COURSE_ENROLLMENT_CHANGED",
                    },
                ],
            },
        },
    }
