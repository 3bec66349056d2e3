"""
Keep imports as drafts: the platform's import tasks take nothing live in a gated library.

Refusing their publish would not help: the task catches the exception, the platform undoes the whole import, and the
page that started the import shows no reason. So the import succeeds, and its content awaits review as one thing: a
change log that this module has marked.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timezone
from typing import Any

from celery import current_task
from django.apps import apps
from django.db.transaction import atomic
from openedx_content.models_api import DraftChangeLog, LearningPackage, PublishLog
from user_tasks.models import UserTaskStatus

from ..conf import IMPORT_TASKS
from ..models import ImportedChangeLog
from ..policy import PolicyInForce
from . import exemptions

__all__ = [
    "is_running",
    "mark_as_import",
    "person",
    "publish_nothing",
    "sources_of",
    "stay_drafts",
]

# A model of the platform, which not every release has.
_MIGRATION = "modulestore_migrator.ModulestoreMigration"


def is_running() -> bool:
    """Return whether this code runs in one of the platform's import tasks. No query."""
    return bool(current_task) and current_task.name in IMPORT_TASKS.read()


def stay_drafts(policy: PolicyInForce) -> bool:
    """
    Return whether a publish that is requested now must leave everything as drafts.

    Only in an import task, and only if the package's policy requires reviews: in advisory mode, imports are published.
    A bypass or a restore is not affected. No query.
    """
    return is_running() and not exemptions.may_apply() and policy.review_required


def publish_nothing(
    learning_package_id: LearningPackage.ID,
    draft_qset: Any = None,
    message: str = "",
    published_at: datetime | None = None,
    published_by: int | None = None,
    **kwargs: Any,
) -> PublishLog:
    """
    Return a publish that takes nothing live, for the arguments of core's ``publish_from_drafts``.

    It is a row in the database, because older importers look up what they have published and iterate over its records.
    """
    return PublishLog.objects.create(
        learning_package_id=learning_package_id,
        message=message,
        published_at=published_at or datetime.now(tz=timezone.utc),
        published_by_id=published_by,
    )


def person() -> int | None:
    """
    Return the id of the user who started the running import task; None without a task, or if the user is unknown.

    One query, for the task's record in django-user-tasks.
    """
    if not is_running():
        return None
    user_id: int | None = (
        UserTaskStatus.objects.filter(task_id=current_task.request.id).values_list("user_id", flat=True).first()
    )
    return user_id


def mark_as_import(change_log: DraftChangeLog) -> None:
    """Record that the running import task made this change log; nothing outside of an import task."""
    if is_running():
        course_key = _arguments().get("course_key_str")
        with atomic():
            ImportedChangeLog.objects.create(
                draft_change_log=change_log, imported_by_id=change_log.changed_by_id, source=str(course_key or "")
            )


def _arguments() -> Mapping[str, Any]:
    """Return the arguments of the import task by name."""
    request = current_task.request
    return inspect.signature(current_task.run).bind_partial(*request.args or (), **request.kwargs or {}).arguments


def sources_of(change_logs: Collection[ImportedChangeLog]) -> dict[int, str]:
    """
    Return the source of each import, by change log: from the task, or else from the platform's migrator.

    The migrator records the change log of each source only when it has finished the source. One query where the
    migrator is installed.
    """
    sources = {one.draft_change_log_id: one.source for one in change_logs}
    with suppress(LookupError):
        migration: Any = apps.get_model(_MIGRATION)
        migrations = migration._default_manager
        for change_log_id, key in migrations.filter(change_log__in=list(sources)).values_list(
            "change_log", "source__key"
        ):
            sources[change_log_id] = str(key)
    return sources
