"""What is installed, and what Studio makes of it: found through entry points, configured around the operator's YAML."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from edx_django_utils.plugins import PluginSettings

import sample_plugin
from sample_plugin.archival import api as archival_api
from sample_plugin.conversations import api as conversations_api
from sample_plugin.conversations import settings as conversations_settings
from sample_plugin.notifications import api as notifications_api
from sample_plugin.reviewed_by import api as reviewed_by_api
from sample_plugin.reviews import api
from sample_plugin.reviews.apps import ReviewsConfig

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
DISTRIBUTION = "openedx-sample-plugin-reviews"
ENTRY_POINT = "sample_plugin.reviews.apps:ReviewsConfig"
APP = "sample_plugin.reviews.apps.ReviewsConfig"
GROUPS = ["cms.djangoapp", "lms.djangoapp"]
# Each with the beginning of its names in the database.
APPS = {
    "sample_plugin_reviews": "sample_plugin_review_",
    "sample_plugin_conversations": "sample_plugin_conv_",
    "sample_plugin_notifications": "sample_plugin_note_",
    "sample_plugin_reviewed_by": "sample_plugin_by_",
    "sample_plugin_archival": "sample_plugin_arch_",
}
APIS = [
    api,
    archival_api,
    conversations_api,
    notifications_api,
    reviewed_by_api,
]
ENTRY_POINTS = [
    "sample_plugin_reviews = sample_plugin.reviews.apps:ReviewsConfig",
    "sample_plugin_conversations = sample_plugin.conversations.apps:ConversationsConfig",
    "sample_plugin_notifications = sample_plugin.notifications.apps:NotificationsConfig",
    "sample_plugin_reviewed_by = sample_plugin.reviewed_by.apps:ReviewedByConfig",
]
# Those that only one project type has. One line for each, so that make_it_yours can take it out.
MORE_ENTRY_POINTS: dict[str, list[str]] = {
    "lms.djangoapp": ["sample_plugin_archival = sample_plugin.archival.apps:ArchivalConfig"],
}
TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEPS = [
    "sample_plugin.reviews.pipeline.RequireReview",
    "sample_plugin.conversations.pipeline.RequireResolved",
]
ARCHIVAL_STEP = "sample_plugin.archival.pipeline.AddArchivedByLearner"
# By filter: the steps that apps beside reviews add. One line, so that make_it_yours can take it out.
ADDED: dict[str, dict[str, Any]] = {}
ADDED |= {name: {"pipeline": [step], "fail_silently": False} for name, step in conversations_settings.ADDING.items()}


# What is installed


@pytest.fixture(name="wheel", scope="module")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from a copy of what is in the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "setup.cfg", "README.rst", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    # What must stay out is there as well.
    for name in ("sample_plugin", "workbench", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "var"))
    build = "from setuptools import build_meta; build_meta.build_wheel('dist')"
    subprocess.run([sys.executable, "-c", build], cwd=folder, check=True, capture_output=True)  # noqa: S603
    (path,) = (folder / "dist").glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(name="wheel_metadata", scope="module")
def _wheel_metadata(wheel: zipfile.ZipFile) -> Message:
    """The metadata of the wheel."""
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return message_from_bytes(wheel.read(name))


def test_name_version_and_licence(wheel_metadata: Message) -> None:
    assert wheel_metadata["Name"] == DISTRIBUTION
    assert wheel_metadata["Version"] == sample_plugin.__version__
    assert wheel_metadata["License-Expression"] == "Apache-2.0"
    assert wheel_metadata["License-File"] == "LICENSE"


def test_what_is_installed_here_is_this_version() -> None:
    assert metadata.version(DISTRIBUTION) == sample_plugin.__version__


def test_every_file_of_the_plugin_is_in_the_wheel_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    source = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "sample_plugin").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packaged = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packaged == source
    assert "sample_plugin/py.typed" in packaged


def test_type_checkers_find_our_types() -> None:
    assert files(sample_plugin).joinpath("py.typed").is_file()


def test_the_wheel_has_the_entry_points_of_studio_and_lms(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    lines = wheel.read(name).decode().split("\n")
    for group in GROUPS:
        of_group = lines[lines.index(f"[{group}]") + 1 :]
        assert of_group[: of_group.index("")] == sorted(ENTRY_POINTS + MORE_ENTRY_POINTS.get(group, []))


@pytest.mark.parametrize("group", GROUPS)
def test_the_entry_point_loads_the_app(group: str) -> None:
    (ours,) = (point for point in metadata.entry_points(group=group) if point.value == ENTRY_POINT)
    assert ours.dist is not None
    assert ours.dist.name == DISTRIBUTION
    assert ours.load() is ReviewsConfig


@pytest.mark.parametrize("requirements", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_requirements_come_from_the_package_index_that_is_configured(requirements: Path) -> None:
    content = requirements.read_text(encoding="utf-8")
    assert "==" in content
    for word in ("http:", "https:", "--index", "--extra-index", "--find-links", "git+", "file://"):
        assert word not in content


# What Django finds


def test_the_app_is_installed_through_its_entry_point_only() -> None:
    assert APP in django_settings.INSTALLED_APPS
    assert isinstance(apps.get_app_config("sample_plugin_reviews"), ReviewsConfig)
    assert "sample_plugin" not in (ROOT / "workbench" / "settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("stage", ["common", "production"])
def test_each_project_type_gets_our_settings_before_and_after_the_operators(group: str, stage: str) -> None:
    config = ReviewsConfig.plugin_app[PluginSettings.CONFIG][group][stage]
    path = f"{ReviewsConfig.name}.{config[PluginSettings.RELATIVE_PATH]}"
    module = __import__(path, fromlist=["plugin_settings"])
    assert callable(module.plugin_settings)


def test_our_tables_come_after_cores() -> None:
    migrations = {
        name: migration
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app == "sample_plugin_reviews"
    }
    assert "openedx_content" in {app for app, _name in migrations["0001_initial"].dependencies}
    first = [name for name, migration in migrations.items() if migration.initial]
    assert first == ["0001_initial"]


@pytest.mark.django_db
def test_the_migrations_are_what_the_models_say() -> None:
    call_command("makemigrations", *APPS, check=True, dry_run=True, verbosity=0)


def test_names_in_the_database_are_short_enough_for_every_database() -> None:
    """Oracle takes 30 characters; Django checks that for indexes and for nothing else."""
    names = [
        name
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for name in (
            *(field.column for field in model._meta.local_concrete_fields),
            *(index.name for index in model._meta.indexes),
            *(constraint.name for constraint in model._meta.constraints),
        )
    ]
    assert len(names) > 20
    assert [name for name in names if len(name) > 30] == []
    # They share one name space with those of all other apps.
    assert all(
        item.name.startswith(prefix)
        for app, prefix in APPS.items()
        for model in apps.get_app_config(app).get_models()
        for item in (*model._meta.indexes, *model._meta.constraints)
    )


@pytest.mark.parametrize(
    ("kept", "pipeline"),
    [
        pytest.param(["sample_plugin.reviews"], STEPS[:1], id="reviews"),
        pytest.param(["sample_plugin.reviews", "sample_plugin.notifications"], STEPS[:1], id="notifications"),
        pytest.param(["sample_plugin.archival"], [ARCHIVAL_STEP], id="archival"),
    ],
)
def test_the_apps_do_without_those_beside_them(kept: list[str], pipeline: list[str], tmp_path: Path) -> None:
    """Where only these have an entry point, nothing of the others is loaded, and the checks find nothing."""
    installed = metadata.distribution(DISTRIBUTION).read_text("entry_points.txt") or ""
    folder = tmp_path / "openedx_sample_plugin_reviews-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {DISTRIBUTION}\nVersion: 0\n", encoding="utf-8")
    labels = "|".join(name.replace(".", "_") for name in kept)
    others = re.compile(rf"^(?!({labels})\b)\w+ = .*\n", re.MULTILINE)
    (folder / "entry_points.txt").write_text(others.sub("", installed), encoding="utf-8")
    code = (
        "import sys, django; django.setup(); "
        "from django.core.management import call_command; call_command('check', fail_level='WARNING'); "
        "from django.conf import settings; [steps] = settings.OPEN_EDX_FILTERS_CONFIG.values(); "
        "print(steps['pipeline'], *sorted({'.'.join(name.split('.')[:2]) for name in sys.modules "
        "if name.startswith('sample_plugin.') "
        "and name not in ('sample_plugin.filter_steps', 'sample_plugin.rest_errors')}))"
    )
    env = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        "WORKBENCH_VAR": str(tmp_path),
    }
    done = subprocess.run(  # noqa: S603
        # Not in ROOT: what is in the working directory comes first, and there may be other entry points.
        [sys.executable, "-c", code],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == [" ".join([str(pipeline), *sorted(kept)])], done.stderr


LEFT_OUT = """
import sys

from tests.settings import *
from sample_plugin.leaving_out import leave_out

leave_out(sys.modules[__name__], *NAMES)
"""

WHAT_IS_LOADED = """
import json

import django
from edx_django_utils.plugins import connect_plugin_receivers, get_plugin_url_patterns

django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from openedx_content.signals import ENTITIES_DRAFT_CHANGED
from openedx_events.learning.signals import COURSE_ENROLLMENT_CHANGED

call_command("check", fail_level="WARNING")
groups = ("cms.djangoapp", "lms.djangoapp")
for group in groups:
    connect_plugin_receivers(group)
signals = (ENTITIES_DRAFT_CHANGED, COURSE_ENROLLMENT_CHANGED)
print(json.dumps([
    [config.name for config in apps.get_app_configs()],
    [pattern.namespace for group in groups for pattern in get_plugin_url_patterns(group)],
    [receiver.__module__ for signal in signals for receiver in signal._live_receivers(None)[0]],
    [config["pipeline"] for config in settings.OPEN_EDX_FILTERS_CONFIG.values()],
]))
"""


@pytest.mark.parametrize(
    "left_out",
    [
        pytest.param(["sample_plugin.archival"], id="archival"),
        pytest.param(
            [
                "sample_plugin.reviews",
                "sample_plugin.conversations",
                "sample_plugin.notifications",
                "sample_plugin.reviewed_by",
            ],
            id="reviews",
        ),
    ],
)
def test_what_the_settings_leave_out_is_not_loaded(left_out: list[str], tmp_path: Path) -> None:
    (tmp_path / "left_out.py").write_text(LEFT_OUT.replace("NAMES", str(left_out)), encoding="utf-8")
    env = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "left_out",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        "WORKBENCH_VAR": str(tmp_path),
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", WHAT_IS_LOADED], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    # Each app has a URL, a receiver or a step.
    installed, *found = (str(one) for one in json.loads(done.stdout.splitlines()[-1]))
    for label in APPS:
        name = label.replace("sample_plugin_", "sample_plugin.")
        assert (name in installed) != (name in left_out)
        # Never in silence.
        assert (f"is not loaded: {name}.apps." in done.stderr) == (name in left_out)
        assert any(name in one or label in one for one in found) != (name in left_out)


# What the operator's YAML leaves of our settings


@pytest.fixture(name="settings_with")
def _settings_with(tmp_path: Path) -> Any:
    """A function that imports the workbench's settings in a process of its own, with this YAML, and returns some."""

    def settings_with(yaml: str) -> dict[str, Any]:
        (tmp_path / "cms.yml").write_text(yaml, encoding="utf-8")
        code = (
            "import json, workbench.settings as s; "
            "print(json.dumps({k: v for k, v in vars(s).items() if k.startswith(('SAMPLE_PLUGIN', 'OPEN_EDX_F'))}))"
        )
        env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        env |= {"WORKBENCH_VAR": str(tmp_path), "WORKBENCH_YAML": str(tmp_path / "cms.yml")}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True
        )
        return dict(json.loads(done.stdout))

    return settings_with


@pytest.mark.parametrize(
    "yaml",
    [
        pytest.param(f"OPEN_EDX_FILTERS_CONFIG: {{{TYPE}: {{pipeline: [a.B], fail_silently: true}}}}", id="a dict"),
        pytest.param(f"OPEN_EDX_FILTERS_CONFIG: {{{TYPE}: [a.B]}}", id="a list"),
        pytest.param(f"OPEN_EDX_FILTERS_CONFIG: {{{TYPE}: a.B}}", id="a string"),
    ],
)
def test_a_filter_configuration_in_the_yaml_does_not_switch_reviews_off(settings_with: Any, yaml: str) -> None:
    config = settings_with(yaml)["OPEN_EDX_FILTERS_CONFIG"]
    assert config == {TYPE: {"pipeline": [*STEPS, "a.B"], "fail_silently": False}} | ADDED


def test_what_the_yaml_switches_off_stays_off_and_an_emptied_filter_is_filled(settings_with: Any) -> None:
    settings = settings_with("SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT: false\nOPEN_EDX_FILTERS_CONFIG:")
    expected = {
        "SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT": False,
        "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW": False,
        "OPEN_EDX_FILTERS_CONFIG": {TYPE: {"pipeline": STEPS, "fail_silently": False}} | ADDED,
    }
    assert {name: settings[name] for name in expected} == expected


# The Python API


@pytest.mark.parametrize(("of_app", "name"), [(of_app, name) for of_app in APIS for name in of_app.__all__])
def test_everything_public_says_what_it_does(of_app: ModuleType, name: str) -> None:
    public = getattr(of_app, name)
    # Not the one that a subclass inherits, nor the one that a dataclass makes up.
    docstring = inspect.cleandoc(public.__dict__["__doc__"] if isinstance(public, type) else public.__doc__ or "")
    assert re.match(r"[A-Z].+\.", docstring)
    assert not docstring.startswith(f"{name}(")


def test_the_api_lists_each_name_once_and_only_names_that_exist() -> None:
    assert len(api.__all__) == len(set(api.__all__))
    assert all(hasattr(api, name) for name in api.__all__)
