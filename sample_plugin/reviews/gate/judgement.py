"""
The judgement: whether the changes that openedx-core is about to commit may go live.

The plugin's step in ``EntityPrePublish`` asks for the judgement, and the gate asks again after all steps
(``wrapper.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import partial
from typing import Any

from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog, PublishLogRecord

from ..data import ChangedItem
from ..drafts.changes import changed_entities
from ..exceptions import UnreviewedChanges
from ..keys import KEY_FIELDS, studio_key_of, with_keys
from ..models import changes_requested
from ..policy import is_review_required
from . import coverage, exemptions, import_tasks

__all__ = ["require_review", "require_reviews_of_drafts", "was_judged"]


def require_review(publish_log: PublishLog) -> None:
    """
    Raise ``UnreviewedChanges`` if ``publish_log`` takes anything live that needs a review and has none.

    One query if nothing is unreviewed; three for a refusal, four if it names fewer than it counts. Judges what core
    wrote in the records, and never looks at the drafts again.
    """
    # Most publishes are reviewed, so this asks for nothing that only a refusal needs.
    found = coverage.find_unreviewed_records(publish_log)
    if found and not exemptions.is_restore(publish_log):
        unreviewed_count = _total(found, partial(coverage.count_unreviewed_records, publish_log))
        if not exemptions.record_bypass(publish_log, unreviewed_count=unreviewed_count):
            records: Any = (
                PublishLogRecord.objects.filter(pk__in=found)
                .select_related("old_version", "new_version", *(f"entity__{name}" for name in KEY_FIELDS))
                .annotate(is_requested=changes_requested(entity="entity", version="new_version"))
                .order_by("entity")
            )
            raise UnreviewedChanges(
                [
                    ChangedItem.between(
                        record.entity, record.old_version, record.new_version, changes_requested=record.is_requested
                    )
                    for record in records
                ],
                unreviewed_count,
                coverage.get_changed_records(publish_log).count(),
                keys={record.entity_id: studio_key_of(record.entity) for record in records},
            )
    # Stored on the object itself: whether its filter has run.
    publish_log._sample_plugin_reviews_judged = True  # type: ignore[attr-defined]


def require_reviews_of_drafts(learning_package_id: LearningPackage.ID) -> None:
    """
    Raise ``UnreviewedChanges`` if publishing everything in the package would be refused.

    A look at the drafts only decides on early refusals: :func:`require_review` judges everything that this lets pass.
    Two queries; two more for a refusal, three if it names fewer than it counts.

    Raises ``LearningPackage.DoesNotExist``.
    """
    if exemptions.may_apply() or import_tasks.is_running() or not is_review_required(learning_package_id):
        return
    found = coverage.find_unreviewed_entities(learning_package_id)
    if found:
        entities: list[Any] = list(
            with_keys(PublishableEntity.objects.filter(pk__in=found))
            .select_related("draft__version", "published__version")
            .annotate(is_requested=changes_requested(entity="pk", version="draft__version"))
            .order_by("pk")
        )
        raise UnreviewedChanges(
            [
                ChangedItem.of_draft(entity, entity.draft.version, changes_requested=entity.is_requested)
                for entity in entities
            ],
            _total(found, partial(coverage.count_unreviewed_entities, learning_package_id)),
            changed_entities(learning_package_id).count(),
            keys={entity.id: studio_key_of(entity) for entity in entities},
        )


def _total(found: Sized, count: Callable[[], int]) -> int:
    """Return how many there are, of which ``found`` are the first. One query, if there may be more."""
    return len(found) if len(found) < coverage.MAX_NAMED else count()


def was_judged(publish_log: PublishLog) -> bool:
    """Return whether :func:`require_review` has let exactly this object pass."""
    return getattr(publish_log, "_sample_plugin_reviews_judged", False)
