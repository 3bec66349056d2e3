"""The plugin of the how-tos is a plugin: the workbench finds all of it by its entry points, as Studio would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent / "house_rules"
ROOT = PROJECT.parents[3]
LOOK = """
import json
import django

django.setup()
import rules
from django.apps import apps
from openedx_authz.engine.schema.discovery import SchemaDiscovery
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.signals import CHANGES_REQUESTED

print(json.dumps({
    "app": apps.is_installed("house_rules"),
    "filter": EntityPrePublish.get_pipeline_configuration()[:2],
    "receivers": [
        receiver.__name__
        for receiver in CHANGES_REQUESTED._live_receivers(None)[0]
        if receiver.__module__.startswith("house_rules.")
    ],
    "permission": rules.perm_exists("house_rules.proofread"),
    "schema": [found.resource_path for found in SchemaDiscovery().discover() if found.package == "house_rules"],
}))
"""


def test_everything_in_it_is_found(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__"))
    installed = tmp_path / "installed"
    installed.mkdir()
    # What "pip install" leaves behind beside the files themselves.
    prepare = f"from setuptools import build_meta; build_meta.prepare_metadata_for_build_wheel({str(installed)!r})"
    subprocess.run([sys.executable, "-c", prepare], cwd=tmp_path / "project", check=True, capture_output=True)
    shutil.copytree(PROJECT / "house_rules", installed / "house_rules")
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)]),
            "WORKBENCH_VAR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {
        "app": True,
        "filter": [
            [
                "sample_plugin.reviews.pipeline.RequireReview",
                "sample_plugin.conversations.pipeline.RequireResolved",
                "house_rules.pipeline.RefusePlaceholders",
            ],
            False,
        ],
        "receivers": ["tell_author_after_request"],
        "permission": True,
        "schema": ["authz_schema/proofreading.yaml"],
    }
