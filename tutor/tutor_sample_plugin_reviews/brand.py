"""
The theme in ``brand/``, for all micro-frontends, served from the image that has them.

frontend-platform puts the style sheet behind Paragon's own. As long as it is not told another address for that one, it
takes it from the micro-frontend itself. So a browser asks no other site.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tutor import hooks
from tutor.types import Config

from .settings import ENABLE_BRAND, if_enabled

_FOLDER = "sample-plugin-brand"
_URLS = {"defaults": {"light": "light"}, "variants": {"light": {"urls": {"brandOverride": f"/{_FOLDER}/light.css"}}}}


# Into the folder from which Docker builds the image.
@hooks.Actions.ENV_SAVED.add()
def _copy_theme(root: str, config: Config) -> None:
    folder = Path(root, "plugins/mfe/build/mfe", _FOLDER)
    shutil.rmtree(folder, ignore_errors=True)
    if config[ENABLE_BRAND] and folder.parent.is_dir():
        shutil.copytree(Path(__file__).with_name("theme"), folder)


_SERVED = f"""handle_path /{_FOLDER}/* {{
    root * /openedx/dist/{_FOLDER}
    file_server
}}"""
hooks.Filters.ENV_PATCHES.add_items(
    [
        ("mfe-dockerfile-production-final", if_enabled(ENABLE_BRAND, f"COPY {_FOLDER}/ /openedx/dist/{_FOLDER}/")),
        ("mfe-caddyfile", if_enabled(ENABLE_BRAND, _SERVED)),
        # Not in development, where each micro-frontend has a server of its own.
        ("mfe-lms-production-settings", if_enabled(ENABLE_BRAND, f'MFE_CONFIG["PARAGON_THEME_URLS"] = {_URLS}')),
    ]
)
