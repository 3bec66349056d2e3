"""
Tutor plugin for "holds", in one file. One block per hook, and each adds text to what Tutor renders.

Nothing of holds is imported: where Tutor runs, it is not installed.
"""

from tutor import hooks
from tutor.exceptions import TutorError
from tutor.types import Config

# --- Settings: names begin with that of the plugin, for all plugins share one configuration ---------------------------

hooks.Filters.CONFIG_DEFAULTS.add_items(
    [
        # Where the image gets the package from: a version, or git+https://…
        ("HOLDS_PIP_REQUIREMENT", "workshop-holds==0.1.0"),
        ("HOLDS_REASON_MAX_LENGTH", 200),
    ]
)


# Tutor takes any value. What is raised here is told before a file is rendered.
@hooks.Actions.CONFIG_LOADED.add()
def _refuse_what_would_not_work(config: Config) -> None:
    if not isinstance(config["HOLDS_REASON_MAX_LENGTH"], int):
        raise TutorError("holds: HOLDS_REASON_MAX_LENGTH has to be a whole number.")


# Studio's YAML configuration, which is read after the defaults in holds/settings/common.py.
hooks.Filters.ENV_PATCHES.add_item(("cms-env", "HOLDS_REASON_MAX_LENGTH: {{ HOLDS_REASON_MAX_LENGTH }}"))

# --- Image: the package, into the environment that Studio, the LMS and their workers share ----------------------------

hooks.Filters.ENV_PATCHES.add_item(
    ("openedx-dockerfile-post-python-requirement", "RUN $PIP_COMMAND install '{{ HOLDS_PIP_REQUIREMENT }}'")
)

# --- Database: tables and the role, at "tutor local launch"; again and again, so it must not matter how often ---------

hooks.Filters.CLI_DO_INIT_TASKS.add_item(
    (
        "cms",
        """
./manage.py cms migrate holds
if python -c "from openedx_authz.engine import schema" 2> /dev/null; then  # since 1.24
    ./manage.py cms load_authz_schema
fi
""",
    )
)
