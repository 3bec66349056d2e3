"""
The app's settings in Studio and in the LMS.

Both call :func:`plugin_settings` before they read the operator's YAML, so that the operator's values win.
"""

from __future__ import annotations

from typing import Any

__all__ = ["SHOW_TO_LEARNERS", "plugin_settings"]

# .. setting_name: SAMPLE_PLUGIN_REVIEWED_BY_SHOW_TO_LEARNERS
# .. setting_default: False
# .. setting_description: Whether libraries can show learners that their content was reviewed, by a line below each
#    block. Each library and each reviewer then decides for themselves.
# .. setting_warning: Set it for Studio and for the LMS. Only the boolean true switches it on.
SHOW_TO_LEARNERS = "SAMPLE_PLUGIN_REVIEWED_BY_SHOW_TO_LEARNERS"


def plugin_settings(settings: Any) -> None:
    """Set the default."""
    if not hasattr(settings, SHOW_TO_LEARNERS):
        setattr(settings, SHOW_TO_LEARNERS, False)
