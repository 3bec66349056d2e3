"""A system check: report a configuration in which the app's step cannot stop a publish."""

from __future__ import annotations

from typing import Any

from django.core import checks

from sample_plugin.reviews.filters import EntityPrePublish

from .settings import REVIEWS_STEP, STEP

__all__ = ["register"]


def register() -> None:
    """Register the check with Django."""
    checks.register(check_filter, checks.Tags.security)


def check_filter(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report that the step is missing, that it is skipped if it crashes, or that another step can end the pipeline."""
    steps, fail_silently, _extra = EntityPrePublish.get_pipeline_configuration()
    if STEP in steps and set(steps[: steps.index(STEP)]) <= {REVIEWS_STEP} and not fail_silently:
        return []
    return [
        checks.Warning(
            "Libraries that require resolved conversations may publish changes with open ones: in the filter "
            f"{EntityPrePublish.filter_type} the step {STEP} is missing or comes too late, or steps that crash are "
            "skipped.",
            hint="Let sample_plugin.conversations.settings.configure_filter(settings) run after the settings "
            "that replace OPEN_EDX_FILTERS_CONFIG.",
            id="sample_plugin_conversations.W001",
        )
    ]
