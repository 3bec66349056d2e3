"""Where Studio finds the plugin: the entry point in ``pyproject.toml`` names this class."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from edx_django_utils.plugins import PluginSettings, PluginSignals


class HouseRulesConfig(AppConfig):
    """Configuration of the app."""

    name = "house_rules"

    plugin_app: dict[str, dict[str, Any]] = {
        PluginSettings.CONFIG: {
            "cms.djangoapp": {
                # Before the operator's YAML, and after it: that may have replaced the setting.
                "common": {PluginSettings.RELATIVE_PATH: "settings"},
                "production": {PluginSettings.RELATIVE_PATH: "settings"},
            },
        },
        PluginSignals.CONFIG: {
            "cms.djangoapp": {
                PluginSignals.RELATIVE_PATH: "receivers",
                PluginSignals.RECEIVERS: [
                    {
                        PluginSignals.RECEIVER_FUNC_NAME: "tell_author_after_request",
                        PluginSignals.SIGNAL_PATH: "sample_plugin.reviews.signals.CHANGES_REQUESTED",
                    },
                ],
            },
        },
    }
