"""
Leave apps of this distribution out, where an operator wants only the others.

The platform loads an app because of its entry point, and has no setting that keeps it from doing so. It looks for what
the app brings in ``plugin_app``, and for the app in ``INSTALLED_APPS``; both are emptied here.
"""

from __future__ import annotations

import logging
from typing import Any

from django.utils.module_loading import import_string

from .filter_steps import change_steps

__all__ = ["leave_out"]

log = logging.getLogger(__name__)


def leave_out(settings: Any, *names: str) -> None:
    """
    Keep Studio or the LMS from loading these apps, such as ``sample_plugin.archival``, and log a warning for each.

    Call it at the end of a settings file, when the settings of all plugins have run. Apps that are not installed are
    passed over. Tables and their content stay.

    Without reviews there is no gate: everything can be published. Leave out conversations, notifications and
    reviewed_by with them, which use reviews.
    """
    inside = tuple(f"{name}." for name in names)
    for app in [app for app in settings.INSTALLED_APPS if app.startswith(inside)]:
        log.warning("The settings leave this app out, so it is not loaded: %s", app)
        # Neither URLs nor receivers: the platform asks for them later.
        import_string(app).plugin_app = {}
        settings.INSTALLED_APPS = [other for other in settings.INSTALLED_APPS if other != app]
    for filter_type in getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {}:
        change_steps(settings, filter_type, lambda steps: [step for step in steps if not step.startswith(inside)])
