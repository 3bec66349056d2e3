"""The theme: it can be read, it is served from the image, and no other site is asked for anything."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Tutor, stages_of
from test_slots import MODULES, WITH_NODE, needs_node

THEME = ROOT / "tutor/tutor_sample_plugin_reviews/theme/light.css"
SETTINGS = "apps/openedx/settings/lms/production.py"
WHITE = "#FFFFFFFF"


@pytest.fixture(name="branded", scope="session")
def _branded(new_tutor: object) -> Tutor:
    """A site with the theme. To be looked at, and not to be changed."""
    assert callable(new_tutor)
    tutor: Tutor = new_tutor()
    tutor.enable("mfe", "sample-plugin-reviews")
    tutor("config", "save", "--set=SAMPLE_PLUGIN_REVIEWS_ENABLE_BRAND=true")
    return tutor


def colour(name: str) -> str:
    """Return a colour of the theme, or Paragon's white."""
    if name == "white":
        return WHITE
    found = re.search(rf"--pgn-color-{name}: (?:var\(--pgn-color-(.+?)\)|(#\w+));", THEME.read_text(encoding="utf-8"))
    assert found, name
    return found[2] or colour(found[1])


def luminance(code: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    values = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "backgrounds"),
    [
        # Buttons, badges: as they are, under the pointer, pressed.
        ("white", [f"{name}-{level}" for name in ("primary", "brand", "info") for level in ("base", "700", "900")]),
        # Text and outlined buttons, on the page and on a tint.
        *((f"{name}-base", ["white", f"{name}-100"]) for name in ("primary", "brand", "info")),
        ("link-hover", ["white"]),
        ("headings-base", ["white"]),
    ],
)
def test_text_has_the_contrast_that_wcag_aa_wants(text: str, backgrounds: list[str]) -> None:
    for background in backgrounds:
        darker, lighter = sorted(luminance(colour(name)) for name in (text, background))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, background


def test_the_image_has_the_theme_and_serves_it(branded: Tutor, site: Tutor) -> None:
    build = branded.env / "plugins/mfe/build/mfe"
    assert (build / "sample-plugin-brand/light.css").read_bytes() == THEME.read_bytes()
    image = stages_of((build / "Dockerfile").read_text())["production"].splitlines()
    assert image[-1] == "COPY sample-plugin-brand/ /openedx/dist/sample-plugin-brand/"
    served = "handle_path /sample-plugin-brand/* { root * /openedx/dist/sample-plugin-brand file_server }"
    assert served in " ".join(branded.read("plugins/mfe/apps/mfe/Caddyfile").split())
    # Off by default.
    assert not [path for path, content in site.files().items() if b"sample-plugin-brand" in content or "brand" in path]


# What a page of a micro-frontend loads, if the micro-frontend was built with Paragon and with a brand.
LOADED = """
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { mergeConfig } from '@edx/frontend-platform';
import useParagonThemeUrls from '@edx/frontend-platform/react/hooks/paragon/useParagonThemeUrls';

globalThis.window = { location: { origin: 'https://apps.example.com' } };
const built = (name) => ({ themeUrls: {
  core: { fileName: `/${name}-core.css` }, variants: { light: { fileName: `/${name}-light.css` } },
} });
globalThis.PARAGON_THEME = { paragon: built('paragon'), brand: built('brand') };
mergeConfig({ PARAGON_THEME_URLS: JSON.parse(process.argv[2]) });
renderToString(createElement(() => { console.log(JSON.stringify(useParagonThemeUrls())); return null; }));
"""


@needs_node
def test_a_page_takes_it_from_the_image_and_paragon_from_its_mfe(branded: Tutor, tmp_path: Path) -> None:
    source, bundle = tmp_path / "loaded.js", tmp_path / "bundle.js"
    source.write_text(LOADED)
    (tmp_path / "env.config.js").write_text("export default {};")
    subprocess.run(
        [
            *(WITH_NODE, MODULES / ".bin" / "esbuild", source, f"--outfile={bundle}", "--log-level=error"),
            *("--bundle", "--platform=node", f"--alias:env.config={tmp_path}/env.config.js"),
        ],
        env={"NODE_PATH": str(MODULES), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        check=True,
    )
    (urls,) = re.findall(r'^MFE_CONFIG\["PARAGON_THEME_URLS"\] = (.*)$', branded.read(SETTINGS), re.MULTILINE)
    done = subprocess.run(
        [WITH_NODE, "node", bundle, urls.replace("'", '"')], capture_output=True, text=True, check=True
    )
    loaded = json.loads(done.stdout)
    mfe = "https://apps.example.com"
    light = {"default": f"{mfe}/paragon-light.css", "brandOverride": "/sample-plugin-brand/light.css"}
    assert loaded["variants"]["light"]["urls"] == light
    assert loaded["core"]["urls"] == {"default": f"{mfe}/paragon-core.css", "brandOverride": f"{mfe}/brand-core.css"}
    # Nor does the theme itself ask another site.
    assert set(re.findall(r"https?://[\w.]+", THEME.read_text(encoding="utf-8"))) == {"http://www.w3.org"}
