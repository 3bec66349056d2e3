"""The app config that Studio and the LMS load: the entry points in ``pyproject.toml`` name this class."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from edx_django_utils.plugins import PluginSettings, PluginURLs


def _settings(path: str) -> dict[str, dict[str, str]]:
    # Before the operator's YAML, and after it.
    return {name: {PluginSettings.RELATIVE_PATH: path} for name in ("common", "production")}


class ReviewedByConfig(AppConfig):
    """Configuration of the app."""

    name = "sample_plugin.reviewed_by"
    label = "sample_plugin_reviewed_by"
    verbose_name = _("Reviews, as learners see them")
    default_auto_field = "django.db.models.BigAutoField"

    # It is decided in Studio, and shown in the LMS.
    plugin_app: dict[str, dict[str, Any]] = {
        PluginURLs.CONFIG: {
            "cms.djangoapp": {
                PluginURLs.NAMESPACE: "sample_plugin_reviewed_by",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "rest_api.urls",
            },
        },
        PluginSettings.CONFIG: {
            "cms.djangoapp": _settings("settings.common"),
            "lms.djangoapp": _settings("settings.lms"),
        },
    }

    def ready(self) -> None:
        """Register the system check, and listen to the platform's retirement of accounts."""
        from . import checks, retirement  # noqa: PLC0415

        checks.register()
        retirement.listen()
