"""The app config that Studio and the LMS load: the entry points in ``pyproject.toml`` name this class."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from edx_django_utils.plugins import PluginSettings, PluginSignals, PluginURLs

_SETTINGS = {
    # Before the operator's YAML: our defaults. After it: the filter step, because the YAML may have replaced it.
    "common": {PluginSettings.RELATIVE_PATH: "settings.common"},
    "production": {PluginSettings.RELATIVE_PATH: "settings.production"},
}

# The receiver that the platform connects to each event.
_SIGNALS = {
    PluginSignals.RELATIVE_PATH: "receivers",
    PluginSignals.RECEIVERS: [
        {
            PluginSignals.RECEIVER_FUNC_NAME: "carry_over_reviews_after_save",
            # Core's own name for it is ``openedx_content.api.signals``, but this path must lead through modules.
            PluginSignals.SIGNAL_PATH: "openedx_content.signals.ENTITIES_DRAFT_CHANGED",
        },
    ],
}


class ReviewsConfig(AppConfig):
    """Configuration of the reviews app."""

    name = "sample_plugin.reviews"
    label = "sample_plugin_reviews"
    verbose_name = _("Reviews before publishing")
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app: dict[str, dict[str, Any]] = {
        PluginURLs.CONFIG: {
            "cms.djangoapp": {
                PluginURLs.NAMESPACE: "sample_plugin_reviews",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "rest_api.urls",
            },
            # Nothing is reviewed in the LMS: it has only what course teams ask.
            "lms.djangoapp": {
                PluginURLs.NAMESPACE: "sample_plugin_reviews",
                PluginURLs.REGEX: "",
                PluginURLs.RELATIVE_PATH: "rest_api.lms_urls",
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
        """Put the gate in place, now that core's modules can be imported."""
        from . import policy, receivers  # noqa: PLC0415
        from .gate import checks, core, refusals  # noqa: PLC0415

        checks.register()
        policy.install()
        core.install()
        refusals.install()
        receivers.install()
