"""
Whatever an operator does to the filters, by whichever of Tutor's ways, the gate stays.

The settings that Tutor rendered are imported, behind the plugin's settings functions in the order of the platform, by
the Python that has the Django package.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import WORKBENCH_PYTHON, Tutor

TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
OURS = [
    "sample_plugin.reviews.pipeline.RequireReview",
    "sample_plugin.conversations.pipeline.RequireResolved",
]
# What conversations add to what reviews show; these prevent nothing.
ADDED = {
    f"org.openedx.content_authoring.entity.{name}.requested.v1": {
        "pipeline": [f"sample_plugin.conversations.pipeline.{step}"],
        "fail_silently": False,
    }
    for name, step in (("history", "AddToHistory"), ("live_evidence", "AddToLiveEvidence"))
}
BLOCK = "org.openedx.learning.vertical_block_child.render.started.v1"
CARD = "org.openedx.learning.home.courserun.api.rendered.started.v1"
# By service: what only this one gets. One line for each app, so that make_it_yours can take it out.
ONLY: dict[str, dict[str, Any]] = {"cms": {}, "lms": {}}
ONLY["lms"] |= {BLOCK: {"pipeline": ["sample_plugin.reviewed_by.pipeline.ShowReviewedBy"]}}
ONLY["lms"] |= {CARD: {"pipeline": ["sample_plugin.archival.pipeline.AddArchivedByLearner"]}}
OTHER = "org.openedx.learning.course.enrollment.started.v1"

EVERYWHERE = [(service, environment) for service in ("cms", "lms") for environment in ("production", "development")]


def settings_of(tutor: Tutor, service: str = "cms", environment: str = "production") -> dict[str, Any]:
    """Return what a service of this site gets, as far as it concerns us."""
    copy = tutor.folder / "settings" / service / "envs" / "tutor"
    shutil.copytree(tutor.env / "apps" / "openedx" / "settings" / service, copy, dirs_exist_ok=True)
    for module in ("production", "devstack"):
        (copy.parent / f"{module}.py").write_text("from stand_in import *")
    code = (
        "import json, os; os.makedirs = lambda *args, **kwargs: None\n"  # it makes /openedx
        f"import {service}.envs.tutor.{environment} as settings\n"
        "names = ('SAMPLE_PLUGIN', 'OPEN_EDX_FILTERS', 'INSTALLED_APPS')\n"
        "print(json.dumps({name: value for name, value in vars(settings).items() if name.startswith(names)}))"
    )
    done = subprocess.run(
        [WORKBENCH_PYTHON, "-c", code],
        env={
            "SERVICE_VARIANT": service,
            f"{service.upper()}_CFG": str(tutor.env / "apps" / "openedx" / "config" / f"{service}.env.yml"),
            "PYTHONPATH": f"{Path(__file__).parent / 'platform'}:{tutor.folder / 'settings'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("service", "environment"), EVERYWHERE)
def test_where_nothing_is_set_our_steps_are_the_only_ones(site: Tutor, service: str, environment: str) -> None:
    settings = settings_of(site, service, environment)
    expected = {TYPE: {"pipeline": OURS, "fail_silently": False}, **ADDED, **ONLY[service]}
    assert settings["OPEN_EDX_FILTERS_CONFIG"] == expected
    assert settings["SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT"] is True
    assert settings["SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW"] is False


AS_DICT = {"pipeline": ["a.B"], "fail_silently": True, "log_level": "debug"}
FORMS = [
    pytest.param(AS_DICT, {**AS_DICT, "pipeline": [*OURS, "a.B"], "fail_silently": False}, id="dict"),
    pytest.param(["a.B", OURS[0]], {"pipeline": [*OURS, "a.B"], "fail_silently": False}, id="list"),
    pytest.param("a.B", {"pipeline": [*OURS, "a.B"], "fail_silently": False}, id="string"),
]


def as_yaml(config: object) -> str:
    """Replace the setting in the YAML of a service."""
    return f"OPEN_EDX_FILTERS_CONFIG: {json.dumps(config)}"


def as_python(config: object) -> str:
    """Replace the setting in a settings file."""
    return f"OPEN_EDX_FILTERS_CONFIG = {config!r}"


@pytest.mark.parametrize(
    ("patch", "written"),
    [
        pytest.param("cms-env", as_yaml, id="in the YAML"),
        pytest.param("openedx-common-settings", as_python, id="in a settings file"),
    ],
)
@pytest.mark.parametrize(("steps", "expected"), FORMS)
def test_steps_of_the_operator_come_behind_ours(
    tutor: Tutor, patch: str, written: Callable[[object], str], steps: object, expected: object
) -> None:
    tutor.enable("sample-plugin-reviews", **{patch: written({TYPE: steps, OTHER: ["c.D"]})})
    assert settings_of(tutor)["OPEN_EDX_FILTERS_CONFIG"] == {TYPE: expected, OTHER: ["c.D"], **ADDED}


def test_also_those_of_a_plugin_that_comes_late(tutor: Tutor) -> None:
    tutor.operators_plugin(f"""
from tutor import hooks
for service in ("cms", "lms"):
    for environment in ("production", "development"):
        hooks.Filters.ENV_PATCHES.add_item(
            (f"openedx-{{service}}-{{environment}}-settings", "OPEN_EDX_FILTERS_CONFIG = {{'{TYPE}': 'a.B'}}"),
            priority=hooks.priorities.LOW,
        )
""")
    tutor.enable("sample-plugin-reviews", "operator")
    for service, environment in EVERYWHERE:
        config = settings_of(tutor, service, environment)["OPEN_EDX_FILTERS_CONFIG"]
        assert config == {TYPE: {"pipeline": [*OURS, "a.B"], "fail_silently": False}, **ADDED, **ONLY[service]}


def test_a_filter_configuration_that_is_emptied_is_filled(tutor: Tutor) -> None:
    tutor.enable("sample-plugin-reviews", **{"openedx-common-settings": "OPEN_EDX_FILTERS_CONFIG = None"})
    assert settings_of(tutor)["OPEN_EDX_FILTERS_CONFIG"] == {TYPE: {"pipeline": OURS, "fail_silently": False}, **ADDED}


def test_what_the_operator_switches_off_is_off(tutor: Tutor) -> None:
    tutor.enable("sample-plugin-reviews")
    tutor("config", "save", "--set=SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT=false")
    for service, environment in EVERYWHERE:
        assert settings_of(tutor, service, environment)["SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT"] is False


# A half that is switched off

# One line for each app, as above.
HALVES = {"REVIEWS": ["sample_plugin.reviews"]}
HALVES["REVIEWS"] += ["sample_plugin.conversations"]
HALVES["REVIEWS"] += ["sample_plugin.notifications"]
HALVES["REVIEWS"] += ["sample_plugin.reviewed_by"]
HALVES["ARCHIVAL"] = ["sample_plugin.archival"]


@pytest.mark.parametrize("half", HALVES)
def test_a_half_that_is_switched_off_is_not_loaded(tutor: Tutor, half: str) -> None:
    tutor.enable("sample-plugin-reviews")
    done = tutor.run("config", "save", f"--set=SAMPLE_PLUGIN_REVIEWS_ENABLE_{half}=false")
    # An open gate is no secret.
    assert ("Studio publishes changes that nobody has reviewed" in done.stderr) == (half == "REVIEWS")
    for service in ("cms", "lms"):
        settings = settings_of(tutor, service)
        loaded = set(re.findall(r"(sample_plugin\.\w+)\.apps", str(settings["INSTALLED_APPS"])))
        steps = set(re.findall(r"sample_plugin\.\w+", str(settings["OPEN_EDX_FILTERS_CONFIG"])))
        assert not (loaded | steps) & {*HALVES[half]}
    # The LMS has all others.
    assert loaded == {app for other, apps in HALVES.items() for app in apps if other != half}
