"""The operator's settings: their defaults, and the check of their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from . import __version__

PREFIX = "SAMPLE_PLUGIN_REVIEWS_"
NOTIFICATIONS_PREFIX = "SAMPLE_PLUGIN_NOTIFICATIONS_"
REVIEWED_BY_PREFIX = "SAMPLE_PLUGIN_REVIEWED_BY_"

# The distribution on PyPI, and the only folder name under which a checkout of it can be mounted.
PYTHON_PACKAGE = "openedx-sample-plugin-reviews"
NPM_PACKAGE = "frontend-plugin-sample-reviews"

# The settings of the images.
PIP_REQUIREMENT = f"{PREFIX}PIP_REQUIREMENT"
NPM_REQUIREMENT = f"{PREFIX}NPM_REQUIREMENT"
BUILD_DEFAULTS: dict[str, Any] = {
    PIP_REQUIREMENT: f"{PYTHON_PACKAGE}=={__version__}",
    NPM_REQUIREMENT: f"{NPM_PACKAGE}@{__version__}",
}

# The switches of what is installed: the two halves of the plugin, and the theme.
ENABLE_REVIEWS = f"{PREFIX}ENABLE_REVIEWS"
ENABLE_ARCHIVAL = f"{PREFIX}ENABLE_ARCHIVAL"
ENABLE_BRAND = f"{PREFIX}ENABLE_BRAND"
SWITCHES: dict[str, Any] = {
    ENABLE_REVIEWS: True,
    ENABLE_ARCHIVAL: True,
    ENABLE_BRAND: False,
}

_KINDS = ["review_requested", "due_tomorrow", "changes_requested", "answered", "reviewed", "published"]
_TIMINGS = ("immediately", "daily", "off")

# The settings that Studio and the LMS read, under the same names. Each app's settings explain them.
DJANGO_DEFAULTS: dict[str, Any] = {
    f"{PREFIX}DEFAULT_MODE": "required",
    f"{PREFIX}REQUIRED_BY_DEFAULT": True,
    f"{PREFIX}REQUIRED_REVIEWERS": 1,
    f"{PREFIX}WHO_MAY_REVIEW": "not_contributors",
    f"{PREFIX}ALLOW_SELF_REVIEW": False,
    f"{PREFIX}REVIEW_STARTS": "every_save",
    f"{PREFIX}IMPORT_TASKS": [
        "cms.djangoapps.modulestore_migrator.tasks.bulk_migrate_from_modulestore",
        "cms.djangoapps.modulestore_migrator.tasks.migrate_from_modulestore",
        "openedx.core.djangoapps.content_libraries.tasks.import_blocks_from_course",
    ],
    f"{PREFIX}REVIEW_ACTION": "content_libraries.review_library_content",
    f"{PREFIX}PUBLISH_IN_BACKGROUND_FROM": 500,
    f"{PREFIX}OVERDUE_DAYS": 7,
    f"{PREFIX}THROTTLE_RATE": "60/minute",
    f"{NOTIFICATIONS_PREFIX}KINDS": _KINDS,
    f"{NOTIFICATIONS_PREFIX}TIMING": "immediately",
    f"{REVIEWED_BY_PREFIX}SHOW_TO_LEARNERS": False,
}

DEFAULTS = {**BUILD_DEFAULTS, **SWITCHES, **DJANGO_DEFAULTS}


def find_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for every setting in Tutor's configuration that would not work."""
    for name, (is_right, what_is_right) in _RULES.items():
        if not is_right(config.get(name)):
            yield f"{name} is {config.get(name)!r}: it has to be {what_is_right}."
    for name in config:
        if name.startswith((PREFIX, NOTIFICATIONS_PREFIX, REVIEWED_BY_PREFIX)) and name not in DEFAULTS:
            yield f"{name} is not a setting of this plugin. There are: {', '.join(DEFAULTS)}."
    for mount in config.get("MOUNTS") or []:
        folder = Path(mount).expanduser()
        if (folder / "sample_plugin/reviews").is_dir() and folder.name != PYTHON_PACKAGE:
            yield f"{mount} is not mounted, because Tutor decides by the folder's name: rename it to {PYTHON_PACKAGE}."


def if_enabled(switch: str, text: str, otherwise: str = "") -> str:
    """Return the text for a patch that depends on a switch."""
    return f"{{% if {switch} %}}{text}{{% else %}}{otherwise}{{% endif %}}"


def is_path(requirement: str) -> bool:
    """Return whether this is a file on this machine, which has to be copied into the build folder of an image."""
    return requirement.startswith(("/", "~"))


def _is_requirement(value: object, *, package: str, files: tuple[str, ...]) -> bool:
    """Return whether an image can be built with this: the package in some version, a URL, or a file that exists."""
    # It ends up between quotes, in a Dockerfile.
    if not isinstance(value, str) or re.search(r"['\\\x00-\x1f]", value):
        return False
    if is_path(value):
        return value.endswith(files) and Path(value).expanduser().is_file()
    return re.fullmatch(package, value) is not None


def _is_pip_requirement(value: object) -> bool:
    return _is_requirement(
        value,
        package=rf"{PYTHON_PACKAGE}( *{_VERSION}( *, *{_VERSION})*| *@ *{_URL})?|{_URL}",
        files=(".whl", ".tar.gz"),
    )


def _is_npm_requirement(value: object) -> bool:
    # Not the URL of a repository: npm cannot install from a folder inside one.
    return _is_requirement(value, package=rf"{NPM_PACKAGE}(@[\w.^~<>=| *-]+)?|https?://\S+\.tgz", files=(".tgz",))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_action(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\w+\.\w+", value) is not None


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number_of_reviewers(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20


def _is_number_of_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 3650


def _is_mode(value: object) -> bool:
    return value in ("required", "advisory", "off")


def _is_rule(value: object) -> bool:
    return value in ("not_contributors", "not_last_editor", "anybody")


def _is_start(value: object) -> bool:
    return value in ("every_save", "when_asked")


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name for name in value)


def _is_list_of_kinds(value: object) -> bool:
    return isinstance(value, list) and all(name in _KINDS for name in value)


def _is_timing(value: object) -> bool:
    return value in _TIMINGS


def _is_rate(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9]+/[smhd][a-z]*", value) is not None


_URL = r"(git\+)?(https?|ssh)://\S+"
_VERSION = r"(===?|~=|!=|<=?|>=?) *[\w.*+!-]+"

_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    PIP_REQUIREMENT: (
        _is_pip_requirement,
        f"“{PYTHON_PACKAGE}” with a version or without, a URL (git+https://…), or the path of a wheel or an sdist "
        "(a checkout is mounted: tutor mounts add)",
    ),
    NPM_REQUIREMENT: (
        _is_npm_requirement,
        f"“{NPM_PACKAGE}” with a version or without, or the URL or the path of a .tgz file that “npm pack” has made",
    ),
    **dict.fromkeys(SWITCHES, (_is_switch, "true or false")),
    # To YAML, a plain off is a boolean.
    f"{PREFIX}DEFAULT_MODE": (_is_mode, 'required, advisory or "off" (in quotes)'),
    f"{PREFIX}REQUIRED_BY_DEFAULT": (_is_switch, "true or false"),
    f"{PREFIX}REQUIRED_REVIEWERS": (_is_number_of_reviewers, "a whole number from 1 to 20"),
    f"{PREFIX}WHO_MAY_REVIEW": (_is_rule, "not_contributors, not_last_editor or anybody"),
    f"{PREFIX}ALLOW_SELF_REVIEW": (_is_switch, "true or false"),
    f"{PREFIX}REVIEW_STARTS": (_is_start, "every_save or when_asked"),
    f"{PREFIX}IMPORT_TASKS": (_is_list_of_names, "a list of names of Celery tasks"),
    f"{PREFIX}REVIEW_ACTION": (
        _is_action,
        "an action of openedx-authz, such as content_libraries.publish_library_content",
    ),
    f"{PREFIX}PUBLISH_IN_BACKGROUND_FROM": (_is_size, "a whole number"),
    f"{PREFIX}OVERDUE_DAYS": (_is_number_of_days, "a whole number from 1 to 3650"),
    f"{PREFIX}THROTTLE_RATE": (_is_rate, "a number and a period, such as 60/minute or 1000/day"),
    f"{NOTIFICATIONS_PREFIX}KINDS": (_is_list_of_kinds, f"a list of {', '.join(_KINDS)}"),
    f"{REVIEWED_BY_PREFIX}SHOW_TO_LEARNERS": (_is_switch, "true or false"),
    f"{NOTIFICATIONS_PREFIX}TIMING": (_is_timing, 'immediately, daily or "off" (in quotes)'),
}
