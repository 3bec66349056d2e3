"""System checks: report in plain words when the gate is open, or relies on its last resort."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models

from .. import authz, conf
from ..filters import EntityPrePublish
from ..models import WhoMayReview
from ..settings.common import IMPORT_TASKS, PUBLISH_IN_BACKGROUND_FROM, STEP, THROTTLE_RATE, WHO_MAY_REVIEW
from . import import_tasks, wrapper

__all__ = ["register"]

_ORDER_HINT = (
    "Look for OPEN_EDX_FILTERS_CONFIG in the settings that are applied after this plugin's (another plugin, or a "
    "settings file of your own), and let sample_plugin.reviews.settings.common.configure_filter(settings) run after "
    "them. Until then the gate asks for reviews by itself, but after other plugins' steps have run."
)
_SWITCHES = ("SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT", "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW")


def register() -> None:
    """Register the checks with Django."""
    for check in (
        check_gate,
        check_filter,
        check_isolation,
        check_connection_charset,
        check_switches,
        check_who_may_review,
        check_import_tasks,
        check_required_reviewers,
        check_limits,
        check_review_action,
    ):
        checks.register(check, checks.Tags.security)
    checks.register(check_columns, checks.Tags.database)


def check_gate(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report a gate that is not in place."""
    found: list[checks.CheckMessage] = []
    if not wrapper.wraps_core():
        found.append(
            checks.Error(
                "The review gate is not in front of openedx-core's publish_from_drafts: somebody has replaced it.",
                hint="Find the code that assigns to publish_from_drafts, make it call the function that it found, and "
                "let functools.wraps say so.",
                id="sample_plugin_reviews.E001",
            )
        )
    if not wrapper.has_tripwire():
        found.append(
            checks.Error(
                "Nothing notices a publish that goes around the review gate: its receiver on PublishLog is gone.",
                hint="Find the code that disconnects pre_save receivers.",
                id="sample_plugin_reviews.E002",
            )
        )
    return found


def check_filter(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report a filter configuration that could skip our step."""
    found: list[checks.CheckMessage] = []
    pipeline, fail_silently, _extra = EntityPrePublish.get_pipeline_configuration()
    if STEP not in pipeline:
        found.append(
            checks.Warning(
                f"The step {STEP} is missing from the filter {EntityPrePublish.filter_type}.",
                hint=_ORDER_HINT,
                id="sample_plugin_reviews.W001",
            )
        )
    elif pipeline[0] != STEP:
        found.append(
            checks.Warning(
                f"The step {STEP} is not the first of the filter {EntityPrePublish.filter_type}: "
                f"{pipeline[0]} can end the pipeline before it.",
                hint=_ORDER_HINT,
                id="sample_plugin_reviews.W002",
            )
        )
    if fail_silently is not False:
        found.append(
            checks.Warning(
                f"The filter {EntityPrePublish.filter_type} has no “fail_silently: False”: "
                "a step that crashes or cannot be imported is passed over.",
                hint=_ORDER_HINT,
                id="sample_plugin_reviews.W003",
            )
        )
    return found


def check_isolation(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report transactions that read old data: the gate would not see that a review was withdrawn."""
    if connection.vendor != "mysql":
        return []
    level = connection.settings_dict["OPTIONS"].get("isolation_level", "read committed")
    # With “serializable”, transactions wait for each other instead, which is slow and safe.
    if str(level).lower() in ("read committed", "serializable"):
        return []
    return [
        checks.Warning(
            f"The database's isolation level is {level!r}: a publish that goes on while a review is withdrawn may not "
            "see that it is.",
            hint="Take isolation_level out of the database's OPTIONS. “read committed” is Django's default, and the "
            "platform's.",
            id="sample_plugin_reviews.W009",
        )
    ]


def check_connection_charset(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report a connection that cannot send every character."""
    if connection.vendor != "mysql":
        return []
    charset = connection.settings_dict["OPTIONS"].get("charset", "utf8mb4")
    if str(charset).lower() == "utf8mb4":
        return []
    return [
        checks.Warning(
            f"The database connection's charset is {charset!r}: emoji in notes and reasons cannot be stored.",
            hint="Set charset to “utf8mb4” in the database's OPTIONS.",
            id="sample_plugin_reviews.W010",
        )
    ]


def check_columns(databases: Collection[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report text columns that cannot store every character. ``migrate`` runs this, because it asks for it."""
    if connection.vendor != "mysql" or connection.alias not in (databases or ()):
        return []
    columns = {
        (model._meta.db_table, field.column)
        for model in apps.get_app_config("sample_plugin_reviews").get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.TextField)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, character_set_name FROM information_schema.columns "
            "WHERE table_schema = DATABASE() AND character_set_name <> 'utf8mb4'"
        )
        others = {(table, column): charset for table, column, charset in cursor.fetchall()}
    return [
        checks.Warning(
            f"The character set of {table}.{column} is {others[table, column]}: "
            "a note or a reason with an emoji in it cannot be stored.",
            hint="Run manage.py migrate sample_plugin_reviews. If that has been run: "
            f"ALTER TABLE {table} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;",
            id="sample_plugin_reviews.W011",
        )
        for table, column in sorted(columns & others.keys())
    ]


def check_switches(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report a setting that is neither True nor False."""
    return [
        checks.Warning(
            f"{name} is {getattr(settings, name)!r}, which is neither True nor False. The strict side is taken.",
            hint="In YAML write it without quotes: true or false.",
            id="sample_plugin_reviews.W004",
        )
        for name in _SWITCHES
        if not isinstance(getattr(settings, name, True), bool)
    ]


def check_who_may_review(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report an invalid rule for who may review."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW", WHO_MAY_REVIEW)
    if isinstance(value, str) and value in WhoMayReview.values:
        return []
    return [
        checks.Warning(
            f"SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW is {value!r}, which is not a rule. {WHO_MAY_REVIEW} is taken.",
            hint=f"Set it to one of these: {', '.join(WhoMayReview.values)}.",
            id="sample_plugin_reviews.W012",
        )
    ]


def check_import_tasks(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report a setting for import tasks that is not a list of names."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS", IMPORT_TASKS)
    if import_tasks.is_list_of_names(value):
        return []
    return [
        checks.Warning(
            f"SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS is {value!r}, which is not a list of names. The platform's own import "
            "tasks are taken.",
            hint="In YAML write each name in a line of its own, after a dash.",
            id="sample_plugin_reviews.W013",
        )
    ]


def check_required_reviewers(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report an invalid number of reviewers: nothing can be published then, and no list of changes is shown."""
    try:
        conf.required_reviewers_by_default()
    except ImproperlyConfigured as exc:
        hint = "In YAML write it without quotes."
        return [checks.Error(str(exc), hint=hint, id="sample_plugin_reviews.E003")]
    return []


def check_limits(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report an invalid size, and an invalid rate."""
    found: list[checks.CheckMessage] = []
    name = "SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM"
    value = getattr(settings, name, PUBLISH_IN_BACKGROUND_FROM)
    if not conf.is_size(value):
        found.append(
            checks.Warning(
                f"{name} is {value!r}, which is no whole number. {PUBLISH_IN_BACKGROUND_FROM} is taken.",
                hint="In YAML write it without quotes.",
                id="sample_plugin_reviews.W007",
            )
        )
    name = "SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE"
    value = getattr(settings, name, THROTTLE_RATE)
    if not conf.is_rate(value):
        found.append(
            checks.Warning(
                f"{name} is {value!r}, which is no rate. {THROTTLE_RATE} is taken.",
                hint="A rate is a number and a period: 60/minute, 1000/day.",
                id="sample_plugin_reviews.W008",
            )
        )
    return found


def check_review_action(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report an action that no user can have been given: then only global staff may review in libraries."""
    action = authz.review_action()
    if not authz.is_installed():
        return []
    try:
        is_defined = authz.is_defined(action)
    except Exception as exc:  # a check must not crash, whatever openedx-authz raises
        return [
            checks.Warning(
                f"What openedx-authz allows cannot be read: {exc}",
                hint="manage.py load_authz_schema --dry-run tells more.",
                id="sample_plugin_reviews.W006",
            )
        ]
    if is_defined:
        return []
    return [
        checks.Warning(
            f"SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION is {action!r}, and openedx-authz has no such action: "
            "in libraries only global staff can review.",
            hint="Before 1.24 openedx-authz takes no permissions from plugins: name one that it has, such as "
            "“content_libraries.publish_library_content”, or upgrade it.",
            id="sample_plugin_reviews.W005",
        )
    ]
