"""System checks: report in plain words when the gate is open, or relies on its last resort."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connection, models

from .. import authz
from ..conf import SETTINGS
from ..filters import EntityPrePublish
from ..settings.common import STEP
from . import core

__all__ = ["register"]

_ORDER_HINT = (
    "Look for OPEN_EDX_FILTERS_CONFIG in the settings that are applied after this plugin's (another plugin, or a "
    "settings file of your own), and let sample_plugin.reviews.settings.common.configure_filter(settings) run after "
    "them. Until then the gate asks for reviews by itself, but after other plugins' steps have run."
)


def register() -> None:
    """Register the checks with Django."""
    for check in (
        check_gate,
        check_filter,
        check_isolation,
        check_connection_charset,
        check_settings,
        check_review_action,
    ):
        checks.register(check, checks.Tags.security)
    checks.register(check_columns, checks.Tags.database)


def check_gate(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report a gate that is not in place."""
    found: list[checks.CheckMessage] = []
    if not core.wraps_core():
        found.append(
            checks.Error(
                "The review gate is not in front of openedx-core's publish_from_drafts: other code has replaced it.",
                hint="Find the code that assigns to publish_from_drafts, make it call the function that it found, and "
                "let functools.wraps say so.",
                id="sample_plugin_reviews.E001",
            )
        )
    if not core.has_tripwire():
        found.append(
            checks.Error(
                "A publish that goes around the review gate is not noticed: the receiver on PublishLog is gone.",
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
                "a step that crashes or cannot be imported is skipped.",
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
            f"The database's isolation level is {level!r}: a running publish may not see that a review is withdrawn.",
            hint="Remove isolation_level from the database's OPTIONS: “read committed” is the default of Django and of "
            "the platform.",
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
            "a note or a reason with an emoji cannot be stored.",
            hint="Run manage.py migrate sample_plugin_reviews. If you have already run it: "
            f"ALTER TABLE {table} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;",
            id="sample_plugin_reviews.W011",
        )
        for table, column in sorted(columns & others.keys())
    ]


def check_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report every setting with an invalid value."""
    return [
        (checks.Warning if setting.has_fallback else checks.Error)(
            setting.problem(), hint=setting.hint, id=setting.check_id
        )
        for setting in SETTINGS
        if not setting.is_valid(setting.value)
    ]


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
                f"The plugin cannot read the actions of openedx-authz: {exc}",
                hint="manage.py load_authz_schema --dry-run shows more.",
                id="sample_plugin_reviews.W006",
            )
        ]
    if is_defined:
        return []
    return [
        checks.Warning(
            f"SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION is {action!r}, and openedx-authz has no such action: "
            "in libraries only global staff can review.",
            hint="Upgrade openedx-authz: before 1.24 it takes no actions from plugins. Or name an action that it has, "
            "such as “content_libraries.publish_library_content”.",
            id="sample_plugin_reviews.W005",
        )
    ]
