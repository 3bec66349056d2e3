"""
The documentation is true: what README.rst and docs/ name is there, and what is there is in the reference.

That examples and commands do what is printed is for conftest.py, at the top of the repository. Where Sphinx makes a
page from the code, the page cannot be wrong; here is what is left.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import get_commands

from sample_plugin.archival import api as archival_api
from sample_plugin.conversations import api as conversations_api
from sample_plugin.notifications import api as notifications_api
from sample_plugin.reviewed_by import api as reviewed_by_api
from sample_plugin.reviews import api, authz, courses
from sample_plugin.reviews.settings.common import DEFAULTS

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
APP = ROOT / "sample_plugin/reviews"
README = ROOT / "README.rst"
REFERENCE = ROOT / "docs/reference"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.rst"))]

# Made by a command, and so not in every checkout.
MADE = {".mysql", ".venv", "build", "dist", "node_modules", "var"}

# Why something that is printed is not run. No page skips for another reason.
REASONS = re.compile(
    r"make demo is run by scripts/try_demo, make test by \.ci/run"
    r"|(make [\w-]+|docs/how-tos/files/test_\w+\.py) runs (it|them|these), .*"
    r"|takes minutes(, .*)?; \.ci/run everything runs it"
    r"|asks a package index; it is run by whoever upgrades"
    r"|takes Docker( .*)?"
    r"|takes the platform's environment"
    r"|takes a checkout of frontend-app-authoring"
    r"|this runs in a clone already"
    r"|the next labs need it"
    r"|the copy in which this runs is no clone"
)


def read(path: Path) -> str:
    """Return what is in a file."""
    return path.read_text(encoding="utf-8")


def in_literals(page: Path) -> list[str]:
    """Return everything that the page has in double backticks."""
    return re.findall(r"``(.+?)``", read(page))


@pytest.fixture(name="every_page", scope="module")
def _every_page() -> str:
    """All pages, one after the other."""
    return "\n".join(map(read, PAGES))


# --- What is named exists ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_exist(page: Path) -> None:
    """Those that are named from the top of the repository; ``…`` is short for the plugin's folder."""
    here = {path.name for path in ROOT.iterdir()} | {"…"}
    named = {name for name in in_literals(page) if re.fullmatch(r"[\w.…-]+(/[\w.-]+)*/?", name) and "/" in name}
    paths = {name for name in named if name.partition("/")[0] in here and not MADE & set(name.split("/"))}
    assert {name for name in paths if not (ROOT / name.replace("…", "sample_plugin/reviews")).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_exist(page: Path) -> None:
    named = re.findall(r"(?:``|^ *\$ )make ([\w./-]+)(?=[\s`])", read(page), re.MULTILINE)
    targets = re.findall(r"^([\w./-]+):", read(ROOT / "Makefile"), re.MULTILINE)
    assert set(named) <= set(targets)


def test_commands_exist_and_are_in_the_reference(every_page: str) -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("sample_plugin.")}
    assert set(re.findall(r"manage\.py (reviews_\w+)", every_page)) <= ours
    page = read(REFERENCE / "commands.rst")
    helped = re.findall(r"^\.\. program-output:: python manage\.py (\w+) --help$", page, re.MULTILINE)
    assert sorted(helped) == sorted(ours)


def test_settings_exist(every_page: str) -> None:
    of_tutor = re.findall(r"^``(SAMPLE_PLUGIN_REVIEWS_\w+)``", read(ROOT / "tutor/README.rst"), re.MULTILINE)
    named = re.findall(r"SAMPLE_PLUGIN_REVIEWS_[A-Z_]+[A-Z]", every_page)
    assert set(named) <= {*DEFAULTS, *of_tutor}


def test_system_checks_exist_and_are_in_the_reference(every_page: str) -> None:
    sources = read(APP / "gate/checks.py") + read(APP / "conf.py")
    ours = set(re.findall(r'id="sample_plugin_reviews\.([EW]\d+)"', sources))
    assert re.findall(r"^``(\w+)``$", read(REFERENCE / "checks.rst"), re.MULTILINE) == sorted(ours)
    assert set(re.findall(r"\b[EW]0\d\d\b", every_page)) <= ours


# --- README -----------------------------------------------------------------------------------------------------------


def test_the_readme_can_be_shown_without_sphinx() -> None:
    """On PyPI and GitHub there are docutils' own directives and roles only."""
    readme = read(README)
    assert set(re.findall(r"^ *\.\. ([\w:-]+)::", readme, re.MULTILINE)) <= {"code-block", "image"}
    assert re.findall(r":[\w:]+:`", readme) == []
    core = pytest.importorskip("docutils.core", reason="docutils comes with what make docs installs")
    core.publish_string(readme, writer="html5", settings_overrides={"halt_level": 2, "report_level": 5})


def test_the_readme_links_to_pages_that_are_there() -> None:
    readme = read(README)
    links = re.findall(r"<(?!https:)([^>\s]+)>`_", readme) + re.findall(r"^\.\. image:: (.+)$", readme, re.MULTILINE)
    assert len(links) > 10
    assert {link for link in links if not (ROOT / link).exists()} == set()


def test_the_readme_says_what_the_tests_run_with() -> None:
    rows = re.findall(r"^(\S+) +(\d[\d.]*) +(\d[\d.]*) ", read(README), re.MULTILINE)
    supported = {name: (oldest, newest) for name, oldest, newest in rows}
    # openedx-authz takes no newer Django than Studio's, so it is not among the newest.
    for name, newest in (("openedx-core", "newest"), ("Django", "newest"), ("openedx-authz", "dev")):
        pinned = [version(name, requirements) for requirements in ("verawood", newest)]
        assert [minor(number) for number in pinned] == [minor(number) for number in supported[name]]
    assert f'requires-python = ">={supported["Python"][0]}"' in read(ROOT / "pyproject.toml")
    assert f"py{supported['Python'][1].replace('.', '')}" in read(ROOT / "setup.cfg")
    assert f'"tutor>={supported["Tutor"][0]}.' in read(ROOT / "tutor/pyproject.toml")


def version(name: str, requirements: str) -> str:
    """Return the version to which a requirement is pinned."""
    pinned = re.search(rf"^{name}==(\S+)", read(ROOT / f"requirements/{requirements}.txt"), re.M | re.I)
    assert pinned
    return pinned[1]


def minor(number: str) -> list[str]:
    """Return the first two parts of a version."""
    return number.split(".")[:2]


# --- What is printed and not run --------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_not_run_has_a_reason_that_is_known(page: Path) -> None:
    for skip in re.findall(r"^ *\.\. skip: (?:next|start)(.*)$", read(page), re.MULTILINE):
        reason = re.search(r'"(.+)"\)?$', skip)
        assert reason, skip
        assert REASONS.fullmatch(reason[1]), reason[1]


def test_what_the_readme_prints_is_run_elsewhere() -> None:
    """Its commands are skipped, for they start servers, run these very tests, or want a platform around them."""
    run_by = {
        "make demo": ROOT / "scripts/try_demo",
        "make test": ROOT / ".ci/run",
        "tutor": ROOT / "tutor/README.rst",  # whose commands tutor/tests/test_plugin.py runs, up to Docker
        "pip install ./tutor": ROOT / "tutor/README.rst",
        "python manage.py": ROOT / "tutor/tests/test_init.py",
    }
    for command in re.findall(r"^    \$ (.*)$", read(README), re.MULTILINE):
        words = " ".join(shlex.split(command, comments=True))
        if words == "pip install .":
            continue  # scripts/try_wheel does that with the wheel, into an environment of its own
        [(beginning, runner)] = [item for item in run_by.items() if words.startswith(item[0])]
        wanted = re.escape(words.removeprefix("python manage.py "))
        assert re.search(rf'(?:^ *(?:\$ )?|: |"){wanted} *(?:$|>|")', read(runner), re.MULTILINE), beginning


# --- The reference ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "of_app"),
    [
        ("python_api", api),
        ("archival", archival_api),
        ("conversations", conversations_api),
        ("notifications", notifications_api),
        ("reviewed_by", reviewed_by_api),
    ],
)
def test_everything_in_the_python_api_is_in_the_reference_once(page: str, of_app: ModuleType) -> None:
    named = re.findall(r"^\.\. auto(?:function|class|exception):: (\w+)", read(REFERENCE / f"{page}.rst"), re.M)
    assert named == list(of_app.__all__)


def test_each_setting_is_described_with_its_default() -> None:
    """The page is made of these comments."""
    described = re.findall(
        r"^ *# \.\. setting_name: (\w+)\n *# \.\. setting_default: ((?:.|\n)+?)\n *# \.\. setting_description: \w",
        read(APP / "settings/common.py"), re.MULTILINE,
    )  # fmt: skip
    on_one_line = [(name, re.sub(r"\n *# *", " ", default)) for name, default in described]
    assert on_one_line == [(name, str(value)) for name, value in DEFAULTS.items()]


def test_tutor_describes_each_setting_with_the_same_default() -> None:
    described = dict(
        re.findall(r"^``(SAMPLE_PLUGIN_REVIEWS_\w+)`` \(default: ``(.*)``\)$", read(ROOT / "tutor/README.rst"), re.M)
    )
    assert {name: described[name] for name in DEFAULTS} == {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in DEFAULTS.items()
    }


def test_each_permission_is_described_with_what_is_asked() -> None:
    """In a library, and elsewhere. The page is made of these comments."""
    source = read(APP / "rules.py")
    described = {
        name: re.findall(r"``([\w.]+\.\w+)``", comment)
        for comment, name in re.findall(r"((?:^#: .*\n)+)^(CAN_\w+) = ", source, re.MULTILINE)
    }
    asked = {
        name: [
            DEFAULTS["SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION"] if action == "review_action" else getattr(authz, action),
            model_permission,
        ]
        for name, action, model_permission in re.findall(
            r'(CAN_\w+): _is_allowed\((?:lambda: )?authz\.(\w+), "([\w.]+)"\)', source
        )
    }
    assert len(asked) == 5
    # The platform has no Django permission for a course.
    assert described == {**asked, "CAN_VIEW_COURSE": [courses.VIEW_COURSE]}
