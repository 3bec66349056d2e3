"""
Read the site's settings: one table with the valid values of each, and with the check that reports an invalid one.

An invalid value falls back to the default, which ``settings/common.py`` describes, and a system check reports it. The
exception is the number of required reviewers: any guess could be too low, and then the gate would be open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .settings.common import DEFAULTS

__all__ = [
    "ALLOW_SELF_REVIEW",
    "DEFAULT_MODE",
    "IMPORT_TASKS",
    "MAX_REQUIRED_REVIEWERS",
    "OVERDUE_DAYS",
    "PUBLISH_IN_BACKGROUND_FROM",
    "REQUIRED_BY_DEFAULT",
    "REQUIRED_REVIEWERS",
    "REVIEW_ACTION",
    "REVIEW_STARTS",
    "SETTINGS",
    "THROTTLE_RATE",
    "WHO_MAY_REVIEW",
    "ReviewMode",
    "ReviewStarts",
    "Setting",
    "WhoMayReview",
    "is_number_of_reviewers",
    "mode_by_default",
    "review_starts_by_default",
    "who_may_review_by_default",
]

# A higher number is a typing error, after which nothing would ever be published.
MAX_REQUIRED_REVIEWERS = 20
# Ten years.
_MAX_OVERDUE_DAYS = 3650


class ReviewMode(TextChoices):
    """What happens to unreviewed changes that are to be published, from the weakest rule to the strictest."""

    #: They are published.
    OFF = "off", _("off")
    #: They are published, and the plugin says and records what it would have refused.
    ADVISORY = "advisory", _("advisory")
    #: They are refused.
    REQUIRED = "required", _("required")


class WhoMayReview(TextChoices):
    """Which of the users with the permission to review in the library may review a change."""

    NOT_CONTRIBUTORS = "not_contributors", _("people who did not change it")
    NOT_LAST_EDITOR = "not_last_editor", _("anyone but the last editor")
    ANYBODY = "anybody", _("anyone")


class ReviewStarts(TextChoices):
    """When an unpublished change waits for a review. The gate does not depend on it."""

    #: From the first save on.
    EVERY_SAVE = "every_save", _("at every save")
    #: Once an author has asked for a review of it. Until then the change is in progress.
    WHEN_ASKED = "when_asked", _("when an author asks")


@dataclass(frozen=True, kw_only=True)
class Setting[Value]:
    """One setting of the site."""

    name: str
    is_valid: Callable[[object], bool]
    #: The valid values in words, for “set it to …”.
    valid_values: str
    check_id: str
    hint: str = "In YAML, write it without quotes."
    has_fallback: bool = True

    @property
    def value(self) -> object:
        """The value in the site's settings, valid or not."""
        return getattr(settings, self.name, DEFAULTS[self.name])

    def read(self) -> Value:
        """Return a valid value. Raises ``ImproperlyConfigured`` for an invalid one that has no fallback."""
        value = self.value
        if not self.is_valid(value):
            if not self.has_fallback:
                raise ImproperlyConfigured(self.problem())
            value = DEFAULTS[self.name]
        return cast(Value, value)

    def problem(self) -> str:
        """Return a sentence about an invalid value, and one about the consequence."""
        until_then = f"the default applies: {DEFAULTS[self.name]}" if self.has_fallback else "nothing can be published"
        return f"{self.name} is {self.value!r}: set it to {self.valid_values}. Until then {until_then}."


def _is_switch(value: object) -> bool:
    # The string "false" would be true.
    return isinstance(value, bool)


def _is_whole_number(value: object) -> TypeGuard[int]:
    # To Python, a boolean is an integer.
    return isinstance(value, int) and not isinstance(value, bool)


def is_number_of_reviewers(value: object) -> TypeGuard[int]:
    """Return whether this many reviewers can be required."""
    return _is_whole_number(value) and 1 <= value <= MAX_REQUIRED_REVIEWERS


def _is_number_of_days(value: object) -> bool:
    return _is_whole_number(value) and 1 <= value <= _MAX_OVERDUE_DAYS


def _is_mode(value: object) -> bool:
    return isinstance(value, str) and value in ReviewMode.values


def _is_rule(value: object) -> bool:
    return isinstance(value, str) and value in WhoMayReview.values


def _is_start(value: object) -> bool:
    return isinstance(value, str) and value in ReviewStarts.values


def _is_list_of_names(value: object) -> bool:
    # To Python, a single string is a list of letters.
    return isinstance(value, list | tuple | set) and all(isinstance(name, str) for name in value)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_rate(value: object) -> bool:
    # DRF crashes at each request on any other value.
    return isinstance(value, str) and re.fullmatch(r"[0-9]+/[smhd][a-z]*", value) is not None


DEFAULT_MODE = Setting[str](
    name="SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE",
    is_valid=_is_mode,
    valid_values=", ".join(ReviewMode.values[:-1]) + f" or {ReviewMode.values[-1]}",
    check_id="sample_plugin_reviews.W014",
    # To YAML, a plain off is a boolean.
    hint="In YAML, write “off” in quotes.",
)
REQUIRED_BY_DEFAULT = Setting[bool](
    name="SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT",
    is_valid=_is_switch,
    valid_values="True or False",
    check_id="sample_plugin_reviews.W004",
)
REQUIRED_REVIEWERS = Setting[int](
    name="SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS",
    is_valid=is_number_of_reviewers,
    valid_values=f"a number from 1 to {MAX_REQUIRED_REVIEWERS}",
    check_id="sample_plugin_reviews.E003",
    has_fallback=False,
)
WHO_MAY_REVIEW = Setting[str](
    name="SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW",
    is_valid=_is_rule,
    valid_values=", ".join(WhoMayReview.values[:-1]) + f" or {WhoMayReview.values[-1]}",
    check_id="sample_plugin_reviews.W012",
)
ALLOW_SELF_REVIEW = Setting[bool](
    name="SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW",
    is_valid=_is_switch,
    valid_values="True or False",
    check_id="sample_plugin_reviews.W004",
)
REVIEW_STARTS = Setting[str](
    name="SAMPLE_PLUGIN_REVIEWS_REVIEW_STARTS",
    is_valid=_is_start,
    valid_values=" or ".join(ReviewStarts.values),
    check_id="sample_plugin_reviews.W015",
)
IMPORT_TASKS = Setting[list[str]](
    name="SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS",
    is_valid=_is_list_of_names,
    valid_values="a list of names of Celery tasks",
    check_id="sample_plugin_reviews.W013",
    hint="In YAML, write each name on its own line, after a dash.",
)
REVIEW_ACTION = Setting[str](
    name="SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION",
    is_valid=_is_name,
    valid_values="the name of an action of openedx-authz",
    check_id="sample_plugin_reviews.W005",
)
PUBLISH_IN_BACKGROUND_FROM = Setting[int](
    name="SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM",
    is_valid=_is_whole_number,
    valid_values="a whole number",
    check_id="sample_plugin_reviews.W007",
)
OVERDUE_DAYS = Setting[int](
    name="SAMPLE_PLUGIN_REVIEWS_OVERDUE_DAYS",
    is_valid=_is_number_of_days,
    valid_values=f"a number from 1 to {_MAX_OVERDUE_DAYS}",
    check_id="sample_plugin_reviews.W016",
)
THROTTLE_RATE = Setting[str](
    name="SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE",
    is_valid=_is_rate,
    valid_values="a number and a period, such as 60/minute or 1000/day",
    check_id="sample_plugin_reviews.W008",
    hint="The period is a second, a minute, an hour or a day.",
)

SETTINGS: tuple[Setting[object], ...] = (
    DEFAULT_MODE,
    REQUIRED_BY_DEFAULT,
    REQUIRED_REVIEWERS,
    WHO_MAY_REVIEW,
    ALLOW_SELF_REVIEW,
    REVIEW_STARTS,
    IMPORT_TASKS,
    REVIEW_ACTION,
    PUBLISH_IN_BACKGROUND_FROM,
    OVERDUE_DAYS,
    THROTTLE_RATE,
)


def mode_by_default() -> ReviewMode:
    """
    Return the mode of a package whose policy does not say.

    ``REQUIRED_BY_DEFAULT`` is the older setting: False means off, as long as ``DEFAULT_MODE`` has its default. An
    invalid ``DEFAULT_MODE`` is not its default: then reviews are required.
    """
    if DEFAULT_MODE.value == DEFAULTS[DEFAULT_MODE.name] and not REQUIRED_BY_DEFAULT.read():
        return ReviewMode.OFF
    return ReviewMode(DEFAULT_MODE.read())


def who_may_review_by_default() -> WhoMayReview:
    """
    Return which contributors may review if the package's policy does not say.

    ``ALLOW_SELF_REVIEW`` is the older setting: it counts as long as ``WHO_MAY_REVIEW`` has its default. An invalid
    ``WHO_MAY_REVIEW`` is not its default.
    """
    if WHO_MAY_REVIEW.value == DEFAULTS[WHO_MAY_REVIEW.name] and ALLOW_SELF_REVIEW.read():
        return WhoMayReview.ANYBODY
    return WhoMayReview(WHO_MAY_REVIEW.read())


def review_starts_by_default() -> ReviewStarts:
    """Return when a change waits for a review if the package's policy does not say."""
    return ReviewStarts(REVIEW_STARTS.read())
