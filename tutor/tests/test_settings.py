"""What is wrong with a setting is told when it is saved, in a sentence, and nothing is rendered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Tutor
from tutor_sample_plugin_reviews.settings import (
    DEFAULTS,
    DJANGO_DEFAULTS,
    NOTIFICATIONS_PREFIX,
    NPM_REQUIREMENT,
    PIP_REQUIREMENT,
    PREFIX,
    REVIEWED_BY_PREFIX,
    find_faults,
)


def test_the_readme_has_every_setting_with_its_default() -> None:
    named = re.findall(
        rf"^``((?:{PREFIX}|{NOTIFICATIONS_PREFIX}|{REVIEWED_BY_PREFIX})\w+)`` \(default: ``(.*)``\)$",
        (ROOT / "tutor" / "README.rst").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert dict(named) == {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in DEFAULTS.items()
    }


def test_the_defaults_are_those_of_the_django_package() -> None:
    """There a test holds these comments against the code."""
    files = [
        "sample_plugin/reviews/settings/common.py",
        "sample_plugin/notifications/settings.py",
        "sample_plugin/reviewed_by/settings/common.py",
    ]
    found = re.findall(
        r"^ *# \.\. setting_name: (\w+)\n *# \.\. setting_default: (.+(?:\n *#    .+)*)$",
        "\n".join((ROOT / file).read_text(encoding="utf-8") for file in files),
        re.MULTILINE,
    )
    # A long one goes on in the next line.
    named = {name: re.sub(r"\n *# +", " ", default) for name, default in found}
    assert named == {name: str(value) for name, value in DJANGO_DEFAULTS.items()}


def test_a_wrong_setting_is_told_and_nothing_is_rendered(tutor: Tutor) -> None:
    tutor.enable("mfe", "sample-plugin-reviews")
    before = tutor.files()
    wrong = (
        "--set=SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW=perhaps",
        "--set=SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE=null",
        "--set=PLATFORM_NAME=New",
    )
    assert tutor.refusal("config", "save", *wrong) == (
        "sample-plugin-reviews: "
        "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW is 'perhaps': it has to be true or false.\n"
        "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE is None: it has to be "
        "a number and a period, such as 60/minute or 1000/day.\n"
    )
    assert tutor.files() == before
    # Tutor keeps what was set, and is told the same way what is right.
    tutor(
        "config",
        "save",
        "--set=SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW=false",
        "--unset=SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE",
    )
    assert "New" in tutor.read("apps/openedx/config/cms.env.yml")


def test_so_it_is_when_it_comes_from_the_environment_or_was_there_before(tutor: Tutor) -> None:
    tutor("config", "save", "--set=SAMPLE_PLUGIN_REVIEWS_ALOW_SELF_REVIEW=true")
    assert "SAMPLE_PLUGIN_REVIEWS_ALOW_SELF_REVIEW is not a setting of this plugin. There are: " in tutor.refusal(
        "plugins", "enable", "sample-plugin-reviews"
    )
    tutor("config", "save", "--unset=SAMPLE_PLUGIN_REVIEWS_ALOW_SELF_REVIEW")
    assert "PUBLISH_IN_BACKGROUND_FROM is 'many': it has to be a whole number." in tutor.refusal(
        "config", "save", TUTOR_SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM="many"
    )


def test_it_does_not_keep_anybody_from_disabling_the_plugin(tutor: Tutor) -> None:
    tutor.enable("sample-plugin-reviews")
    tutor.refusal("config", "save", "--set=SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW=perhaps")
    tutor("plugins", "disable", "sample-plugin-reviews")


def faults(tmp_path: Path, **changed: Any) -> list[str]:
    """Return what is wrong if these are changed; a value may begin with a folder of its own."""
    values = {
        name: value.replace("HERE", str(tmp_path)) if isinstance(value, str) else value
        for name, value in changed.items()
    }
    return [sentence.partition(" is ")[0] for sentence in find_faults({**DEFAULTS, "MOUNTS": [], **values})]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder with what somebody might name."""
    for name in ("reviews.whl", "reviews.tar.gz", "reviews.tgz", "it's.whl"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    "value",
    [
        "openedx-sample-plugin-reviews",
        "openedx-sample-plugin-reviews==0.2.0rc1",
        "openedx-sample-plugin-reviews >=0.1, <0.3",
        "openedx-sample-plugin-reviews~=0.1.0",
        "openedx-sample-plugin-reviews @ git+ssh://git@git.example.com/reviews.git@main",
        "git+https://git.example.com/reviews.git@main",
        "https://files.example.com/openedx_sample_plugin_reviews-0.1.0-py3-none-any.whl",
        "HERE/reviews.whl",
        "HERE/reviews.tar.gz",
    ],
)
def test_what_pip_can_install(folder: Path, value: str) -> None:
    assert faults(folder, **{PIP_REQUIREMENT: value}) == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        1.0,
        ["openedx-sample-plugin-reviews"],
        "0.1.0",
        "openedx-sample-plugin-review",
        "openedx-sample-plugin-reviews-2",
        "openedx-sample-plugin-reviews==",
        "openedx-sample-plugin-reviews==0.1.0 other",
        "openedx-sample-plugin-reviews==0.1.0' && rm -rf '/",
        "openedx-sample-plugin-reviews==0.1.0\nRUN true",
        "git.example.com/reviews.git",
        "reviews.whl",
        "HERE",
        "HERE/missing.whl",
        "HERE/reviews.tgz",
        "HERE/it's.whl",
    ],
)
def test_what_pip_cannot_install(folder: Path, value: object) -> None:
    assert faults(folder, **{PIP_REQUIREMENT: value}) == [PIP_REQUIREMENT]


@pytest.mark.parametrize(
    "value",
    [
        "frontend-plugin-sample-reviews",
        "frontend-plugin-sample-reviews@^0.1.0",
        "frontend-plugin-sample-reviews@latest",
        "https://files.example.com/frontend-plugin-sample-reviews-0.1.0.tgz",
        "HERE/reviews.tgz",
    ],
)
def test_what_npm_can_install(folder: Path, value: str) -> None:
    assert faults(folder, **{NPM_REQUIREMENT: value}) == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "frontend-plugin-sample-reviews@",
        "frontend-plugin-sample-reviews==0.1.0",
        "@openedx/frontend-plugin-sample-reviews",
        "git+https://git.example.com/reviews.git",
        "HERE",
        "HERE/missing.tgz",
        "HERE/reviews.tar.gz",
    ],
)
def test_what_npm_cannot_install(folder: Path, value: object) -> None:
    assert faults(folder, **{NPM_REQUIREMENT: value}) == [NPM_REQUIREMENT]


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (f"{PREFIX}ENABLE_REVIEWS", [True, False], [None, "false", 0]),
        (f"{PREFIX}DEFAULT_MODE", ["required", "advisory", "off"], [None, "", "on", False, True]),
        (f"{PREFIX}REQUIRED_BY_DEFAULT", [True, False], [None, "true", "no", 1, 0]),
        (f"{PREFIX}REQUIRED_REVIEWERS", [1, 20], [None, 0, 21, -1, "2", 1.5, True]),
        (f"{PREFIX}ALLOW_SELF_REVIEW", [True, False], [None, "false", 0]),
        (f"{PREFIX}REVIEW_ACTION", ["content_libraries.publish_library_content"], [None, "", "publish", 'a.b"', True]),
        (f"{PREFIX}PUBLISH_IN_BACKGROUND_FROM", [0, 500], [None, "500", 1.5, True]),
        (f"{PREFIX}OVERDUE_DAYS", [1, 3650], [None, 0, 3651, "7", 1.5, True]),
        (f"{PREFIX}THROTTLE_RATE", ["60/minute", "1000/d"], [None, "", "60", "60/fortnight", "sixty/minute", 60]),
        (f"{NOTIFICATIONS_PREFIX}KINDS", [[], ["reviewed"]], [None, "reviewed", ["approved"]]),
        (f"{NOTIFICATIONS_PREFIX}TIMING", ["daily", "off"], [None, False, "weekly"]),
    ],
)
def test_the_others_have_the_types_that_the_django_package_takes(
    tmp_path: Path, name: str, right: list[object], wrong: list[object]
) -> None:
    assert [faults(tmp_path, **{name: value}) for value in right] == [[]] * len(right)
    assert [faults(tmp_path, **{name: value}) for value in wrong] == [[name]] * len(wrong)
