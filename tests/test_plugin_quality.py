"""The rules of a good plugin: each that can be seen in files sees what breaks it, and tests that fail hold none."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, str(ROOT / "scripts" / "plugin_quality")]
RULES = tomllib.loads((ROOT / "docs" / "reference" / "plugin_quality.toml").read_text(encoding="utf-8"))["rules"]

pytestmark = pytest.mark.once

# By name, so that the rule does not find it here.
NEIGHBOUR = "openedx_filters"
METADATA = """\
[project]
requires-python = ">=3.12"
[project.entry-points."lms.djangoapp"]
glossary = "glossary.apps:GlossaryConfig"
[tool.importlinter]
"""
# A plugin that keeps all rules, and by rule: a file with which it breaks this one and no other.
GOOD: dict[str, str | None] = {
    "LICENSE": "",
    "README.rst": "",
    "pyproject.toml": METADATA,
    "glossary/py.typed": "",
    "glossary/migrations/0001_initial.py": "o = [migrations.RunPython(forwards, backwards)]",
    "glossary/apps.py": 'class GlossaryConfig(AppConfig):\n    default_auto_field = "django.db.models.BigAutoField"\n',
    "glossary/models.py": 'class Term(models.Model):\n    """\n    .. no_pii:\n    """\n',
    "glossary/views.py": "class Base(APIView):\n    permission_classes = [X]\nclass Terms(Base, APIView): ...",
    "glossary/settings/common.py": "settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, 'x']",
    "glossary/pipeline.py": "class Step(PipelineStep):\n    def run_filter(self, card):\n        return {'card': 1}\n",
}
BAD: dict[str, dict[str, str | None]] = {
    "entry_point": {"pyproject.toml": METADATA.replace("lms.djangoapp", "other"), "glossary/py.typed": None},
    "no_platform_imports": {"glossary/api.py": "from common.djangoapps.student import models"},
    "settings_merge": {"glossary/settings/production.py": "settings.OPEN_EDX_FILTERS_CONFIG = {}"},
    "step_returns_a_dict": {
        "glossary/pipeline.py": "class Step(PipelineStep):\n    def run_filter(self, card):\n        return card\n"
    },
    "primary_keys": {"glossary/apps.py": "class GlossaryConfig(AppConfig): ..."},
    "migrations_reversible": {"glossary/migrations/0002_x.py": "o = [migrations.RunPython(forwards)]"},
    "personal_data": {"glossary/models.py": "class Term(models.Model): ..."},
    "user_model": {
        "glossary/fields.py": "from django.contrib.auth.models import User\nmodels.ForeignKey(User, models.CASCADE)"
    },
    "licence_and_readme": {"LICENSE": None},
    "permissions": {"glossary/views.py": "class Terms(APIView): ..."},
    "no_fail_open": {"glossary/api.py": "try:\n    check()\nexcept Exception:\n    pass\n"},
    "aware_times": {"glossary/api.py": "datetime.now()"},
    "types": {"glossary/py.typed": None},
    "layers": {"pyproject.toml": METADATA.replace("[tool.importlinter]", "")},
    "real_neighbours": {"tests/test_x.py": f"mock.patch('{NEIGHBOUR}.tooling.Filter')"},
}


def check(folder: Path, files: dict[str, str | None]) -> tuple[int, list[str]]:
    """Return the exit code, and the rules that the plugin of these files breaks."""
    for name, text in files.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run([*COMMAND, str(folder)], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, re.findall(r"^  NO   (\w+)", done.stdout, re.MULTILINE)


def test_a_plugin_that_keeps_all_rules_breaks_none(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == (0, [])


@pytest.mark.parametrize("rule", [rule["name"] for rule in RULES if "outside" in rule])
def test_a_rule_sees_what_breaks_it(rule: str, tmp_path: Path) -> None:
    # Without an entry point nothing of the package is read, so its types are not found either.
    broken = ["entry_point", "types"] if rule == "entry_point" else [rule]
    assert check(tmp_path, GOOD | BAD[rule]) == (1, broken)


def test_the_page_is_written_from_the_rules_and_each_names_what_holds_it() -> None:
    lines = (ROOT / "docs" / "reference" / "plugin_quality.rst").read_text(encoding="utf-8")
    page = re.sub(r"\n +(?=\w|``)", " ", lines)
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"{rule['rule']} {rule['why']}" in page
        assert rule.keys() & {"reviews", "archival", "command", "outside"}
        if "command" in rule:
            assert f"\n{rule['command'].removeprefix('make ')}:" in targets
    assert len(re.findall(r"^\*\*\w", lines, re.MULTILINE)) == len(RULES)


def test_a_test_that_failed_or_did_not_run_holds_no_rule(tmp_path: Path) -> None:
    (results := tmp_path / "results.xml").write_text(
        '<testsuite><testcase classname="tests.test_models" name="test_what_is_not_ours_can_always_be_deleted[A]"/>'
        '<testcase classname="tests.test_models" name="test_every_model_says_whether_it_holds_personal_data[A]"/>'
        '<testcase classname="tests.test_models" name="test_every_model_says_whether_it_holds_personal_data[B]">'
        "<failure/></testcase></testsuite>",
        encoding="utf-8",
    )
    done = subprocess.run([*COMMAND, "--results", str(results)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.search(r"yes  deletable", done.stdout)
    assert re.search(r"NO   personal_data .*\n.*test_every_model_says.* has not passed", done.stdout)
    assert re.search(r"NO   after_the_operator", done.stdout)
    assert "Highest level without a broken rule: none" in done.stdout


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, str(tmp_path / "gone")], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith(f"error: There is no {tmp_path / 'gone'}.\n")
