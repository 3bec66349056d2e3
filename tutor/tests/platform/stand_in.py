"""
Stands in for the platform's settings: its order, and as much else as the files that Tutor renders ask for.

The order is that of ``{cms,lms}/envs/{common,production}.py``: the plugins' "common" settings, the operator's YAML, the
plugins' "production" settings. Tutor's own file comes behind all of it.
"""

import os
from pathlib import Path
from typing import Any

import yaml
from edx_django_utils.plugins import add_plugins, get_plugin_apps

_SERVICE = os.environ["SERVICE_VARIANT"]

# --- common.py --------------------------------------------------------------------------------------------------------

INSTALLED_APPS = ["lms.djangoapps.coursewarehistoryextended"]
DATABASE_ROUTERS = ["openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter"]
SYSTEM_WIDE_ROLE_CLASSES = ["enterprise.SystemWideEnterpriseUserRoleAssignment"]
STATIC_ROOT = "/static"
CSRF_TRUSTED_ORIGINS: list[str] = []
FEATURES: dict[str, Any] = {}
IDA_LOGOUT_URI_LIST: list[str] = []
LOGIN_REDIRECT_WHITELIST: list[str] = []
CACHES: dict[str, Any] = {}
JWT_AUTH: dict[str, Any] = {}
MFE_CONFIG: dict[str, Any] = {}
REGISTRATION_EXTRA_FIELDS: dict[str, Any] = {}
LOGGING: dict[str, Any] = {"handlers": {}, "loggers": {"tracking": {}}}
MODULESTORE: dict[str, Any] = {"default": {"OPTIONS": {"stores": []}}}
PROFILE_IMAGE_BACKEND: dict[str, Any] = {"options": {}}
VIDEO_IMAGE_SETTINGS: dict[str, Any] = {"STORAGE_KWARGS": {}}
VIDEO_TRANSCRIPTS_SETTINGS: dict[str, Any] = {"STORAGE_KWARGS": {}}
INSTALLED_APPS += get_plugin_apps(f"{_SERVICE}.djangoapp")
add_plugins(__name__, f"{_SERVICE}.djangoapp", "common")

# --- production.py ----------------------------------------------------------------------------------------------------

ENV_TOKENS = yaml.safe_load(Path(os.environ[f"{_SERVICE.upper()}_CFG"]).read_text(encoding="utf-8"))
globals().update({name: value for name, value in ENV_TOKENS.items() if name not in ("FEATURES", "JWT_AUTH")})
add_plugins(__name__, f"{_SERVICE}.djangoapp", "production")
