"""Giving a verdict: a draft change is reviewed, or changes are requested."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity

from .drafts import load_drafts, title_of
from .exceptions import NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from .existence import no_entity, require_user
from .locks import lock_publishes
from .models import DELETION, ReviewedStatus, Verdict
from .signals import send_changes_requested, send_entities_reviewed
from .taking_back import take_back
from .texts import require_text

__all__ = ["mark_reviewed", "refusal", "request_changes", "shows"]


def mark_reviewed(
    entity_id: PublishableEntity.ID,
    /,
    *,
    reviewer_id: int,
    draft_change_log_record_id: int | None = None,
    note: str = "",
) -> ReviewedStatus:
    """
    Put on record that this person reviewed the entity's draft change, and return the review.

    Give ``draft_change_log_record_id``, the change that the person looked at, wherever a person looks: if somebody
    edited meanwhile, this raises instead of approving what nobody saw. Without it, the change that the draft stands
    on now is taken. Either way the review covers that change's version and no other.

    If the same person has reviewed the same version before, that review is returned as it is. Otherwise
    ``ENTITIES_REVIEWED`` is sent, on commit. A request for changes that the same person has made of the same version
    is withdrawn by this.

    Does not check permissions, but nobody reviews a change of their own. Eight queries at most, and nine more to
    withdraw a request.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        NothingToReviewError: the entity has no unpublished change.
        StaleReviewError: the given change is not, or no longer, what the draft shows.
        SelfReviewError: the reviewer made the change; see ``SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW``.
        ValidationError: the note is too long, or has control characters in it.
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
    Put on record what this person misses in the entity's draft change, and return the request.

    While it stands, the change is not reviewed, whoever else has reviewed it: until somebody edits the entity, the same
    person marks it as reviewed or takes the request back (``withdraw_review``), or somebody dismisses it
    (``dismiss_request``). It is pinned to the change as a review is, and carried over like one.

    If the same person has requested the same of the same version before, that request is returned as it is. Otherwise
    ``CHANGES_REQUESTED`` is sent, on commit; another note takes the place of the one before, and a review that the same
    person has given of the same version is withdrawn by this. A publish of the package that goes on is waited for.

    Does not check permissions, but nobody requests changes of a change of their own. 14 queries at most, and five more
    to withdraw something.

    Raises the same errors as :func:`mark_reviewed`; ``ValidationError`` also if the note is empty.
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


@atomic
def _give(
    verdict: Verdict, entity_id: PublishableEntity.ID, *, reviewer_id: int, record_id: int | None, note: str
) -> ReviewedStatus:
    require_user(reviewer_id)
    _lock_if_it_matters(verdict, entity_id, reviewer_id)
    entity = load_drafts([entity_id], reviewer_id).get(entity_id)
    if entity is None:
        raise no_entity(entity_id)
    record = _find_shown_record(entity, record_id)
    version = entity.draft.version

    given = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id, entity=entity)
    if version is None:
        given = given.filter(version_num=DELETION, draft_change_log_record=record)
    else:
        given = given.filter(version=version)
    same: list[ReviewedStatus] = []
    others: list[ReviewedStatus] = []
    for one in given:
        is_same = one.verdict == verdict and (verdict == Verdict.REVIEWED or one.note == note)
        (same if is_same else others).append(one)
    if others:
        take_back(others, by_id=reviewer_id)
    if same:
        return same[0]

    # A second request that comes in between runs into the unique constraint, and get_or_create makes that harmless.
    review, created = ReviewedStatus.objects.get_or_create(
        entity=entity,
        draft_change_log_record=record,
        reviewer_id=reviewer_id,
        version_num=version.version_num if version else DELETION,
        in_force=True,
        defaults={
            "verdict": verdict,
            "version": version,
            "note": note,
            "created": datetime.now(tz=timezone.utc),
        },
    )
    if review.verdict != verdict:
        raise StaleReviewError(
            _("You have just said something else of “{title}”, in another window: look there first.").format(
                title=title_of(entity)
            )
        )
    if created:
        send = send_entities_reviewed if verdict == Verdict.REVIEWED else send_changes_requested
        send([review])
    return review


def _lock_if_it_matters(verdict: Verdict, entity_id: PublishableEntity.ID, reviewer_id: int) -> None:
    """
    Have a request for changes, and the end of one, wait for publishes and carry-overs; a mere review waits for nobody.

    A publish that was judged before the request is committed before it is made. And of a save that changes nothing,
    which carries over what there is, one of the two comes later: it copies the request, or the request finds that the
    draft has moved on.
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


def _find_shown_record(entity: Any, record_id: int | None) -> DraftChangeLogRecord | None:
    """Return the change to be reviewed, as somebody has named it or as the draft has it, or raise why it cannot be."""
    draft = getattr(entity, "draft", None)
    version = draft.version if draft else None
    if record_id is None:
        records = DraftChangeLogRecord.objects.filter(entity=entity, new_version=version)
        record = records.order_by("-pk").first()
        # Without a record of how a version became the draft, the version itself is still there to review.
        is_shown = bool(record or version)
    else:
        record = DraftChangeLogRecord.objects.filter(pk=record_id).first()
        is_shown = shows(entity, record)
    error = refusal(entity, is_shown=is_shown)
    if isinstance(error, StaleReviewError) and record_id is None:
        error = StaleReviewError(
            _(
                "Core has kept no record of the deletion of “{title}”, so there is nothing to pin a review to: "
                "restore it and delete it again."
            ).format(title=title_of(entity))
        )
    if error:
        raise error
    return record


def shows(entity: Any, record: DraftChangeLogRecord | None) -> bool:
    """Return whether the draft of the entity, which comes from ``load_drafts``, shows what this change put in place."""
    return (
        record is not None
        and record.entity_id == entity.id
        and record.new_version_id == entity.draft.version_id
        # A version can be brought back, so several changes may have put it in place. A deletion has no version to tell
        # one from the next: it is only ever shown by the newest.
        and (record.new_version_id is not None or record.pk == entity.newest_deletion)
    )


def refusal(entity: Any, *, is_shown: bool) -> ReviewError | None:
    """
    Return why the reviewer for whom ``load_drafts`` has loaded the entity cannot review its draft change.

    ``is_shown``: whether the draft shows what the reviewer looked at.
    """
    draft = getattr(entity, "draft", None)
    if draft is None or draft.version_id == getattr(getattr(entity, "published", None), "version_id", None):
        return NothingToReviewError.of(title_of(entity))
    if not is_shown:
        return StaleReviewError.of(title_of(entity))
    if entity.is_own_change:
        return SelfReviewError.of(title_of(entity))
    return None
