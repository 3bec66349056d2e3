"""
The plugin's settings, for every environment.

Studio calls :func:`plugin_settings` before it reads the operator's configuration, so that the operator's values win.
"""

from __future__ import annotations

from typing import Any

from sample_plugin.filter_steps import change_steps

FILTER_TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "sample_plugin.reviews.pipeline.RequireReview"

# PUBLISH_IN_BACKGROUND_FROM is 500, so that a request takes about two seconds at most. Measured on SQLite with make
# bench: openedx-core 1.0.3, which saves its records one by one, takes 1.2 to 1.4 seconds for 500 items (2.2 on a busy
# machine); 1.15.2 takes half a second.
#
# docs/reference/settings.rst is made of these comments, and a test holds each default against the one below it.
DEFAULTS: dict[str, object] = {
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE
    # .. setting_default: required
    # .. setting_description: What happens to unreviewed changes that are to be published, unless the policy of the
    #    learning package says otherwise: required (they are refused), advisory (they are published, and the plugin says
    #    and records what it would have refused) or off (they are published).
    # .. setting_warning: In YAML, write "off" in quotes: without them it is a boolean, which is invalid, and then
    #    reviews are required.
    "SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE": "required",
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT
    # .. setting_default: True
    # .. setting_description: The older setting for the same: False means off, as long as
    #    SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE has its default.
    "SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT": True,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS
    # .. setting_default: 1
    # .. setting_description: How many different reviewers a change needs, 1 to 20, unless the learning package's policy
    #    says otherwise.
    "SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS": 1,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW
    # .. setting_default: not_contributors
    # .. setting_description: Who may review a change, of those who have the permission, unless the learning package's
    #    policy says otherwise: not_contributors (people who did not change it since it was last published),
    #    not_last_editor (anyone but the last person who changed it) or anybody.
    "SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW": "not_contributors",
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW
    # .. setting_default: False
    # .. setting_description: The older setting for the same: True means anybody, as long as
    #    SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW has its default.
    "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW": False,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REVIEW_STARTS
    # .. setting_default: every_save
    # .. setting_description: When a change waits for a review, unless the learning package's policy says otherwise:
    #    every_save (from the first save on) or when_asked (once an author has asked for a review of it; until then it
    #    is in progress).
    "SAMPLE_PLUGIN_REVIEWS_REVIEW_STARTS": "every_save",
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS
    # .. setting_default: ['cms.djangoapps.modulestore_migrator.tasks.bulk_migrate_from_modulestore',
    #    'cms.djangoapps.modulestore_migrator.tasks.migrate_from_modulestore',
    #    'openedx.core.djangoapps.content_libraries.tasks.import_blocks_from_course']
    # .. setting_description: The names of the Celery tasks that import content into libraries. If a library requires
    #    reviews, the content that these tasks publish stays as drafts, which await review, and the import succeeds. The
    #    default has the platform's own tasks.
    # .. setting_warning: An import by a task that is not named here is refused like any other publish, and then the
    #    platform rolls back the whole import.
    "SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS": [
        "cms.djangoapps.modulestore_migrator.tasks.bulk_migrate_from_modulestore",
        # Older releases of the platform.
        "cms.djangoapps.modulestore_migrator.tasks.migrate_from_modulestore",
        "openedx.core.djangoapps.content_libraries.tasks.import_blocks_from_course",
    ],
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION
    # .. setting_default: content_libraries.review_library_content
    # .. setting_description: The permission that openedx-authz checks before a review in a library.
    # .. setting_warning: openedx-authz before 1.24 does not accept permissions from plugins. Name one that it has, such
    #    as content_libraries.publish_library_content.
    "SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION": "content_libraries.review_library_content",
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM
    # .. setting_default: 500
    # .. setting_description: The number of items from which "publish reviewed items" over REST runs in Celery, so that
    #    no request times out. Studio sends an e-mail when it is done, as for its other background tasks.
    "SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM": 500,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_OVERDUE_DAYS
    # .. setting_default: 7
    # .. setting_description: After how many days without a review a change is overdue, 1 to 3650. Overdue changes are
    #    marked in "my reviews", and "reviews_status --overdue" lists them.
    "SAMPLE_PLUGIN_REVIEWS_OVERDUE_DAYS": 7,
    # .. setting_name: SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE
    # .. setting_default: 60/minute
    # .. setting_description: How often one user may mark many changes as reviewed, ask for many reviews, or
    #    publish, over REST.
    "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE": "60/minute",
}


def plugin_settings(settings: Any) -> None:
    """Set the defaults, and put the plugin's step first in the filter that runs before a publish."""
    for name, value in DEFAULTS.items():
        if not hasattr(settings, name):
            setattr(settings, name, value)
    install_user_tasks(settings)
    configure_filter(settings)


def install_user_tasks(settings: Any) -> None:
    """
    Install django-user-tasks if it is not installed. Safe to call again.

    Studio has it and the LMS does not. But the LMS's workers import the tasks of every app too, and this plugin's tasks
    need its models. The tables are in the database that both share.
    """
    installed = getattr(settings, "INSTALLED_APPS", [])
    if not any(app.partition(".")[0] == "user_tasks" for app in installed):
        settings.INSTALLED_APPS = [*installed, "user_tasks"]


def configure_filter(settings: Any) -> None:
    """Put the plugin's step first in the filter that runs before a publish. Safe to call again."""
    put_step(settings, STEP)


def put_step(settings: Any, step: str, *, behind: tuple[str, ...] = (), filter_type: str = FILTER_TYPE) -> None:
    """
    Put a step first in the pipeline, and make a crash of a step count: before a publish, it stops the publish.

    Safe to call again.

    The steps ``behind`` which it belongs come before it, if they are configured.

    Both matter: a step that does not return a dict ends the pipeline before the steps after it, and by default
    openedx-filters skips a step that crashes. Everything else that is configured stays: other steps in their order,
    other keys, other filters.
    """
    change_steps(
        settings,
        filter_type,
        lambda steps: [
            *(one for one in behind if one in steps),
            step,
            *(one for one in steps if one not in (step, *behind)),
        ],
        fail_silently=False,
    )
