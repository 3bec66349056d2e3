"""
The import tasks, under the names that they have on the platform.

Both do what the platform's do where a plugin meets them: which calls core gets, in which transaction, with whose name,
and what becomes of an exception. Nothing of this knows whether a publish is refused, or by whom.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import transaction
from django.http import Http404
from openedx_content import api as content_api
from openedx_content.models_api import Component, DraftChangeLog, LearningPackage, PublishLog
from user_tasks.models import UserTaskStatus
from user_tasks.tasks import UserTask

from workbench.authoring import publish_component, publish_container
from workbench.demo.course import get_source
from workbench.library import find_library

from .models import ModulestoreMigration, ModulestoreSource
from .structure import Import, Item

log = get_task_logger(__name__)

# One of the migrator's many steps, in its words.
_STEP = "Importing staged content structure"
_TASKS = "cms.djangoapps.modulestore_migrator.tasks"

# Imports the source in the name of a user, and returns the change log, unless nothing has changed.
type Importer = Callable[[ModulestoreMigration, int], DraftChangeLog | None]


class _MigrationTask(UserTask):  # type: ignore[misc]
    """Counts what it does: it prepares itself, then imports one source after the other."""

    abstract = True

    @staticmethod
    def calculate_total_steps(arguments_dict: dict[str, Any]) -> int:
        """Return how many steps there are."""
        return 1 + len(arguments_dict["sources_pks"])


@shared_task(base=_MigrationTask, bind=True, name=f"{_TASKS}.bulk_migrate_from_modulestore")  # type: ignore[untyped-decorator]
def bulk_migrate_from_modulestore(
    self: _MigrationTask,
    *,
    user_id: int,
    sources_pks: list[int],
    target_library_key: str,
    repeat_handling_strategy: str,
    preserve_url_slugs: bool,
    composition_level: str,
) -> None:
    """Import courses, as newer releases do: one bulk edit for each, and one publish after it."""
    parameters = {
        "repeat_handling_strategy": repeat_handling_strategy,
        "preserve_url_slugs": preserve_url_slugs,
        "composition_level": composition_level,
    }
    _migrate(self.status, sources_pks, target_library_key, parameters, _import_then_publish)


@shared_task(base=_MigrationTask, bind=True, name=f"{_TASKS}.migrate_from_modulestore")  # type: ignore[untyped-decorator]
def migrate_from_modulestore(
    self: _MigrationTask,
    *,
    user_id: int,
    sources_pks: list[int],
    target_library_key: str,
    repeat_handling_strategy: str,
    preserve_url_slugs: bool,
    composition_level: str,
) -> None:
    """
    Import courses, as older releases do: one bulk edit for each, and inside of it one publish for each item.

    Newer cores refuse to publish within a bulk edit.
    """
    parameters = {
        "repeat_handling_strategy": repeat_handling_strategy,
        "preserve_url_slugs": preserve_url_slugs,
        "composition_level": composition_level,
    }
    _migrate(self.status, sources_pks, target_library_key, parameters, _import_publishing_each)


def _migrate(
    status: UserTaskStatus, sources_pks: list[int], target_key: str, parameters: dict[str, Any], run: Importer
) -> None:
    """
    Import each source in a transaction of its own.

    One that fails is rolled back and marked, and the reason is in the log. The others go on, and the task succeeds.
    """
    try:
        target = find_library(target_key)
        migrations = [
            ModulestoreMigration.objects.create(
                source=ModulestoreSource.objects.get(pk=pk), target=target, task_status=status, **parameters
            )
            for pk in sources_pks
        ]
        for migration in migrations:
            get_source(str(migration.source.key))
    except (Http404, LookupError, ModulestoreSource.DoesNotExist) as exc:
        status.fail(str(exc))
        return
    status.increment_completed_steps()
    for migration in migrations:
        try:
            with transaction.atomic():
                status.set_state(
                    f"Migrating legacy content ({migration.source_id}): Importing staged content structure"
                )
                migration.change_log = run(migration, status.user_id)
                migration.save()
                status.increment_completed_steps()
        except Exception:
            log.exception("Failed: %s", migration)
            migration.is_failed = True
    ModulestoreMigration.objects.bulk_update(migrations, ["is_failed"])


def _import_then_publish(migration: ModulestoreMigration, user_id: int) -> DraftChangeLog | None:
    target: LearningPackage = migration.target
    started = datetime.now(tz=UTC)
    with content_api.bulk_draft_changes_for(
        learning_package_id=target.id, changed_by=user_id, changed_at=started
    ) as change_log:
        _run(migration, user_id, started)
    # Where nothing has changed, core has deleted it.
    changes: DraftChangeLog | None = change_log if change_log.pk else None
    if changes and changes.records.exists():
        drafts = content_api.get_all_drafts(target.id).filter(
            entity_id__in=changes.records.values_list("entity_id", flat=True)
        )
        content_api.publish_from_drafts(target.id, draft_qset=drafts, published_by=user_id)
    return changes


def _import_publishing_each(migration: ModulestoreMigration, user_id: int) -> DraftChangeLog | None:
    def publish(item: Item) -> None:
        publish_log = (
            publish_component(item, user_id=user_id)
            if isinstance(item, Component)
            else publish_container(item, user_id=user_id)
        )
        # They send an event for each of the records, and load the log to get at them.
        list(PublishLog.objects.get(pk=publish_log.pk).records.all())

    with content_api.bulk_draft_changes_for(migration.target_id) as change_log:
        _run(migration, user_id, datetime.now(tz=UTC), names_author=False, after_each=publish)
    changes: DraftChangeLog = change_log
    changes.save()
    return changes


def _run(migration: ModulestoreMigration, user_id: int, created: datetime, **how: Any) -> None:
    Import(
        target=migration.target,
        user_id=user_id,
        created=created,
        composition_level=migration.composition_level,
        repeat_handling_strategy=migration.repeat_handling_strategy,
        preserve_url_slugs=migration.preserve_url_slugs,
        **how,
    ).run(get_source(str(migration.source.key)))
