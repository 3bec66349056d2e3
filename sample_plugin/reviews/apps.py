"""Where Studio and the LMS find the plugin: the entry points in ``pyproject.toml`` name this class."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from edx_django_utils.plugins import PluginSettings

_SETTINGS = {
    # Before the operator's YAML: our defaults. After it: the filter step, which the YAML may have replaced.
    "common": {PluginSettings.RELATIVE_PATH: "settings.common"},
    "production": {PluginSettings.RELATIVE_PATH: "settings.production"},
}


class ReviewsConfig(AppConfig):
    """Configuration of the reviews app."""

    name = "sample_plugin.reviews"
    label = "sample_plugin_reviews"
    verbose_name = _("Reviews before publishing")
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app = {
        PluginSettings.CONFIG: {
            "cms.djangoapp": _SETTINGS,
            "lms.djangoapp": _SETTINGS,
        },
    }

    def ready(self) -> None:
        """Put the gate in place, now that core's modules can be imported."""
        from . import checks, publish_gate  # noqa: PLC0415

        checks.register()
        publish_gate.install()
