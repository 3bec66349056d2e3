"""What Tutor renders with the plugin: run as an operator runs it, with a configuration of its own, without Docker."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PLUGIN = HERE / "sample_plugin_archival.py"
SLOTS = HERE.parent / "frontend/src/learner-dashboard/pluginSlots.tsx"
NPM_PACKAGE = "https://acme.test/package.tgz"


@pytest.mark.parametrize("npm_package", ["", NPM_PACKAGE])
def test_the_images_have_the_packages_and_the_dashboard_fills_the_slots(tmp_path: Path, npm_package: str) -> None:
    (tmp_path / "plugins").mkdir()
    shutil.copy(PLUGIN, tmp_path / "plugins")
    for command in (
        ["plugins", "enable", "mfe", PLUGIN.stem],
        ["config", "save", "--set", f"SAMPLE_PLUGIN_ARCHIVAL_NPM_REQUIREMENT={npm_package}"],
    ):
        subprocess.run(
            [Path(sys.executable).with_name("tutor"), *command],
            env={
                **os.environ,
                "HOME": str(tmp_path),
                "TUTOR_ROOT": str(tmp_path),
                "TUTOR_PLUGINS_ROOT": str(tmp_path / "plugins"),
            },
            check=True,
        )
    mfe = tmp_path / "env/plugins/mfe/build/mfe"
    assert "$PIP_COMMAND install 'git+https:" in (tmp_path / "env/build/openedx/Dockerfile").read_text()
    assert ((mfe / "Dockerfile").read_text().count(NPM_PACKAGE) > 0) == bool(npm_package)
    config = (mfe / "env.config.jsx").read_text()
    assert ("await import('frontend-plugin-sample-archival/learner-dashboard')" in config) == bool(npm_package)
    slots = re.findall(r"org\.openedx\.frontend\.[\w.]+", SLOTS.read_text())
    assert slots
    assert all(f"addPlugins(config, '{slot}', [...(samplePluginArchival?.pluginSlots" in config for slot in slots)
