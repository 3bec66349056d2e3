"""What is left to do after the operator's configuration has been read, which may have replaced the filter's whole."""

from typing import Any

from .common import add_step


def plugin_settings(settings: Any) -> None:
    """Put our step back."""
    add_step(settings)
