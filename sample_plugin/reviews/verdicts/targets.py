"""Find what a verdict is pinned to: the version that the reviewer saw, and the change that put it in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity, PublishableEntityVersion

from ..drafts.changes import has_change, title_of
from ..drafts.contributors import History
from ..drafts.pins import find_pinned
from ..exceptions import NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from ..models import DELETION, ReviewedStatus
from ..policy import policy_of

__all__ = ["Target", "find_targets", "refuse_contributor"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a verdict is pinned to: the version that the reviewer saw, None for a deletion, and the change behind it."""

    version: PublishableEntityVersion | None
    record_id: int | None

    @property
    def version_num(self) -> int:
        """The number of the version, as :class:`.ReviewedStatus` stores it."""
        return self.version.version_num if self.version else DELETION

    def has_verdict(self, verdict: ReviewedStatus) -> bool:
        """Return whether this verdict on the same entity is about exactly this target."""
        if self.version is None:
            return verdict.version_num == DELETION and verdict.draft_change_log_record_id == self.record_id
        return bool(verdict.version_id == self.version.id)

    def excludes(self, verdict: ReviewedStatus) -> bool:
        """Return whether a unique constraint keeps the same reviewer from giving another verdict on this target."""
        is_same_change = (verdict.draft_change_log_record_id, verdict.version_num) == (self.record_id, self.version_num)
        return self.has_verdict(verdict) or is_same_change


def find_targets(
    entities: Collection[Any], changes: Mapping[PublishableEntity.ID, int | None]
) -> dict[PublishableEntity.ID, Target | ReviewError]:
    """
    Return, by entity, the target for a reviewer who looked at these changes, or why it cannot be reviewed.

    ``changes`` maps entity ids to ``DraftChangeLogRecord`` ids; None stands for the change that the draft shows. The
    entities come from ``load_drafts``. One query; up to three more for versions that drafts do not show and that
    containers may pin.
    """
    records = DraftChangeLogRecord.objects.filter(pk__in=[pk for pk in changes.values() if pk is not None])
    seen = {record.entity_id: record for record in records.select_related("new_version")}
    targets: dict[PublishableEntity.ID, Target | ReviewError] = {}
    others: dict[PublishableEntity.ID, DraftChangeLogRecord] = {}
    for entity in entities:
        record = seen.get(entity.id)
        if changes[entity.id] is None:
            targets[entity.id] = _target_of_draft(entity)
        elif record and _shows(entity, record):
            # Core's own pointer may lead to a side effect. Then the reviewer has looked at the change before.
            is_side_effect = record.old_version_id == record.new_version_id
            targets[entity.id] = Target(
                version=entity.draft.version, record_id=entity.change_record if is_side_effect else record.pk
            )
        elif record and record.new_version_id is not None and record.new_version_id != record.old_version_id:
            others[entity.id] = record
        else:
            targets[entity.id] = _cannot_be_reviewed(entity)
    pinned = find_pinned({record.new_version_id for record in others.values() if record.new_version_id})
    for entity in entities:
        if record := others.get(entity.id):
            targets[entity.id] = (
                Target(version=record.new_version, record_id=record.pk)
                if record.new_version_id in pinned
                else _cannot_be_reviewed(entity)
            )
    return targets


def _target_of_draft(entity: Any) -> Target | ReviewError:
    """Return what the draft shows, or why it cannot be reviewed; the entity comes from ``load_drafts``."""
    if not has_change(entity):
        return NothingToReviewError.of(title_of(entity))
    version = entity.draft.version
    if version is None and entity.change_record is None:
        # A version may have no record either, but then a review is pinned to the version.
        return StaleReviewError(
            _(
                "Core has kept no record of the deletion of “{title}”, so there is nothing to pin a review to: "
                "restore it and delete it again."
            ).format(title=title_of(entity))
        )
    return Target(version=version, record_id=entity.change_record)


def _shows(entity: Any, record: DraftChangeLogRecord) -> bool:
    """Return whether the draft of the entity shows what this change put in place, and that is not live."""
    return (
        has_change(entity)
        and record.entity_id == entity.id
        and record.new_version_id == entity.draft.version_id
        # A version can be brought back, so several changes may have put it in place. A deletion has no version that
        # distinguishes it from the next one: the draft shows only the newest.
        and (record.new_version_id is not None or record.pk == entity.change_record)
    )


def _cannot_be_reviewed(entity: Any) -> ReviewError:
    error = StaleReviewError if has_change(entity) else NothingToReviewError
    return error.of(title_of(entity))


def refuse_contributor(entity: Any, history: History, target: Target, reviewer_id: int) -> SelfReviewError | None:
    """Return an error if this person may not review the target, having contributed to it; otherwise None. No query."""
    contributions = history.of(target.version.id if target.version else None)
    if not contributions.forbid(reviewer_id, policy_of(entity.learning_package).who_may_review):
        return None
    return SelfReviewError.of(title_of(entity), contributions.changed_at[reviewer_id])
