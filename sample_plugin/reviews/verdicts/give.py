"""Give a verdict: approve a draft change, or request changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity, PublishableEntityVersion

from ..drafts.changes import has_change, load_drafts, title_of
from ..drafts.contributors import History, load_histories
from ..drafts.pins import find_pinned
from ..exceptions import NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from ..existence import no_entity, require_user
from ..locks import lock_publishes
from ..models import DELETION, ReviewedStatus, Verdict
from ..policy import policy_of
from ..signals import send_changes_requested, send_entities_reviewed
from ..texts import require_text
from .withdraw import withdraw_verdicts

__all__ = ["Target", "find_targets", "mark_reviewed", "refuse_contributor", "request_changes"]


def mark_reviewed(
    entity_id: PublishableEntity.ID,
    /,
    *,
    reviewer_id: int,
    draft_change_log_record_id: int | None = None,
    note: str = "",
) -> ReviewedStatus:
    """
    Record that a reviewer approved the entity's draft change, and return the review.

    Pass ``draft_change_log_record_id``, the change that the reviewer saw, wherever a person decides: if an author has
    edited the entity since, this raises ``StaleReviewError`` and approves nothing. Without it, the review is for the
    change that the draft shows now. The review covers the version of that change and no other. A change that the draft
    no longer shows can be reviewed if a container pins its version, because that version goes live with the container.

    A second review of the same version by the same reviewer returns the first one. A new review sends
    ``ENTITIES_REVIEWED`` on commit, and withdraws the reviewer's own request for changes to that version.

    Does not check permissions. Contributors cannot review, see :func:`.get_contributors` and ``who_may_review``. Up to
    twelve queries, and nine more to withdraw a request.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        NothingToReviewError: the entity has no unpublished change.
        StaleReviewError: the draft does not show the given change, or no longer does.
        SelfReviewError: the reviewer contributed to the change, and ``who_may_review`` does not allow that.
        ValidationError: the note is too long, or contains control characters.
    """
    require_text("note", note)
    return _give(Verdict.REVIEWED, entity_id, reviewer_id=reviewer_id, record_id=draft_change_log_record_id, note=note)


def request_changes(
    entity_id: PublishableEntity.ID,
    /,
    *,
    reviewer_id: int,
    note: str,
    draft_change_log_record_id: int | None = None,
) -> ReviewedStatus:
    """
    Record a reviewer's request for changes to the entity's draft change, and return the request.

    An open request blocks the change, however many reviewers have approved it. It ends when an author edits the entity,
    when the same reviewer approves the change or withdraws the request (``withdraw_review``), or when it is dismissed
    (``dismiss_request``). Like a review, it is pinned to the change and carried over a save that changes nothing.

    The same request by the same reviewer returns the first one. A new request sends ``CHANGES_REQUESTED`` on commit; it
    replaces the reviewer's earlier note, and withdraws their review of the same version. Waits for a running publish of
    the package.

    Does not check permissions. Contributors cannot request changes to their own change. Up to 18 queries, and five more
    to withdraw a verdict.

    Raises the same errors as :func:`mark_reviewed`, and ``ValidationError`` also for an empty note.
    """
    require_text("note", note)
    if not note.strip():
        raise ValidationError({"note": _("Say what is missing: the author has nothing else to go by.")})
    return _give(
        Verdict.CHANGES_REQUESTED,
        entity_id,
        reviewer_id=reviewer_id,
        record_id=draft_change_log_record_id,
        note=note.strip(),
    )


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


@atomic
def _give(
    verdict: Verdict, entity_id: PublishableEntity.ID, *, reviewer_id: int, record_id: int | None, note: str
) -> ReviewedStatus:
    require_user(reviewer_id)
    _lock_if_it_matters(verdict, entity_id, reviewer_id)
    entity: Any = load_drafts([entity_id]).get(entity_id)
    if entity is None:
        raise no_entity(entity_id)
    target = _target_of_draft(entity) if record_id is None else find_targets([entity], [record_id])[entity_id]
    if isinstance(target, ReviewError):
        raise target
    error = refuse_contributor(entity, load_histories([entity_id])[entity_id], target, reviewer_id)
    if error:
        raise error

    given = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id, entity=entity)
    same: list[ReviewedStatus] = []
    others: list[ReviewedStatus] = []
    for one in filter(target.has_verdict, given):
        is_same = one.verdict == verdict and (verdict == Verdict.REVIEWED or one.note == note)
        (same if is_same else others).append(one)
    if others:
        withdraw_verdicts(others, by_id=reviewer_id)
    if same:
        return same[0]

    review = ReviewedStatus(
        entity=entity,
        draft_change_log_record_id=target.record_id,
        version=target.version,
        version_num=target.version_num,
        reviewer_id=reviewer_id,
        verdict=verdict,
        note=note,
        created=datetime.now(tz=timezone.utc),
    )
    try:
        with atomic():
            review.save()
    except IntegrityError:
        # The same person has given a verdict meanwhile, in another window: the unique constraints keep that one.
        same_change = Q(draft_change_log_record=target.record_id, version_num=target.version_num)
        first = given.filter(same_change | Q(version__isnull=False, version=target.version)).first()
        if first is None:
            raise
        if first.verdict != verdict:
            raise StaleReviewError(
                _("You have just said something else of “{title}”, in another window: look there first.").format(
                    title=title_of(entity)
                )
            ) from None
        return first
    send = send_entities_reviewed if verdict == Verdict.REVIEWED else send_changes_requested
    send([review])
    return review


def _lock_if_it_matters(verdict: Verdict, entity_id: PublishableEntity.ID, reviewer_id: int) -> None:
    """
    Make a request for changes, and the end of one, wait for publishes and carry-overs; a review alone does not wait.

    A publish that was judged before the request is committed before the request is made. A save that changes nothing
    carries over the existing verdicts. If the save comes later, it copies the request. If the request comes later, it
    finds that the draft has moved on.
    """
    requests = ReviewedStatus.objects.in_force().requests().filter(entity=OuterRef("pk"), reviewer=reviewer_id)
    entity = (
        PublishableEntity.objects.filter(pk=entity_id)
        .annotate(is_requested=Exists(requests))
        .values("learning_package_id", "is_requested")
        .first()
    )
    if entity is None:
        raise no_entity(entity_id)
    if verdict == Verdict.CHANGES_REQUESTED or entity["is_requested"]:
        lock_publishes(entity["learning_package_id"])


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


def find_targets(
    entities: Collection[Any], record_ids: Collection[int]
) -> dict[PublishableEntity.ID, Target | ReviewError]:
    """
    Return, by entity, the target for a reviewer who looked at these changes, or why it cannot be reviewed.

    ``record_ids`` has one change of each entity. The entities come from ``load_drafts``. One query; up to three more
    for versions that drafts do not show and that containers may pin.
    """
    records = DraftChangeLogRecord.objects.filter(pk__in=record_ids).select_related("new_version")
    seen = {record.entity_id: record for record in records}
    targets: dict[PublishableEntity.ID, Target | ReviewError] = {}
    others: dict[PublishableEntity.ID, DraftChangeLogRecord] = {}
    for entity in entities:
        record = seen.get(entity.id)
        if record and _shows(entity, record):
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
