"""The app config that Studio and the LMS load: the entry points in ``pyproject.toml`` name this class."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from edx_django_utils.plugins import PluginSettings, PluginURLs

_SETTINGS = {
    # Before the operator's YAML, and after it.
    "common": {PluginSettings.RELATIVE_PATH: "settings"},
    "production": {PluginSettings.RELATIVE_PATH: "settings"},
}


class ConversationsConfig(AppConfig):
    """Configuration of the conversations app."""

    name = "sample_plugin.conversations"
    label = "sample_plugin_conversations"
    verbose_name = _("Conversations about changes")
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app: dict[str, dict[str, Any]] = {
        PluginURLs.CONFIG: {
            "cms.djangoapp": {
                PluginURLs.NAMESPACE: "sample_plugin_conversations",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "rest_api.urls",
            },
        },
        PluginSettings.CONFIG: {
            "cms.djangoapp": _SETTINGS,
            "lms.djangoapp": _SETTINGS,
        },
    }

    def ready(self) -> None:
        """Register the system check."""
        from . import checks  # noqa: PLC0415

        checks.register()
