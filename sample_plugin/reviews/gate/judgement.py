"""
The judgement: whether the changes that openedx-core is about to commit may go live, and why.

The plugin's step in ``EntityPrePublish`` asks whether they may. After all steps the gate judges again, and puts that on
record (``wrapper.py``). In every mode the same query finds what is unreviewed, and then the mode decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from datetime import datetime, timezone
from functools import partial
from typing import Any

from django.db.models import QuerySet
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog, PublishLogRecord

from ..composed import Rows, composed_once
from ..data import ChangedItem
from ..drafts.changes import changed_entities
from ..exceptions import UnreviewedChanges
from ..keys import KEY_COLUMNS, key_from_columns, library_key_of_ref
from ..models import Basis, PublishJudgement, changes_requested
from ..policy import PolicyInForce, get_policy, is_review_required
from . import coverage, exemptions, import_tasks

__all__ = ["judge", "require_review", "require_reviews_of_drafts", "was_judged"]


def require_review(publish_log: PublishLog) -> None:
    """
    Raise ``UnreviewedChanges`` if ``publish_log`` takes anything live that needs a review and has none.

    One query if nothing is unreviewed, two if something is and may go live, and four for a refusal. Judges what core
    wrote in the records, and never looks at the drafts again.
    """
    # Most publishes are reviewed, so this asks for nothing that only a refusal needs.
    found = coverage.find_unreviewed_records(publish_log)
    if found and _basis(publish_log, get_policy(publish_log.learning_package_id), is_reviewed=False) is None:
        change_count, unreviewed_count = coverage.count_records(publish_log)
        raise _refusal(_load_records(record_ids=found), unreviewed_count, change_count)
    # Stored on the object itself: whether its filter has run.
    publish_log._sample_plugin_reviews_judged = True  # type: ignore[attr-defined]


def judge(publish_log: PublishLog, policy: PolicyInForce) -> None:
    """
    Put on record why ``publish_log`` may be committed, or raise ``UnreviewedChanges``.

    Two queries; three if something is unreviewed and may go live, or is refused. Judges by the records, as above.
    """
    change_count, unreviewed_count = coverage.count_records(publish_log)
    unreviewed = coverage.find_all_unreviewed_records(publish_log) if unreviewed_count else []
    basis = _basis(publish_log, policy, is_reviewed=not unreviewed)
    if basis is None:
        found = [record_id for record_id, _entity_id in unreviewed[: coverage.MAX_NAMED]]
        raise _refusal(_load_records(record_ids=found), len(unreviewed), change_count)
    bypass = exemptions.bypass_in_force()
    PublishJudgement.objects.create(
        publish_log=publish_log,
        basis=basis,
        mode=policy.mode,
        required_reviewers=policy.required_reviewers,
        change_count=change_count,
        unreviewed_count=len(unreviewed),
        unreviewed=[entity_id for _record_id, entity_id in unreviewed],
        # Also if the bypass was not needed: nothing that a person wrote is lost.
        decided_by_id=bypass.user_id if bypass else None,
        reason=bypass.reason if bypass else "",
        created=datetime.now(tz=timezone.utc),
    )


def _basis(publish_log: PublishLog, policy: PolicyInForce, *, is_reviewed: bool) -> Basis | None:
    """Return why this may go live; None if it must not. One query during a restore, and otherwise none."""
    if exemptions.is_restore(publish_log):
        return Basis.RESTORED
    if not policy.review_required:
        return Basis.NOT_REQUIRED
    if is_reviewed:
        return Basis.REVIEWED
    return Basis.BYPASSED if exemptions.bypass_in_force() else None


def _refusal(rows: Rows, unreviewed_count: int, change_count: int) -> UnreviewedChanges:
    """Return the refusal that names the items in these rows."""
    items: list[ChangedItem] = []
    keys: dict[PublishableEntity.ID, str | None] = {}
    for entity_id, entity_ref, live_title, new_title, is_requested, package_ref, *key_columns in rows:
        items.append(
            ChangedItem.titled(entity_id, entity_ref, live_title, new_title, changes_requested=bool(is_requested))
        )
        keys[entity_id] = key_from_columns(library_key_of_ref(package_ref), *key_columns)
    return UnreviewedChanges(items, unreviewed_count, change_count, keys=keys)


@composed_once(PublishLogRecord)
def _load_records(record_ids: Sequence[int]) -> QuerySet[PublishLogRecord, Any]:
    """Return what :func:`_refusal` says of these records, in order of entity. One query."""
    rows: QuerySet[PublishLogRecord, Any] = (
        PublishLogRecord.objects.filter(pk__in=record_ids)
        .annotate(is_requested=changes_requested(entity="entity", version="new_version"))
        .order_by("entity")
        .values_list(
            "entity",
            "entity__entity_ref",
            "old_version__title",
            "new_version__title",
            "is_requested",
            "entity__learning_package__package_ref",
            *(f"entity__{name}" for name in KEY_COLUMNS),
        )
    )
    return rows


@composed_once(PublishableEntity)
def _load_drafts(entity_ids: Sequence[PublishableEntity.ID]) -> QuerySet[PublishableEntity, Any]:
    """Return what :func:`_refusal` says of the drafts of these entities, in order. One query."""
    rows: QuerySet[PublishableEntity, Any] = (
        PublishableEntity.objects.filter(pk__in=entity_ids)
        .annotate(is_requested=changes_requested(entity="pk", version="draft__version"))
        .order_by("pk")
        .values_list(
            "pk",
            "entity_ref",
            "published__version__title",
            "draft__version__title",
            "is_requested",
            "learning_package__package_ref",
            *KEY_COLUMNS,
        )
    )
    return rows


def require_reviews_of_drafts(learning_package_id: LearningPackage.ID) -> None:
    """
    Raise ``UnreviewedChanges`` if publishing everything in the package would be refused.

    A look at the drafts only decides on early refusals: :func:`require_review` judges everything that this lets pass.
    One query if everything is reviewed, and otherwise one more. A refusal takes two more, or three if it names fewer
    than it counts.
    """
    if exemptions.may_apply() or import_tasks.is_running():
        return
    # Most publishes are reviewed, so this asks for nothing that only a refusal needs.
    found = coverage.find_unready_entities(learning_package_id)
    if found and is_review_required(learning_package_id):
        raise _refusal(
            _load_drafts(entity_ids=found),
            _total(found, partial(coverage.count_unready_entities, learning_package_id)),
            changed_entities(learning_package_id).count(),
        )


def _total(found: Sized, count: Callable[[], int]) -> int:
    """Return how many there are, of which ``found`` are the first. One query, if there may be more."""
    return len(found) if len(found) < coverage.MAX_NAMED else count()


def was_judged(publish_log: PublishLog) -> bool:
    """Return whether :func:`require_review` has let exactly this object pass."""
    return getattr(publish_log, "_sample_plugin_reviews_judged", False)
