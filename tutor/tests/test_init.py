"""What Tutor runs in LMS and Studio when it initialises a site, run by Tutor itself against the workbench."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, WORKBENCH_PYTHON, Tutor

# Who may review, by whatever way openedx-authz has loaded that.
REVIEWERS = """
from casbin_adapter.models import CasbinRule
print(sorted(str(rule) for rule in CasbinRule.objects.filter(v1__contains="review_library_content")))
"""

LMS = "tests.settings"
INIT = ("local", "do", "init", "--limit=sample-plugin-reviews")


@pytest.fixture(name="platform")
def _platform(tmp_path: Path) -> dict[str, str]:
    """Variables that lead the jobs to a folder with a manage.py like the platform's, for an empty database."""
    # The platform's takes the service first. The workbench is a Studio; its tests also have the apps of the LMS.
    manage = tmp_path / "manage.py"
    manage.write_text(f"""#!/bin/sh
echo "$*" >> calls
[ "$1" = cms ] || export DJANGO_SETTINGS_MODULE={LMS}
shift
exec {WORKBENCH_PYTHON} {ROOT}/manage.py "$@"
""")
    manage.chmod(0o755)
    return {
        "JOBS_FOLDER": str(tmp_path),
        "JOBS_PATH": str(WORKBENCH_PYTHON.parent),
        "WORKBENCH_VAR": str(tmp_path / "var"),
    }


def run(platform: dict[str, str], *arguments: str) -> str:
    """Return what the workbench's manage.py prints."""
    return subprocess.run(
        [WORKBENCH_PYTHON, ROOT / "manage.py", *arguments], env=platform, capture_output=True, text=True, check=True
    ).stdout


def test_lms_and_studio_are_initialised_once_each(tutor: Tutor) -> None:
    tutor.enable("sample-plugin-reviews")
    tutor(*INIT)
    jobs = [call for call in tutor.docker_calls() if call[-4:-1] == ["sh", "-e", "-c"]]
    assert [job[-5] for job in jobs] == ["lms-job", "cms-job"]


@pytest.mark.long
def test_a_site_gets_tables_and_a_role_however_often_it_is_initialised(tutor: Tutor, platform: dict[str, str]) -> None:
    tutor.enable("sample-plugin-reviews")
    tutor(*INIT, **platform)
    once = run(platform, "shell", "--no-imports", f"--command={REVIEWERS}")
    assert "content_libraries.review_library_content" in once
    tutor(*INIT, **platform)
    assert run(platform, "shell", "--no-imports", f"--command={REVIEWERS}") == once
    assert "[ ]" not in run({**platform, "DJANGO_SETTINGS_MODULE": LMS}, "showmigrations")
    calls = (Path(platform["JOBS_FOLDER"]) / "calls").read_text().splitlines()
    assert calls == 2 * ["lms migrate", "lms load_authz_schema", "cms migrate", "cms load_authz_schema"]


def test_an_older_openedx_authz_is_told_and_no_obstacle(tutor: Tutor, platform: dict[str, str]) -> None:
    tutor.enable("sample-plugin-reviews")
    (Path(platform["JOBS_FOLDER"]) / "manage.py").write_text("#!/bin/sh\n")
    platform["JOBS_PATH"] = str(Path(sys.executable).parent)  # has none
    said = tutor(*INIT, **platform)
    sentence = "openedx-authz is missing or older than 1.24: see SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION"
    assert said.splitlines().count(sentence) == 2
