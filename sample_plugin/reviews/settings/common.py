"""
The plugin's settings, for every environment.

Studio calls :func:`plugin_settings` before it reads the operator's configuration, so that what is set there wins.
"""

from __future__ import annotations

from typing import Any

FILTER_TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "sample_plugin.reviews.pipeline.RequireReview"
REVIEW_ACTION = "content_libraries.review_library_content"
THROTTLE_RATE = "60/minute"

# So that nobody waits longer than about two seconds. Measured on SQLite, as make bench does: with openedx-core 1.0.3,
# which saves its records one by one, 500 items take 1.2 to 1.4 seconds, and 2.2 on a machine that is busy with other
# work as well; with 1.15.2 they take half a second.
PUBLISH_IN_BACKGROUND_FROM = 500


def plugin_settings(settings: Any) -> None:
    """Set the defaults, and put our step first in the filter that runs before a publish."""
    defaults = {
        # Whether a learning package without a policy of its own needs reviews.
        "SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT": True,
        # Whether people may review their own changes.
        "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW": False,
        # What openedx-authz is asked before somebody reviews in a library. Before 1.24 it takes no permissions from
        # plugins: name one that it has, such as "content_libraries.publish_library_content".
        "SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION": REVIEW_ACTION,
        # How often one person may ask for what is expensive: marking many, publishing.
        "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE": THROTTLE_RATE,
        # From how many items on "publish reviewed items" goes to the background, and a request is answered at once.
        "SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM": PUBLISH_IN_BACKGROUND_FROM,
    }
    for name, value in defaults.items():
        if not hasattr(settings, name):
            setattr(settings, name, value)
    install_user_tasks(settings)
    configure_filter(settings)


def install_user_tasks(settings: Any) -> None:
    """
    Install django-user-tasks where it is not. Safe to call again.

    Studio has it and the LMS has not, but its workers import the tasks of every app too, and ours stand on its models.
    The tables are in the database that both share.
    """
    installed = getattr(settings, "INSTALLED_APPS", [])
    if not any(app.partition(".")[0] == "user_tasks" for app in installed):
        settings.INSTALLED_APPS = [*installed, "user_tasks"]


def configure_filter(settings: Any) -> None:
    """
    Put our step first in the pipeline and make a crashing step stop the publish. Safe to call again.

    Both matter: a step that returns no dict ends the pipeline for those behind it, and with openedx-filters' default a
    step that crashes is passed over. Everything else that is configured stays: other steps in their order, other keys,
    other filters. openedx-filters takes a dict, a list or a single string; we leave a dict.
    """
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(FILTER_TYPE) or {}
    if not isinstance(config, dict):
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    if isinstance(steps, str):
        steps = [steps]
    filters[FILTER_TYPE] = {
        **config,
        "pipeline": [STEP, *(step for step in steps if step != STEP)],
        "fail_silently": False,
    }
    settings.OPEN_EDX_FILTERS_CONFIG = filters
