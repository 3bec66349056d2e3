"""Find what a verdict is pinned to: the version that the reviewer saw, and the change that put it in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import (
    DraftChangeLogRecord,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
)

from ..composed import composed_once
from ..conf import WhoMayReview
from ..drafts.changes import change_of_draft, has_change, load_drafts, title_of
from ..drafts.contributors import load_histories
from ..drafts.own_changes import touched_by
from ..drafts.pins import find_pinned
from ..exceptions import NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from ..models import DELETION, ReviewedStatus, has_verdict_of
from ..policy import policy_of

__all__ = ["Seen", "Target", "find_clear_targets", "find_targets"]

LearningPackageEventData = content_api.signals.LearningPackageEventData

# What a reviewer looked at: ids of ``DraftChangeLogRecord`` by entity; None for the change that the draft shows.
type Seen = Mapping[PublishableEntity.ID, int | None]


@dataclass(frozen=True, slots=True)
class Target:
    """What a verdict is pinned to, and the learning package that it is in."""

    version_id: int | None
    """The version that the reviewer saw; None for a deletion."""
    version_num: int
    """The number of the version, as :class:`.ReviewedStatus` stores it."""
    record_id: int | None
    """The change that put it in place; None if core has no record of that."""
    package: LearningPackageEventData

    def has_verdict(self, verdict: ReviewedStatus) -> bool:
        """Return whether this verdict on the same entity is about exactly this target."""
        if self.version_id is None:
            return verdict.version_num == DELETION and verdict.draft_change_log_record_id == self.record_id
        return verdict.version_id == self.version_id

    def excludes(self, verdict: ReviewedStatus) -> bool:
        """Return whether a unique constraint keeps the same reviewer from giving another verdict on this target."""
        is_same_change = (verdict.draft_change_log_record_id, verdict.version_num) == (self.record_id, self.version_num)
        return self.has_verdict(verdict) or is_same_change


def find_clear_targets(seen: Seen, *, reviewer_id: int) -> dict[PublishableEntity.ID, Target]:
    """
    Return, by entity, the targets of which one look shows that this reviewer can give a first verdict on them.

    That is, the reviewer exists, the draft shows the change that the reviewer saw, and there is no trace of the
    reviewer: not as an author, and not as a reviewer of that draft or with an open request for changes. Most are like
    that. :func:`find_targets` looks closer at the others. One query.
    """
    targets = {}
    packages: dict[LearningPackage.ID, LearningPackageEventData] = {}
    rows = _load_untouched(entity_ids=list(seen), reviewer_id=reviewer_id)
    for entity_id, version_id, version_num, live_id, record_id, package_id, title in rows:
        is_change = version_id != live_id and (version_id or record_id)
        if is_change and seen[entity_id] in (None, record_id):
            if package_id not in packages:
                packages[package_id] = LearningPackageEventData(id=package_id, title=title)
            targets[entity_id] = Target(version_id, version_num or DELETION, record_id, packages[package_id])
    return targets


@composed_once(PublishableEntity)
def _load_untouched(entity_ids: Collection[PublishableEntity.ID], reviewer_id: int) -> QuerySet[PublishableEntity, Any]:
    own_requests = ReviewedStatus.objects.in_force().requests().filter(entity=OuterRef("pk"), reviewer=reviewer_id)
    return (
        PublishableEntity.objects.filter(
            ~touched_by(reviewer_id),
            ~has_verdict_of(reviewer_id, entity="pk", version="draft__version"),
            ~Exists(own_requests),
            Exists(get_user_model().objects.filter(pk=reviewer_id)),
            pk__in=entity_ids,
            draft__isnull=False,
        )
        .annotate(record=change_of_draft())
        .values_list(
            "pk",
            "draft__version",
            "draft__version__version_num",
            "published__version",
            "record",
            "learning_package",
            "learning_package__title",
        )
    )


def find_targets(seen: Seen, *, reviewer_id: int) -> dict[PublishableEntity.ID, Target | ReviewError]:
    """
    Return, by entity, the target for a reviewer who looked at these changes, or why the reviewer cannot review it.

    One query; up to four more for changes other than the latest that put a draft in place, as containers may pin their
    versions; and two more, and three for every 200 saves after a discard, if the reviewer has touched some of the
    entities and not anybody may review. Raises ``PublishableEntity.DoesNotExist``.
    """
    entities = load_drafts(seen, is_touched=touched_by(reviewer_id))
    for entity_id in seen:
        if entity_id not in entities:
            raise PublishableEntity.DoesNotExist(_("There is no entity with the id {id}.").format(id=entity_id))
    targets = _find(entities, seen)
    for entity_id, error in _refuse_contributor(entities, targets, reviewer_id).items():
        targets[entity_id] = error
    return targets


def _find(entities: Mapping[PublishableEntity.ID, Any], seen: Seen) -> dict[PublishableEntity.ID, Target | ReviewError]:
    """Return the targets for any reviewer, or why they cannot be reviewed. No query, or up to four as above."""
    others_seen = {pk for entity_id, pk in seen.items() if pk not in (None, entities[entity_id].change_record)}
    records = DraftChangeLogRecord.objects.filter(pk__in=others_seen).select_related("new_version")
    found = {record.entity_id: record for record in records}
    targets: dict[PublishableEntity.ID, Target | ReviewError] = {}
    others: dict[PublishableEntity.ID, DraftChangeLogRecord] = {}
    for entity_id, entity in entities.items():
        record = found.get(entity_id)
        if seen[entity_id] in (None, entity.change_record):
            targets[entity_id] = _target_of_draft(entity)
        elif record and _shows(entity, record):
            # Core's own pointer may lead to a side effect. Then the reviewer has looked at the change before.
            is_side_effect = record.old_version_id == record.new_version_id
            targets[entity_id] = _target(
                entity, entity.draft.version, entity.change_record if is_side_effect else record.pk
            )
        elif record and record.new_version_id is not None and record.new_version_id != record.old_version_id:
            others[entity_id] = record
        else:
            targets[entity_id] = _cannot_be_reviewed(entity)
    pinned = find_pinned({record.new_version_id for record in others.values() if record.new_version_id})
    for entity_id, record in others.items():
        targets[entity_id] = (
            _target(entities[entity_id], record.new_version, record.pk)
            if record.new_version_id in pinned
            else _cannot_be_reviewed(entities[entity_id])
        )
    return targets


def _target(entity: Any, version: PublishableEntityVersion | None, record_id: int | None) -> Target:
    package = entity.learning_package
    return Target(
        version.id if version else None,
        version.version_num if version else DELETION,
        record_id,
        LearningPackageEventData(id=package.id, title=package.title),
    )


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
    return _target(entity, version, entity.change_record)


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


def _refuse_contributor(
    entities: Mapping[PublishableEntity.ID, Any],
    targets: Mapping[PublishableEntity.ID, Target | ReviewError],
    reviewer_id: int,
) -> dict[PublishableEntity.ID, SelfReviewError]:
    """
    Return errors for the targets that this person may not review, having contributed to them.

    No query if the person has touched none of them, or anybody may review; otherwise two, as above.
    """
    touched = {
        entity_id: target
        for entity_id, target in targets.items()
        if isinstance(target, Target)
        and entities[entity_id].is_touched
        and _rule_for(entities[entity_id]) != WhoMayReview.ANYBODY
    }
    errors = {}
    for entity_id, history in load_histories(list(touched)).items() if touched else ():
        entity, contributions = entities[entity_id], history.of(touched[entity_id].version_id)
        if contributions.forbid(reviewer_id, _rule_for(entity)):
            errors[entity_id] = SelfReviewError.of(title_of(entity), contributions.changed_at[reviewer_id])
    return errors


def _rule_for(entity: Any) -> WhoMayReview:
    return policy_of(entity.learning_package).who_may_review
