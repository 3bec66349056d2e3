"""Change the steps of a filter in Django's settings, and keep whatever else an operator or a plugin has configured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["change_steps"]


def change_steps(settings: Any, filter_type: str, change: Callable[[list[str]], list[str]], **keys: Any) -> None:
    """
    Give the filter the steps that ``change`` makes of its present ones, and these keys of its configuration.

    Other keys and other filters stay. openedx-filters accepts a dict, a list or a single string; the result is a dict.
    """
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(filter_type) or {}
    if not isinstance(config, dict):
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    if isinstance(steps, str):
        steps = [steps]
    filters[filter_type] = {**config, "pipeline": change(list(steps)), **keys}
    settings.OPEN_EDX_FILTERS_CONFIG = filters
