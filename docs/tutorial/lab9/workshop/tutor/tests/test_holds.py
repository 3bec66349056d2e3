"""What the plugin adds arrives. A patch of a name that Tutor does not know is passed over without a word."""

import os
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("tutor.hooks", reason="Tutor has an environment of its own: tutor/.venv")


@pytest.fixture(name="env", scope="module")
def _env(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Tutor renders for a site that has this plugin and no other."""
    root = tmp_path_factory.mktemp("root")
    plugins = Path(__file__).parents[1] / "plugins"
    variables = {**os.environ, "TUTOR_ROOT": str(root), "TUTOR_PLUGINS_ROOT": str(plugins)}
    subprocess.run(["tutor", "plugins", "enable", "holds"], env=variables, check=True)
    return root / "env"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("build/openedx/Dockerfile", "RUN $PIP_COMMAND install 'workshop-holds==0.1.0'"),
        ("apps/openedx/config/cms.env.yml", "HOLDS_REASON_MAX_LENGTH: 200"),
    ],
)
def test_it_is_rendered(env: Path, path: str, line: str) -> None:
    assert line in (env / path).read_text(encoding="utf-8").splitlines()
