"""
What the front ends get.

The env.config.jsx that Tutor rendered, bundled by esbuild with the npm package as it is packed, and run by Node.js.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Tutor, stages_of

WITH_NODE = ROOT / "scripts" / "with_node"
MODULES = ROOT / "frontend" / "node_modules"
PACKAGE = "frontend-plugin-sample-reviews"
ENV_CONFIG = "plugins/mfe/build/mfe/env.config.jsx"

HEADER = "org.openedx.frontend.layout.studio_header_actions.v1"
SIDEBAR = "org.openedx.frontend.authoring.course_unit_sidebar.v2"
EXPECTED = {HEADER: ["sample_plugin_reviews.header_action"], SIDEBAR: ["default_contents"]}

COURSES = "org.openedx.frontend.learner_dashboard.course_list.v1"
CARD = "org.openedx.frontend.learner_dashboard.course_card_action.v1"
# One line for each, so that make_it_yours can take it out.
EXPECTED_IN = {"authoring": EXPECTED}
EXPECTED_IN["learner-dashboard"] = {COURSES: ["default_contents"], CARD: ["sample_plugin_archival.button"]}

# In a slot, what each plugin is about: a widget of its own, or the one that it wraps.
PRINT = """
Promise.resolve(require(process.argv[1]).default()).then(({ pluginSlots }) => console.log(JSON.stringify(
  Object.fromEntries(Object.entries(pluginSlots).map(
    ([slot, { plugins }]) => [slot, plugins.map(({ widget, widgetId }) => widget?.id ?? widgetId)],
  )),
)));
"""

OPERATORS_SLOTS = """
from tutormfe.hooks import PLUGIN_SLOTS
WIDGET = "{op: PLUGIN_OPERATIONS.Insert, widget: {id: 'NAME', type: DIRECT_PLUGIN, RenderWidget: () => null}}"
PLUGIN_SLOTS.add_items([
    ("all", "footer_slot", WIDGET.replace("NAME", "footer")),
    ("authoring", "HEADER", WIDGET.replace("NAME", "operator")),
    ("learning", "HEADER", WIDGET.replace("NAME", "learning")),
])
""".replace("HEADER", HEADER)
OPERATORS = {"footer_slot": ["footer"], HEADER: ["operator"]}


needs_node = pytest.mark.skipif(not (MODULES / "ready").exists(), reason="there is no Node.js, or nothing installed")


@pytest.fixture(name="packed", scope="session")
def _packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder node_modules with nothing but our package, as an operator gets it."""
    folder = tmp_path_factory.mktemp("packed")
    npm: list[str | Path] = [WITH_NODE, "npm", "pack", "--silent", "--pack-destination", folder]
    subprocess.run(npm, cwd=ROOT / "frontend", check=True, capture_output=True)
    (tarball,) = folder.glob("*.tgz")
    target = folder / "node_modules" / PACKAGE
    target.mkdir(parents=True)
    subprocess.run(["tar", "xzf", tarball, "--strip-components=1", "--directory", target], check=True)
    return target.parent


@pytest.fixture(name="operators_site", scope="session")
def _operators_site(new_tutor: Any) -> Tutor:
    """A site where somebody has slots of their own, before ours and behind them."""
    tutor: Tutor = new_tutor()
    tutor.operators_plugin(OPERATORS_SLOTS)
    return tutor.enable("operator", "mfe", "sample-plugin-reviews")


def slots(tutor: Tutor, app: str, modules: Path | None, folder: Path, config: str = ENV_CONFIG) -> tuple[Any, str]:
    """Return what is in which slot of this MFE, and what is complained about."""
    source = folder / "env.config.jsx"
    source.write_text(tutor.read(config))
    if modules:
        (folder / "node_modules").symlink_to(modules)
    bundle = folder / "bundle.js"
    subprocess.run(
        [
            *(WITH_NODE, MODULES / ".bin" / "esbuild", source, f"--outfile={bundle}", "--log-level=error"),
            *("--bundle", "--format=cjs", "--platform=node", "--preserve-symlinks"),
            # As webpack knows it, from the stage in the Dockerfile.
            f'--define:process.env.APP_ID="{app}"',
            '--define:process.env.NODE_ENV="production"',
            *(f"--alias:env.config={source}", "--external:CourseAuthoring/*"),
            *(f"--loader:.{kind}=empty" for kind in ("css", "scss", "svg")),
        ],
        # Where the MFE has React, Paragon and the rest.
        env={"NODE_PATH": str(MODULES), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        check=True,
    )
    done = subprocess.run([WITH_NODE, "node", "-e", PRINT, bundle], capture_output=True, text=True, check=True)
    return json.loads(done.stdout), done.stderr


@needs_node
@pytest.mark.parametrize("app", EXPECTED_IN)
def test_each_mfe_gets_its_slots(site: Tutor, packed: Path, tmp_path: Path, app: str) -> None:
    assert slots(site, app, packed, tmp_path) == (EXPECTED_IN[app], "")


@needs_node
@pytest.mark.parametrize("app", ["learning", "account"])
def test_no_other_mfe_gets_any_or_needs_the_package(site: Tutor, app: str, tmp_path: Path) -> None:
    assert slots(site, app, None, tmp_path) == ({}, "")


WEBPACK = """
const webpack = require('webpack');
const [folder, app] = process.argv.slice(1);
webpack({
  context: folder, entry: './env.config.jsx', mode: 'production', output: { path: `${folder}/out` },
  externals: { '@openedx/frontend-plugin-framework': '{}' },
  plugins: [new webpack.DefinePlugin({ 'process.env.APP_ID': JSON.stringify(app) })],
}, (_, { compilation }) => {
  console.log([...compilation.errors, ...compilation.warnings].map(({ message }) => message).join());
});
"""


@needs_node
@pytest.mark.parametrize(("app", "missing"), [("learning", False), *((app, True) for app in EXPECTED_IN)])
def test_so_it_is_for_webpack_which_builds_them(site: Tutor, app: str, missing: bool, tmp_path: Path) -> None:
    """An import within "try" that leads nowhere is a warning to webpack, so that a build would go on without us."""
    (tmp_path / "env.config.jsx").write_text(site.read(ENV_CONFIG))
    command: list[str | Path] = [WITH_NODE, "node", "-e", WEBPACK, tmp_path, app]
    said = subprocess.run(command, cwd=ROOT / "frontend", capture_output=True, text=True, check=True).stdout
    assert (PACKAGE in said) == missing
    assert bool(said.strip()) == missing


@needs_node
def test_the_operators_slots_stay(operators_site: Tutor, packed: Path, tmp_path: Path) -> None:
    found, complaints = slots(operators_site, "authoring", packed, tmp_path)
    assert found == {**OPERATORS, **EXPECTED, HEADER: ["operator", *EXPECTED[HEADER]]}
    assert complaints == ""


@needs_node
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("throw new Error('crashes');", id="it crashes"),
        pytest.param("export const pluginSlots = undefined;", id="it has no slots"),
        pytest.param("export const pluginSlots = { other_slot: {} };", id="it has others"),
    ],
)
def test_an_import_that_fails_takes_nobodys_slots_away(operators_site: Tutor, tmp_path: Path, code: str) -> None:
    package = tmp_path / "broken" / PACKAGE
    package.mkdir(parents=True)
    (package / "index.js").write_text(code)
    found, complaints = slots(operators_site, "authoring", package.parent, tmp_path)
    assert found == {**OPERATORS, SIDEBAR: []}
    # Not in silence, either.
    assert ("sample-plugin-reviews: the front end could not be loaded" in complaints) == ("crashes" in code)


# What comes after PLUGIN_SLOTS

COMPAT = "plugins/mfe/build/mfe/site/src/env.config.authoring.jsx"

AUTHORING_IN_THE_SITE = """
from tutormfe.hooks import FRONTEND_APPS

@FRONTEND_APPS.add()
def _authoring(apps):
    apps["authoring"] = {"npm_package": "@openedx/frontend-app-authoring", "npm_version": "1", "enabled": True}
    return apps
"""


@needs_node
def test_when_authoring_moves_to_the_site_our_slots_move_along(tutor: Tutor, packed: Path, tmp_path: Path) -> None:
    tutor.operators_plugin(AUTHORING_IN_THE_SITE)
    tutor.enable("mfe", "sample-plugin-reviews", "operator")
    assert slots(tutor, "authoring", packed, tmp_path, COMPAT) == (EXPECTED, "")
    lines = stages_of(tutor.read("plugins/mfe/build/mfe/Dockerfile"))["site-common"].splitlines()
    installs = [line for line in lines if line.startswith("RUN") and "npm install" in line]
    assert [f"'{PACKAGE}@" in line for line in installs] == [False, True]


def test_until_then_the_site_has_nothing_of_ours(site: Tutor) -> None:
    assert not (site.env / COMPAT).exists()
    assert "frontend-base-compat" not in site.read("plugins/mfe/build/mfe/site/package.json")
