"""Giving a review and taking it back."""

from __future__ import annotations

from datetime import datetime, timezone

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLog, DraftChangeLogRecord, PublishableEntity

from .exceptions import NothingToReviewError, SelfReviewError, StaleReviewError
from .existence import require_user
from .models import DELETION, ReviewedStatus, is_live

__all__ = ["mark_change_log_reviewed", "mark_reviewed", "withdraw_review"]

# Not a limit of the database: longer than this is a pasted file rather than a note.
NOTE_MAX_LENGTH = 10_000

# Rows per INSERT.
_BATCH_SIZE = 1_000


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

    If the same person has reviewed the same version before, that review is returned as it is.

    Does not check permissions, but nobody reviews a change of their own. Eight queries at most.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        NothingToReviewError: the entity has no unpublished change.
        StaleReviewError: the given change is not, or no longer, what the draft shows.
        SelfReviewError: the reviewer made the change; see ``SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW``.
        ValidationError: the note is too long.
    """
    _require_note(note)
    require_user(reviewer_id)
    entity = PublishableEntity.objects.select_related("draft__version", "published").filter(pk=entity_id).first()
    if entity is None:
        raise PublishableEntity.DoesNotExist(_("There is no entity with the id {id}.").format(id=entity_id))
    draft = getattr(entity, "draft", None)
    if draft is None or draft.version_id == getattr(getattr(entity, "published", None), "version_id", None):
        raise NothingToReviewError(
            _("“{title}” has no unpublished change, so there is nothing to review.").format(title=_title_of(entity))
        )

    # What put in place what the draft shows. A version can be brought back, so there may be several; a deletion is only
    # ever shown by the newest.
    records = DraftChangeLogRecord.objects.filter(entity=entity, new_version=draft.version).order_by("-pk")
    if draft_change_log_record_id is None:
        record = records.first()
        # Without a record of how a version became the draft, the version itself is still there to review.
        if record is None and draft.version is None:
            raise StaleReviewError(
                _(
                    "Core has kept no record of the deletion of “{title}”, so there is nothing to pin a review to: "
                    "restore it and delete it again."
                ).format(title=_title_of(entity))
            )
    else:
        record = records.filter(pk=draft_change_log_record_id).first()
        if record is None or (draft.version is None and record != records.first()):
            raise StaleReviewError(
                _("“{title}” has changed since: look at its draft again, then review that.").format(
                    title=_title_of(entity)
                )
            )
    if not _self_review_allowed():
        if record is None:
            is_own = draft.version.created_by_id == reviewer_id
        elif draft.version is None:
            is_own = _made_by(reviewer_id).filter(pk=record.pk).exists()
        else:
            # Whoever wrote the version, and whoever brought the draft back to it.
            is_own = _made_by(reviewer_id).filter(entity=entity, new_version=draft.version).exists()
        if is_own:
            raise SelfReviewError(
                _("You made this change to “{title}” yourself; somebody else has to review it.").format(
                    title=_title_of(entity)
                )
            )

    given = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id, entity=entity)
    if draft.version is None:
        given = given.filter(version_num=DELETION, draft_change_log_record=record)
    else:
        given = given.filter(version=draft.version)
    # A second request that comes in between runs into the unique constraint, and get_or_create makes that harmless.
    return (
        given.first()
        or ReviewedStatus.objects.get_or_create(
            entity=entity,
            draft_change_log_record=record,
            reviewer_id=reviewer_id,
            version_num=draft.version.version_num if draft.version else DELETION,
            in_force=True,
            defaults={
                "version": draft.version,
                "note": note,
                "created": datetime.now(tz=timezone.utc),
            },
        )[0]
    )


def mark_change_log_reviewed(draft_change_log_id: int, /, *, reviewer_id: int, note: str = "") -> list[ReviewedStatus]:
    """
    Mark every change of one ``DraftChangeLog`` as reviewed that is still what its draft shows, and return the reviews.

    For "review the import that was just made". Changes that have been edited over or published since are left out, and
    so are side effects on parents: those are no changes of their own. In order of entity id; empty if nothing is left.

    All or nothing. Does not check permissions. The number of queries does not grow with the log, batches of inserts
    aside.

    Raises:
        DraftChangeLog.DoesNotExist, User.DoesNotExist: no such log or user.
        SelfReviewError: the reviewer made one of these changes.
        ValidationError: the note is too long.
    """
    _require_note(note)
    require_user(reviewer_id)
    change_log = DraftChangeLog.objects.filter(pk=draft_change_log_id).first()
    if change_log is None:
        raise DraftChangeLog.DoesNotExist(_("There is no change log with the id {id}.").format(id=draft_change_log_id))

    given = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id)
    # Read once: what is checked is what is reviewed, however the drafts move meanwhile.
    shown = list(
        _shown_by_drafts(change_log)
        .annotate(
            wrote_version=Exists(
                _made_by(reviewer_id).filter(entity=OuterRef("entity"), new_version=OuterRef("new_version"))
            ),
            gave_review=Exists(given.filter(version=OuterRef("new_version"))),
        )
        .values("pk", "entity_id", "new_version_id", "new_version__version_num", "wrote_version", "gave_review")
    )
    if not _self_review_allowed():
        own = [change for change in shown if change["wrote_version"] or change_log.changed_by_id == reviewer_id]
        if own:
            raise SelfReviewError(
                _("You made {count} of these changes yourself; somebody else has to review them.").format(
                    count=len(own)
                )
            )

    now = datetime.now(tz=timezone.utc)
    with atomic():
        ReviewedStatus.objects.bulk_create(
            (
                ReviewedStatus(
                    entity_id=change["entity_id"],
                    draft_change_log_record_id=change["pk"],
                    version_id=change["new_version_id"],
                    version_num=change["new_version__version_num"] or DELETION,
                    reviewer_id=reviewer_id,
                    note=note,
                    created=now,
                )
                for change in shown
                if not change["gave_review"]
            ),
            batch_size=_BATCH_SIZE,
            # The same person pressing twice: the constraint keeps the first.
            ignore_conflicts=True,
        )
        # MySQL returns no ids from a bulk insert, and what was there before is part of the answer anyway.
        records = DraftChangeLogRecord.objects.filter(draft_change_log=change_log)
        reviews = given.filter(
            Q(version__in=records.exclude(new_version=None).values("new_version"))
            | Q(version_num=DELETION, draft_change_log_record__in=records)
        ).order_by("entity_id")
        entity_ids = {change["entity_id"] for change in shown}
        return [review for review in reviews if review.entity_id in entity_ids]


def withdraw_review(
    entity_id: PublishableEntity.ID, /, *, reviewer_id: int, withdrawn_by_id: int | None = None
) -> None:
    """
    Take back every review in force that this person has given to the entity. The reviews stay on record as withdrawn.

    ``withdrawn_by_id`` is the reviewer unless said otherwise. What has been published is not affected.

    Does not check permissions. Two queries.

    Raises:
        User.DoesNotExist: no such user in ``withdrawn_by_id``.
        ReviewedStatus.DoesNotExist: there is no review in force by this person.
    """
    if withdrawn_by_id is None:
        withdrawn_by_id = reviewer_id
    require_user(withdrawn_by_id)
    withdrawn = (
        ReviewedStatus.objects.in_force()
        .filter(entity_id=entity_id, reviewer_id=reviewer_id)
        .update(in_force=None, withdrawn_at=datetime.now(tz=timezone.utc), withdrawn_by_id=withdrawn_by_id)
    )
    if not withdrawn:
        raise ReviewedStatus.DoesNotExist(
            _("There is no review by user {user} of entity {entity} to withdraw.").format(
                user=reviewer_id, entity=entity_id
            )
        )


def _shown_by_drafts(change_log: DraftChangeLog) -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes of the log that are unpublished and still what their drafts show.

    For a version: the draft is at that version. For a deletion: the entity is still deleted, by no later deletion.
    """
    later_deletion = DraftChangeLogRecord.objects.filter(
        entity=OuterRef("entity"), new_version=None, pk__gt=OuterRef("pk")
    )
    return (
        DraftChangeLogRecord.objects.filter(draft_change_log=change_log)
        .filter(
            Q(entity__draft__version=F("new_version"))
            | Q(~Exists(later_deletion), new_version=None, entity__draft__isnull=False, entity__draft__version=None)
        )
        .exclude(new_version=F("old_version"))
        .exclude(is_live())
    )


def _made_by(user_id: int) -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes that this person made.

    The author is on the ``DraftChangeLog`` or, where Studio left that empty, on the version. Side effects are left out:
    whoever edits a child is not the author of the parent's version.
    """
    return DraftChangeLogRecord.objects.exclude(new_version=F("old_version")).filter(
        Q(draft_change_log__changed_by=user_id) | Q(draft_change_log__changed_by=None, new_version__created_by=user_id)
    )


def _title_of(entity: PublishableEntity) -> str:
    """Return what people call the draft; it may have no title, and a deletion has no version to ask."""
    draft = getattr(entity, "draft", None)
    return (draft.version.title if draft and draft.version else "") or entity.entity_ref


def _self_review_allowed() -> bool:
    # Only a real True: "false", as a string from some YAML, must not open anything.
    return getattr(settings, "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW", False) is True


def _require_note(note: str) -> None:
    if not isinstance(note, str) or len(note) > NOTE_MAX_LENGTH:
        raise ValidationError({"note": _("A note is a text of at most {max} characters.").format(max=NOTE_MAX_LENGTH)})
