"""Read the app's settings. An invalid value falls back to the default, and a system check reports it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from .kinds import Kind, Timing
from .settings import DEFAULTS

__all__ = ["default_timing", "find_invalid", "kinds_of_site"]

_KINDS, _TIMING = DEFAULTS


def kinds_of_site() -> frozenset[Kind]:
    """Return the kinds that the site has not switched off. Unknown names are ignored."""
    value = _value(_KINDS)
    names: Any = value if _is_list(value) else DEFAULTS[_KINDS]
    return frozenset(kind for kind in Kind if kind in names)


def default_timing() -> Timing:
    """Return when people are told who have not decided for themselves."""
    value = _value(_TIMING)
    return Timing(str(value if value in Timing.values else DEFAULTS[_TIMING]))


def find_invalid() -> list[str]:
    """Return a sentence about each invalid value."""
    problems = []
    kinds, timing = _value(_KINDS), _value(_TIMING)
    if not _is_list(kinds):
        problems.append(f"{_KINDS} is {kinds!r}: set it to a list. Until then people are told about everything.")
    elif unknown := [name for name in kinds if name not in Kind.values]:
        problems.append(f"{_KINDS} has unknown names: {unknown}. Known ones are: {', '.join(Kind.values)}.")
    if timing not in Timing.values:
        problems.append(
            f"{_TIMING} is {timing!r}: set it to one of {', '.join(Timing.values)}. "
            f"Until then the default applies: {DEFAULTS[_TIMING]}."
        )
    return problems


def _value(name: str) -> Any:
    return getattr(settings, name, DEFAULTS[name])


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple | set)
