"""Whether the plugin's own settings are valid and spelt right, and how strict they are."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from django.conf import settings

from ..conf import (
    ALLOW_SELF_REVIEW,
    DEFAULT_MODE,
    REQUIRED_BY_DEFAULT,
    WHO_MAY_REVIEW,
    ReviewMode,
    WhoMayReview,
    mode_by_default,
    who_may_review_by_default,
)
from ..gate import checks
from ..settings.common import DEFAULTS
from .findings import Check, Finding, from_system_check, ok, warning

__all__ = ["CHECKS"]

_PREFIX = "SAMPLE_PLUGIN_REVIEWS_"


def check_names() -> Iterator[Finding]:
    """A setting with a misspelt name has no effect, and nothing else would say so."""
    unknown = sorted(name for name in dir(settings) if name.startswith(_PREFIX) and name not in DEFAULTS)
    for name in unknown:
        close = get_close_matches(name, DEFAULTS, n=1)
        yield warning(
            f"The plugin has no setting {name}, so it has no effect.",
            f"Correct its name to {close[0]}." if close else "Remove it.",
        )
    if not unknown:
        yield ok(f"Every setting that begins with {_PREFIX} is one that the plugin has.")


def check_default() -> Iterator[Finding]:
    """Off by default is a decision, but new libraries are ungated."""
    mode = mode_by_default()
    if mode == ReviewMode.REQUIRED:
        yield ok("A library requires reviews unless its policy says otherwise.")
    else:
        yield warning(
            f"A library requires no review unless its policy says so: by the site's settings, its mode is {mode}.",
            f"Remove {DEFAULT_MODE.name} and {REQUIRED_BY_DEFAULT.name}, if the gate should be on for new libraries.",
        )


def check_self_review() -> Iterator[Finding]:
    """With ``anybody``, one person alone can take a change live."""
    rule = who_may_review_by_default()
    if rule == WhoMayReview.ANYBODY:
        yield warning(
            "Unless a library's policy says otherwise, authors can review their own changes.",
            f"Remove {WHO_MAY_REVIEW.name} and {ALLOW_SELF_REVIEW.name}, if another person should review them.",
        )
    else:
        yield ok(f"Who may review a change, of those who have the permission: {rule.label}.")


CHECKS = (
    Check("settings.values", from_system_check(checks.check_settings, otherwise="Every setting has a valid value.")),
    Check("settings.names", check_names),
    Check("settings.default", check_default),
    Check("settings.self_review", check_self_review),
)
