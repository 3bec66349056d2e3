"""Where Studio finds the app: the entry point in ``pyproject.toml`` names this class."""

from typing import Any

from django.apps import AppConfig
from edx_django_utils.plugins import PluginSettings


class HoldsConfig(AppConfig):
    """Configuration of the holds app."""

    name = "holds"
    verbose_name = "Holds"
    default_auto_field = "django.db.models.BigAutoField"

    # What the app brings, for which project. Without this attribute, be it empty, the platform passes the app over.
    plugin_app: dict[str, dict[str, Any]] = {
        PluginSettings.CONFIG: {
            "cms.djangoapp": {
                "common": {PluginSettings.RELATIVE_PATH: "settings.common"},
            },
        },
    }
