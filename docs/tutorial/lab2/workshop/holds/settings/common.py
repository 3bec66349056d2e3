"""Our settings, for every environment. The platform reads the operator's configuration after this, so that it wins."""

from typing import Any


def plugin_settings(settings: Any) -> None:
    """Set our defaults."""
    settings.HOLDS_REASON_MAX_LENGTH = 200
