"""Giving a review and taking it back."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from django.core.exceptions import ValidationError
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity

from .drafts import load_drafts, title_of
from .exceptions import NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from .existence import no_entity, require_user
from .locks import lock_publishes
from .models import DELETION, ReviewedStatus
from .signals import send_entities_reviewed, send_entity_reviews_withdrawn
from .texts import complaint_about_characters

__all__ = ["mark_reviewed", "refusal", "require_note", "shows", "withdraw_review"]

# Not a limit of the database: longer than this is a pasted file rather than a note.
NOTE_MAX_LENGTH = 10_000


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
    ``ENTITIES_REVIEWED`` is sent, on commit.

    Does not check permissions, but nobody reviews a change of their own. Eight queries at most.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        NothingToReviewError: the entity has no unpublished change.
        StaleReviewError: the given change is not, or no longer, what the draft shows.
        SelfReviewError: the reviewer made the change; see ``SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW``.
        ValidationError: the note is too long, or has control characters in it.
    """
    require_note(note)
    require_user(reviewer_id)
    entity = load_drafts([entity_id], reviewer_id).get(entity_id)
    if entity is None:
        raise no_entity(entity_id)
    draft = getattr(entity, "draft", None)
    version = draft.version if draft else None

    if draft_change_log_record_id is None:
        records = DraftChangeLogRecord.objects.filter(entity=entity, new_version=version)
        record = records.order_by("-pk").first()
        # Without a record of how a version became the draft, the version itself is still there to review.
        is_shown = bool(record or version)
    else:
        record = DraftChangeLogRecord.objects.filter(pk=draft_change_log_record_id).first()
        is_shown = shows(entity, record)
    error = refusal(entity, is_shown=is_shown)
    if isinstance(error, StaleReviewError) and draft_change_log_record_id is None:
        error = StaleReviewError(
            _(
                "Core has kept no record of the deletion of “{title}”, so there is nothing to pin a review to: "
                "restore it and delete it again."
            ).format(title=title_of(entity))
        )
    if error:
        raise error

    given = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id, entity=entity)
    if version is None:
        given = given.filter(version_num=DELETION, draft_change_log_record=record)
    else:
        given = given.filter(version=version)
    review = given.first()
    if review is not None:
        return review
    # A second request that comes in between runs into the unique constraint, and get_or_create makes that harmless.
    review, created = ReviewedStatus.objects.get_or_create(
        entity=entity,
        draft_change_log_record=record,
        reviewer_id=reviewer_id,
        version_num=version.version_num if version else DELETION,
        in_force=True,
        defaults={
            "version": version,
            "note": note,
            "created": datetime.now(tz=timezone.utc),
        },
    )
    if created:
        send_entities_reviewed([review])
    return review


def withdraw_review(
    entity_id: PublishableEntity.ID, /, *, reviewer_id: int, withdrawn_by_id: int | None = None
) -> None:
    """
    Take back every review in force that this person has given to the entity. The reviews stay on record as withdrawn.

    Those that were carried over to later versions as well. ``ENTITY_REVIEWS_WITHDRAWN`` is sent, on commit.

    ``withdrawn_by_id`` is the reviewer unless said otherwise. What has been published is not affected; a publish of the
    package that goes on is waited for.

    Does not check permissions. Six queries.

    Raises:
        User.DoesNotExist: no such user in ``withdrawn_by_id``.
        ReviewedStatus.DoesNotExist: there is no review in force by this person.
    """
    if withdrawn_by_id is None:
        withdrawn_by_id = reviewer_id
    require_user(withdrawn_by_id)
    given = ReviewedStatus.objects.filter(entity_id=entity_id, reviewer_id=reviewer_id)
    entity = PublishableEntity.objects.filter(pk=entity_id).values("learning_package_id").first()
    with atomic():
        if entity:
            # A publish for which this very review counted is committed before the review is gone.
            lock_publishes(entity["learning_package_id"])
        # Wait for a carry-over that is copying these very reviews (it locks them too), and only then, in a statement
        # of its own, look for what there is to withdraw: a statement need not see what was written while it waited.
        list(given.in_force().select_for_update().values_list("pk"))
        now = datetime.now(tz=timezone.utc)
        if not given.in_force().update(in_force=None, withdrawn_at=now, withdrawn_by_id=withdrawn_by_id):
            raise ReviewedStatus.DoesNotExist(
                _("There is no review by user {user} of entity {entity} to withdraw.").format(
                    user=reviewer_id, entity=entity_id
                )
            )
        withdrawn = given.filter(withdrawn_at=now).select_related("entity__learning_package").order_by("pk")
        send_entity_reviews_withdrawn(list(withdrawn))


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


def require_note(note: str) -> None:
    """Raise ``ValidationError`` unless this can be kept as a note."""
    if not isinstance(note, str) or len(note) > NOTE_MAX_LENGTH:
        raise ValidationError({"note": _("A note is a text of at most {max} characters.").format(max=NOTE_MAX_LENGTH)})
    complaint = complaint_about_characters(note)
    if complaint:
        raise ValidationError({"note": complaint})
