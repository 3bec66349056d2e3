"""What the plugin puts into the files that Tutor renders, and what it leaves as it was."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Tutor, stages_of
from tutor_sample_plugin_reviews import __version__
from tutor_sample_plugin_reviews.settings import DJANGO_DEFAULTS, NPM_PACKAGE

OURS = re.compile(rb"sample_plugin|sample-plugin|samplePlugin", re.IGNORECASE)
OPENEDX = "build/openedx/Dockerfile"
MFE = "plugins/mfe/build/mfe/Dockerfile"
PIP = "RUN --mount=type=cache,target=/openedx/.cache/pip,sharing=shared $PIP_COMMAND install "
NPM = (
    "RUN --mount=type=cache,target=/root/.npm,sharing=shared npm install --no-audit --no-fund --registry=$NPM_REGISTRY "
)
CHECKOUT = "openedx-sample-plugin-reviews"
ENV_CONFIG = "plugins/mfe/build/mfe/env.config.jsx"
# By micro-frontend: its half, and one of its slots. One line for each, so that make_it_yours can take it out.
SLOTS = {"authoring": ("REVIEWS", "org.openedx.frontend.authoring.course_unit_sidebar.v2")}
SLOTS["learner-dashboard"] = ("ARCHIVAL", "org.openedx.frontend.learner_dashboard.course_list.v1")
HADOLINT = Path(sys.executable).with_name("hadolint")


# The distribution


def test_the_wheel_has_what_tutor_looks_for(tmp_path: Path) -> None:
    # From a copy: what was built before must not get in.
    shutil.copytree(ROOT / "tutor", tmp_path / "tutor", ignore=shutil.ignore_patterns(".venv", "build", "*.egg-info"))
    build = "from setuptools import build_meta; build_meta.build_wheel('..')"
    subprocess.run([sys.executable, "-c", build], cwd=tmp_path / "tutor", check=True, capture_output=True)
    (path,) = tmp_path.glob("tutor_contrib_sample_plugin_reviews-*.whl")
    wheel = zipfile.ZipFile(path)
    packaged = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package = ROOT / "tutor" / "tutor_sample_plugin_reviews"
    source = {
        str(path.relative_to(package.parent)) for path in package.rglob("*") if path.suffix in (".py", ".typed", ".css")
    }
    assert packaged == source
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert wheel.read(name).decode() == (
        "[tutor.plugin.v1]\nsample-plugin-reviews = tutor_sample_plugin_reviews.plugin\n"
    )


def test_it_is_of_one_version_with_what_it_installs() -> None:
    python = re.search(r'__version__ = "(.+)"', (ROOT / "sample_plugin" / "__init__.py").read_text())
    npm = re.search(r'"version": "(.+)"', (ROOT / "frontend" / "package.json").read_text())
    assert python
    assert npm
    assert metadata.version("tutor-contrib-sample-plugin-reviews") == __version__ == python[1] == npm[1]


def test_the_packages_are_called_what_is_installed(site: Tutor) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"'{project['name']}==" in site.read(OPENEDX)
    npm = re.search(r'"name": "(.+)"', (ROOT / "frontend" / "package.json").read_text())
    assert npm
    assert f"'{npm[1]}@" in site.read(MFE)


# The README


def test_the_commands_of_the_readme_get_as_far_as_docker(tutor: Tutor) -> None:
    readme = (ROOT / "tutor" / "README.rst").read_text(encoding="utf-8")
    commands = [line.partition("#")[0].split() for line in re.findall(r"^    \$ tutor (.*)", readme, re.MULTILINE)]
    assert len(commands) == 15
    # What "git clone" makes.
    (tutor.cwd / CHECKOUT / "sample_plugin/reviews").mkdir(parents=True)
    for command in commands:
        # What it asks is none of our business, and there is nobody to answer.
        tutor(*command, *(["--non-interactive"] if "launch" in command else []))
    built = " ".join(word for call in tutor.docker_calls() if "build" in call for word in call if "cache" not in word)
    for image in ("/openedx:", "/openedx-mfe:", "openedx-dev:"):
        assert image in built


# On and off


def test_enabling_and_disabling_leaves_nothing_behind(tutor: Tutor) -> None:
    tutor.enable("mfe", "sample-plugin-reviews")
    assert "sample-plugin-reviews\t✅ enabled\t" + __version__ in re.sub(r"\s*\t\s*", "\t", tutor("plugins", "list"))
    assert any(OURS.search(content) for content in tutor.files().values())
    tutor("plugins", "disable", "sample-plugin-reviews")
    assert [path for path, content in tutor.files().items() if OURS.search(content)] == []
    assert "SAMPLE_PLUGIN" not in (tutor.env.parent / "config.yml").read_text()


def test_without_mfe_the_back_end_is_the_same(tutor: Tutor, site: Tutor) -> None:
    tutor("plugins", "disable", "mfe")
    tutor.enable("sample-plugin-reviews")
    assert stages_of(tutor.read(OPENEDX)) == stages_of(site.read(OPENEDX))
    assert not (tutor.env / "plugins").exists()


@pytest.mark.parametrize(
    "hooks",
    [
        pytest.param(None, id="tutor-mfe is not installed"),
        pytest.param("", id="there are no slots any more"),
        pytest.param(
            "from tutor.core.hooks import Filter\nFRONTEND_APPS = Filter()\nFRONTEND_COMPAT_SLOTS = Filter()",
            id="there is no PLUGIN_SLOTS any more",
        ),
    ],
)
def test_it_takes_what_tutor_mfe_has(tutor: Tutor, tmp_path: Path, hooks: str | None) -> None:
    (tmp_path / "tutormfe").mkdir()
    init = "" if hooks is not None else "raise ModuleNotFoundError('tutormfe', name='tutormfe')"
    (tmp_path / "tutormfe" / "__init__.py").write_text(init)
    (tmp_path / "tutormfe" / "hooks.py").write_text(hooks or "")
    tutor("plugins", "enable", "sample-plugin-reviews", PYTHONPATH=str(tmp_path))
    assert PIP in tutor.read(OPENEDX)


def test_only_these_files_are_touched(site: Tutor, bare_site: Tutor) -> None:
    assert site.files().keys() == bare_site.files().keys()
    assert {path for path, content in site.files().items() if OURS.search(content)} == {
        OPENEDX,
        MFE,
        ENV_CONFIG,
        *(f"apps/openedx/config/{service}.env.yml" for service in ("cms", "lms")),
        *(
            f"apps/openedx/settings/{service}/{environment}.py"
            for service in ("cms", "lms")
            for environment in ("production", "development")
        ),
    }


# The images


def stages_with_ours(stages: dict[str, str]) -> list[str]:
    """Return the names of the stages of a Dockerfile that have something of ours."""
    return [name for name, text in stages.items() if OURS.search(text.encode())]


def test_the_django_package_is_installed_with_the_platforms_requirements(site: Tutor) -> None:
    command = f"{PIP}'openedx-sample-plugin-reviews=={__version__}'"
    stages = stages_of(site.read(OPENEDX))
    assert stages_with_ours(stages) == ["python-requirements"]
    lines = stages["python-requirements"].splitlines()
    assert lines.count(command) == 1
    # After them, so that what fits them stays; before what the operator adds, who has the last word.
    assert lines.index(command) > max(
        number for number, line in enumerate(lines) if "requirements/edx/base.txt" in line
    )


@pytest.mark.parametrize("mfe", SLOTS)
def test_the_npm_package_is_installed_for_the_mfes_whose_slots_it_fills(site: Tutor, mfe: str) -> None:
    command = f"{NPM}'frontend-plugin-sample-reviews@{__version__}'"
    stages = stages_of(site.read(MFE))
    assert stages_with_ours(stages) == [f"{name}-common" for name in SLOTS]
    lines = stages[f"{mfe}-common"].splitlines()
    # Development and production are both made from this stage. Before "npm clean-install" it would be thrown away.
    (clean,) = (number for number, line in enumerate(lines) if "npm clean-install" in line)
    assert lines.index(command) > clean
    assert f"FROM {mfe}-common AS {mfe}-dev" in stages[f"{mfe}-dev"]
    assert f"FROM {mfe}-common AS {mfe}-prod" in stages[f"{mfe}-prod"]


@pytest.mark.parametrize("mfe", SLOTS)
def test_a_half_that_is_switched_off_is_not_in_its_front_end(tutor: Tutor, mfe: str) -> None:
    tutor.enable("mfe", "sample-plugin-reviews")
    half, _slot = SLOTS[mfe]
    tutor("config", "save", f"--set=SAMPLE_PLUGIN_REVIEWS_ENABLE_{half}=false")
    others = [name for name in SLOTS if name != mfe]
    assert stages_with_ours(stages_of(tutor.read(MFE))) == [f"{name}-common" for name in others]
    rendered = tutor.read(ENV_CONFIG)
    assert [name for name, (_half, slot) in SLOTS.items() if slot in rendered] == others
    assert rendered.count(f"import('{NPM_PACKAGE}") == len(others)
    # Only reviews have settings.
    assert ("SAMPLE_PLUGIN" in tutor.read("apps/openedx/config/lms.env.yml")) == (half != "REVIEWS")


@pytest.mark.parametrize("files", [False, True], ids=["by name", "from files"])
@pytest.mark.parametrize("dockerfile", [OPENEDX, MFE])
def test_a_linter_finds_nothing_that_it_did_not_find_before(
    site: Tutor, bare_site: Tutor, site_with_files: Tutor, dockerfile: str, files: bool
) -> None:
    def findings(tutor: Tutor) -> Counter[str]:
        done = subprocess.run([HADOLINT, "--no-color", tutor.env / dockerfile], capture_output=True, text=True)
        assert done.stderr == ""
        # Line numbers differ. So does how many steps could be one, which Tutor keeps apart so that they are cached.
        return Counter(re.sub(r"^.*?:\d+ ", "", line) for line in done.stdout.splitlines() if "DL3059" not in line)

    assert findings(site_with_files if files else site) == findings(bare_site)


@pytest.fixture(name="site_with_files", scope="session")
def _site_with_files(tmp_path_factory: pytest.TempPathFactory, new_tutor: object) -> Tutor:
    """What comes of settings that name files."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "openedx_sample_plugin_reviews-9-py3-none-any.whl").write_text("a wheel")
    (folder / "frontend-plugin-sample-reviews-9.tgz").write_text("a tarball")
    assert callable(new_tutor)
    tutor: Tutor = new_tutor()
    tutor.enable("mfe", "sample-plugin-reviews")
    tutor(
        "config",
        "save",
        f"--set=SAMPLE_PLUGIN_REVIEWS_PIP_REQUIREMENT={folder}/openedx_sample_plugin_reviews-9-py3-none-any.whl",
        f"--set=SAMPLE_PLUGIN_REVIEWS_NPM_REQUIREMENT={folder}/frontend-plugin-sample-reviews-9.tgz",
    )
    return tutor


@pytest.mark.parametrize(
    ("dockerfile", "stage", "install", "file"),
    [
        (OPENEDX, "python-requirements", PIP, "openedx_sample_plugin_reviews-9-py3-none-any.whl"),
        (MFE, "authoring-common", NPM, "frontend-plugin-sample-reviews-9.tgz"),
        (MFE, "learner-dashboard-common", NPM, "frontend-plugin-sample-reviews-9.tgz"),
    ],
)
def test_a_file_is_copied_to_where_docker_finds_it(
    site_with_files: Tutor, dockerfile: str, stage: str, install: str, file: str
) -> None:
    lines = stages_of(site_with_files.read(dockerfile))[stage].splitlines()
    step = lines.index(f"{install}'/openedx/sample-plugin-reviews/{file}'")
    assert lines[step - 1] == "COPY sample-plugin-reviews/ /openedx/sample-plugin-reviews/"
    folder = (site_with_files.env / dockerfile).parent / "sample-plugin-reviews"
    assert [path.name for path in folder.iterdir()] == [file]


def test_a_url_is_installed_as_it_is(tutor: Tutor) -> None:
    tutor.enable("sample-plugin-reviews")
    url = "git+https://git.example.com/reviews.git@main"
    tutor("config", "save", f"--set=SAMPLE_PLUGIN_REVIEWS_PIP_REQUIREMENT={url}")
    assert f"{PIP}'{url}'" in tutor.read(OPENEDX).splitlines()


# A checkout


@pytest.fixture(name="checkout")
def _checkout(tmp_path: Path) -> Path:
    """What a clone of the repository has, as far as the plugin looks."""
    (tmp_path / CHECKOUT / "sample_plugin/reviews").mkdir(parents=True)
    return tmp_path / CHECKOUT


def test_a_mounted_checkout_takes_the_place_of_the_released_version(tutor: Tutor, checkout: Path) -> None:
    tutor.enable("sample-plugin-reviews")
    tutor("mounts", "add", str(checkout))
    stages = stages_of(tutor.read(OPENEDX))
    assert "sample-plugin" not in stages["python-requirements"]
    assert f'RUN $PIP_COMMAND install -e "/mnt/{CHECKOUT}"' in stages["production"].splitlines()
    (mount,) = yaml.safe_load(tutor("mounts", "list"))
    assert {service["container_path"] for service in mount["compose_mounts"]} == {f"/mnt/{CHECKOUT}"}
    tutor("images", "build", "openedx")
    assert any(f"--build-context=mnt-{CHECKOUT}={checkout}" in call for call in tutor.docker_calls())
    tutor("mounts", "remove", str(checkout))
    assert PIP + f"'{CHECKOUT}==" in tutor.read(OPENEDX)


@pytest.mark.parametrize("name", ["sample-plugin", "openedx-sample-plugin-reviews-2"])
def test_a_checkout_that_is_called_something_else_is_not_mounted_in_silence(
    tutor: Tutor, checkout: Path, name: str
) -> None:
    tutor.enable("sample-plugin-reviews")
    folder = checkout.rename(checkout.with_name(name))
    assert tutor.refusal("mounts", "add", str(folder)) == (
        f"sample-plugin-reviews: {folder} is not mounted, because Tutor decides by the folder's name: "
        f"rename it to {CHECKOUT}.\n"
    )
    tutor("mounts", "remove", str(folder))


# What Studio and the LMS read


@pytest.mark.parametrize("service", ["cms", "lms"])
def test_studio_and_lms_are_told_the_settings(site: Tutor, service: str) -> None:
    config = yaml.safe_load(site.read(f"apps/openedx/config/{service}.env.yml"))
    assert {name: value for name, value in config.items() if name.startswith("SAMPLE_PLUGIN")} == DJANGO_DEFAULTS


def test_a_setting_reaches_studio_with_its_type(tutor: Tutor) -> None:
    tutor.enable("sample-plugin-reviews")
    tutor(
        "config",
        "save",
        "--set=SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW=true",
        "--set=SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM=20",
        "--set=SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE=1000/day",
    )
    config = yaml.safe_load(tutor.read("apps/openedx/config/cms.env.yml"))
    assert config["SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW"] is True
    assert config["SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM"] == 20
    assert config["SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE"] == "1000/day"
