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
REQUIRED_REVIEWERS = 1
WHO_MAY_REVIEW = "not_contributors"
# As Celery knows them. The first is the platform's now; the others are older.
IMPORT_TASKS = [
    "cms.djangoapps.modulestore_migrator.tasks.bulk_migrate_from_modulestore",
    "cms.djangoapps.modulestore_migrator.tasks.migrate_from_modulestore",
    "openedx.core.djangoapps.content_libraries.tasks.import_blocks_from_course",
]

# So that nobody waits longer than about two seconds. Measured on SQLite, as make bench does: with openedx-core 1.0.3,
# which saves its records one by one, 500 items take 1.2 to 1.4 seconds, and 2.2 on a machine that is busy with other
# work as well; with 1.15.2 they take half a second.
PUBLISH_IN_BACKGROUND_FROM = 500

# docs/reference/settings.rst is made of these comments, and a test holds each default against the one below it.
DEFAULTS = {
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT
    # .. setting_default: True
    # .. setting_description: Whether a learning package without a policy of its own requires reviews.
    "SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT": True,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS
    # .. setting_default: 1
    # .. setting_description: How many different people have to review a change, 1 to 20, where the learning package's
    #    policy says nothing else.
    "SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS": REQUIRED_REVIEWERS,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW
    # .. setting_default: not_contributors
    # .. setting_description: Who may review a change, of those who have the permission, where the learning package's
    #    policy says nothing else: not_contributors (people who did not change it since it was last published),
    #    not_last_editor (anyone but the last person who changed it) or anybody.
    "SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW": WHO_MAY_REVIEW,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW
    # .. setting_default: False
    # .. setting_description: The older setting for the same: True means anybody, as long as
    #    SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW has its default.
    "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW": False,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS
    # .. setting_default: ['cms.djangoapps.modulestore_migrator.tasks.bulk_migrate_from_modulestore',
    #    'cms.djangoapps.modulestore_migrator.tasks.migrate_from_modulestore',
    #    'openedx.core.djangoapps.content_libraries.tasks.import_blocks_from_course']
    # .. setting_description: The names of the Celery tasks that import content into libraries. What they publish into a
    #    library that requires reviews stays as drafts, which await review, and the import succeeds. The default has the
    #    platform's own tasks.
    # .. setting_warning: An import by a task that is not named here is refused like any other publish, and then the
    #    platform takes back all that it has imported.
    "SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS": IMPORT_TASKS,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION
    # .. setting_default: content_libraries.review_library_content
    # .. setting_description: What openedx-authz is asked before somebody reviews in a library.
    # .. setting_warning: An openedx-authz before 1.24 takes no permissions from plugins. Name one that it has, such as
    #    content_libraries.publish_library_content.
    "SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION": REVIEW_ACTION,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM
    # .. setting_default: 500
    # .. setting_description: From how many items on "publish reviewed items" goes to Celery over REST, so that no
    #    request runs into a time-out. Studio sends an e-mail when it is done, as for its other work in the background.
    "SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM": PUBLISH_IN_BACKGROUND_FROM,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE
    # .. setting_default: 60/minute
    # .. setting_description: How often one person may mark many changes, or publish, over REST.
    "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE": THROTTLE_RATE,
}


def plugin_settings(settings: Any) -> None:
    """Set the defaults, and put our step first in the filter that runs before a publish."""
    for name, value in DEFAULTS.items():
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
