"""Where Studio finds the app: the entry point in ``pyproject.toml`` names this class."""

from typing import Any

from django.apps import AppConfig
from edx_django_utils.plugins import PluginSettings, PluginSignals, PluginURLs


class HoldsConfig(AppConfig):
    """Configuration of the holds app."""

    name = "holds"
    verbose_name = "Holds"
    default_auto_field = "django.db.models.BigAutoField"

    # What the app brings, for which project. Without this attribute, be it empty, the platform passes the app over.
    plugin_app: dict[str, dict[str, Any]] = {
        PluginURLs.CONFIG: {
            "cms.djangoapp": {
                PluginURLs.NAMESPACE: "holds",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "urls",
            },
        },
        PluginSettings.CONFIG: {
            "cms.djangoapp": {
                "common": {PluginSettings.RELATIVE_PATH: "settings.common"},
                # After the operator's configuration, which may have replaced the filter's.
                "production": {PluginSettings.RELATIVE_PATH: "settings.production"},
            },
        },
        PluginSignals.CONFIG: {
            "cms.djangoapp": {
                PluginSignals.RELATIVE_PATH: "receivers",
                PluginSignals.RECEIVERS: [
                    {
                        PluginSignals.RECEIVER_FUNC_NAME: "mention_holds",
                        PluginSignals.SIGNAL_PATH: "sample_plugin.reviews.signals.ENTITIES_REVIEWED",
                    },
                ],
            },
        },
    }
