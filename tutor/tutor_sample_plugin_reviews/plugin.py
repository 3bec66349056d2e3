"""
The plugin that Tutor loads: one block per hook. The theme has a module of its own, ``brand.py``.

Each block adds text to a file that Tutor renders at "tutor config save"; "tutor images build" and "tutor local launch"
use these files.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tutor import fmt, hooks
from tutor.exceptions import TutorError
from tutor.types import Config

from . import brand  # noqa: F401  (adds hooks, too)
from .settings import (
    DEFAULTS,
    DJANGO_DEFAULTS,
    ENABLE_ARCHIVAL,
    ENABLE_REVIEWS,
    NPM_PACKAGE,
    NPM_REQUIREMENT,
    PIP_REQUIREMENT,
    PYTHON_PACKAGE,
    find_faults,
    if_enabled,
    is_path,
)

try:
    from tutormfe import hooks as mfe_hooks
except ImportError:  # a site without micro-frontends: the gate still works
    mfe_hooks = None  # type: ignore[assignment]

# --- Settings ---------------------------------------------------------------------------------------------------------

# Defaults, so that config.yml has only the settings that the operator has changed.
hooks.Filters.CONFIG_DEFAULTS.add_items(list(DEFAULTS.items()))


# For the filters that are not told the configuration.
_config: Config = {}


# Called whenever Tutor has loaded its configuration, and before it renders anything: an invalid value is reported here,
# and the files that Tutor rendered before stay as they are.
@hooks.Actions.CONFIG_LOADED.add()
def _refuse_what_would_not_work(config: Config) -> None:
    if faults := list(find_faults(config)):
        raise TutorError("sample-plugin-reviews: " + "\n".join(faults))
    _config.update(config)


# Studio and the LMS read them from their YAML configuration, after the defaults in the plugin's "common" settings and
# before the plugin's "production" settings.
_YAML = if_enabled(ENABLE_REVIEWS, "\n".join(f"{name}: {{{{ {name} | tojson }}}}" for name in DJANGO_DEFAULTS))
hooks.Filters.ENV_PATCHES.add_items([("cms-env", _YAML), ("lms-env", _YAML)])

# --- The gate ---------------------------------------------------------------------------------------------------------

# The apps of the Django package: the switch that each belongs to, the services that load it, and the module of settings
# that adds its filter steps.
_APPS = [
    (ENABLE_REVIEWS, ("cms", "lms"), "sample_plugin.reviews", "settings.production"),
    (ENABLE_REVIEWS, ("cms", "lms"), "sample_plugin.conversations", "settings"),
    (ENABLE_REVIEWS, ("cms", "lms"), "sample_plugin.notifications", None),
    (ENABLE_REVIEWS, ("cms",), "sample_plugin.reviewed_by", None),
    (ENABLE_REVIEWS, ("lms",), "sample_plugin.reviewed_by", "settings.lms"),
    (ENABLE_ARCHIVAL, ("lms",), "sample_plugin.archival", "settings.common"),
]


def _settings_of(service: str) -> str:
    """
    Return the lines for the settings files of a service.

    Tutor's settings files run after the platform's, and so after the plugin's "production" settings. If an operator's
    plugin assigns OPEN_EDX_FILTERS_CONFIG there, it replaces the plugin's steps. So they are put back after all others.
    """
    lines = """
# sample-plugin-reviews: puts the plugin's steps first in OPEN_EDX_FILTERS_CONFIG.
# If this import fails, the image was built before the plugin was enabled. Run: tutor images build openedx
import sys
"""
    for switch, services, app, settings in _APPS:
        if service not in services:
            continue
        name = app.replace(".", "_") + "_settings"
        package, _, module = f"{app}.{settings}".rpartition(".")
        put_back = f"from {package} import {module} as {name}\n{name}.plugin_settings(sys.modules[__name__])\n"
        leave_out = f'from sample_plugin.leaving_out import leave_out\nleave_out(sys.modules[__name__], "{app}")\n'
        lines += if_enabled(switch, put_back if settings else "", leave_out)
    return lines


hooks.Filters.ENV_PATCHES.add_items(
    [
        (f"openedx-{service}-{environment}-settings", _settings_of(service))
        for service in ("cms", "lms")
        for environment in ("production", "development")
    ],
    priority=hooks.priorities.LOW + 1,
)


# Without reviews there is no gate. This is the operator's decision, but nobody must find out by chance.
@hooks.Actions.ENV_SAVED.add()
def _say_that_the_gate_is_open(root: str, config: Config) -> None:
    if not config[ENABLE_REVIEWS]:
        fmt.echo_alert(
            f"sample-plugin-reviews: {ENABLE_REVIEWS} is false, so Studio publishes changes that nobody has reviewed, "
            "whatever the policy of a library says."
        )


# --- Images -----------------------------------------------------------------------------------------------------------

# The subfolder for files to copy into an image, in the folder that the image is built from.
_FILES = "sample-plugin-reviews"


def _install(command: str, requirement: str) -> str:
    """Return the lines of a Dockerfile that install the requirement in a setting, which may be a file."""
    return f"""
{{%- if {requirement}.startswith(("/", "~")) %}}
COPY {_FILES}/ /openedx/{_FILES}/
RUN {command} '/openedx/{_FILES}/{{{{ {requirement}.split("/") | last }}}}'
{{%- else %}}
RUN {command} '{{{{ {requirement} }}}}'
{{%- endif %}}"""


# The Django package, into the environment that Studio, the LMS and their workers share. If a checkout is mounted, Tutor
# installs it. Then the version of this release is not installed, which may not be published yet.
hooks.Filters.ENV_PATCHES.add_item(
    (
        "openedx-dockerfile-post-python-requirements",
        f"""
{{%- if "{PYTHON_PACKAGE}" not in iter_mounted_directories(MOUNTS, "openedx") %}}
# sample-plugin-reviews: the Django package
{_install("--mount=type=cache,target=/openedx/.cache/pip,sharing=shared $PIP_COMMAND install", PIP_REQUIREMENT)}
{{%- endif %}}
""",
    )
)

# A checkout, both when an image is built and when it runs ("tutor mounts add"). Tutor compares the beginning of a
# folder's name, hence the $. Tutor itself mounts all folders that begin with "openedx-". "sample-plugin", the name of
# the repository, is also the name of other projects.
hooks.Filters.MOUNTED_DIRECTORIES.add_item(("openedx", f"{PYTHON_PACKAGE}$"))

# The npm package, for the micro-frontends whose slots it fills: see below.
_NPM_INSTALL = _install(
    "--mount=type=cache,target=/root/.npm,sharing=shared npm install --no-audit --no-fund --registry=$NPM_REGISTRY",
    NPM_REQUIREMENT,
)


# Copies local files into the folders from which Docker builds.
@hooks.Actions.ENV_SAVED.add()
def _copy_files(root: str, config: Config) -> None:
    for requirement, image in ((PIP_REQUIREMENT, "build/openedx"), (NPM_REQUIREMENT, "plugins/mfe/build/mfe")):
        folder = Path(root, image, _FILES)
        shutil.rmtree(folder, ignore_errors=True)
        value = str(config[requirement])
        if is_path(value) and folder.parent.is_dir():
            folder.mkdir()
            shutil.copy(Path(value).expanduser(), folder)


# --- Database ---------------------------------------------------------------------------------------------------------

# At "tutor local launch" and "tutor local do init", after the platform's own tasks. Safe to run again. For a running
# site: "tutor local do init --limit=sample-plugin-reviews". Each migrates all apps of its service, as Tutor's own do.
for _service in ("lms", "cms"):
    _role = f"""
if python -c "from openedx_authz.engine import schema" 2> /dev/null; then
    ./manage.py {_service} load_authz_schema
else
    echo "openedx-authz is missing or older than 1.24: see SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION"
fi
"""
    hooks.Filters.CLI_DO_INIT_TASKS.add_item(
        (_service, f"\n./manage.py {_service} migrate{if_enabled(ENABLE_REVIEWS, _role)}")
    )

# --- Front ends -------------------------------------------------------------------------------------------------------

# All entries of the npm package for a slot; frontend/src/pluginSlots.tsx decides which slots it fills.
_SLOTS = (
    "org.openedx.frontend.layout.studio_header_actions.v1",
    "org.openedx.frontend.authoring.course_unit_sidebar.v2",
)
# By micro-frontend: the switch, what of the npm package it imports, and its slots.
_FRONT_ENDS: dict[str, tuple[str, str, tuple[str, ...]]] = {"authoring": (ENABLE_REVIEWS, NPM_PACKAGE, _SLOTS)}

# The entry for archival imports nothing of reviews, and the other way round.
_DASHBOARD = "org.openedx.frontend.learner_dashboard"  # of archival
_ARCHIVAL_SLOTS = (f"{_DASHBOARD}.course_list.v1", f"{_DASHBOARD}.course_card_action.v1")
_FRONT_ENDS["learner-dashboard"] = (ENABLE_ARCHIVAL, f"{NPM_PACKAGE}/learner-dashboard", _ARCHIVAL_SLOTS)


def _fill(mfe: str) -> list[tuple[str, str, str]]:
    """Return what a micro-frontend has in its slots, as tutor-mfe takes it: nothing, if the switch is off."""
    switch, _entry, slots = _FRONT_ENDS[mfe]
    return [(mfe, slot, f"...samplePluginReviews('{slot}')") for slot in slots if _config.get(switch)]


# In env.config.jsx the slots of all plugins share one "try": if this import failed in there, no slot would be filled.
# The file is the same for every MFE, and an import at its top would have to be found in each.
for _mfe, (_switch, _entry, _slots) in _FRONT_ENDS.items():
    hooks.Filters.ENV_PATCHES.add_items(
        [
            (
                f"mfe-dockerfile-post-npm-install-{_mfe}",
                if_enabled(_switch, f"# sample-plugin-reviews: the npm package{_NPM_INSTALL}"),
            ),
            (
                f"mfe-env-config-runtime-definitions-{_mfe}",
                if_enabled(
                    _switch,
                    f"""
      const {{ pluginSlots: samplePluginReviewsSlots }} = await import('{_entry}').catch((error) => {{
        console.error('sample-plugin-reviews: the front end could not be loaded:', error);
        return {{}};
      }});
      const samplePluginReviews = (slot) => samplePluginReviewsSlots?.[slot]?.plugins ?? [];
""",
                ),
            ),
        ]
    )

if hasattr(mfe_hooks, "PLUGIN_SLOTS"):

    @mfe_hooks.PLUGIN_SLOTS.add()
    def _fill_the_slots(slots: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        return [*slots, *(slot for mfe in _FRONT_ENDS for slot in _fill(mfe))]


# The successor. tutor-mfe will drop PLUGIN_SLOTS, with env.config.jsx, once every MFE has become an app of the one
# "frontend-base" site. In Verawood authoring is not such an app yet, and so the site does not include this package. As
# soon as authoring is enabled there, the site gets the same slots, through its compatibility shim. The shim has not all
# that the slots of the learner's dashboard import, so that the site could not be built with them.
if hasattr(mfe_hooks, "FRONTEND_COMPAT_SLOTS"):

    @mfe_hooks.FRONTEND_COMPAT_SLOTS.add()
    def _fill_the_slots_of_the_site(slots: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        authoring = mfe_hooks.FRONTEND_APPS.apply({}).get("authoring", {})
        return [*slots, *(_fill("authoring") if authoring.get("enabled") else [])]

    # The shim has a file per MFE, which is not asynchronous; the imports at its top are built into the site.
    hooks.Filters.ENV_PATCHES.add_items(
        [
            (
                "mfe-env-config-buildtime-imports",
                f"""
{{%- if current_mfe is defined and current_mfe == "authoring" and {ENABLE_REVIEWS} %}}
import {{ pluginSlots as samplePluginReviewsSlots }} from '{NPM_PACKAGE}';
{{%- endif %}}
""",
            ),
            (
                "mfe-env-config-buildtime-definitions",
                f"""
{{%- if current_mfe is defined and current_mfe == "authoring" and {ENABLE_REVIEWS} %}}
const samplePluginReviews = (slot) => samplePluginReviewsSlots[slot]?.plugins ?? [];
{{%- endif %}}
""",
            ),
            (
                "mfe-dockerfile-post-npm-install-site",
                f"""
{{%- if is_frontend_app_enabled("authoring") and {ENABLE_REVIEWS} %}}
# sample-plugin-reviews: the npm package
{_NPM_INSTALL}
{{%- endif %}}
""",
            ),
        ]
    )
