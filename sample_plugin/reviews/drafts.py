"""How a draft came to be what it is: the records of its change, and who made it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity, PublishableEntityVersion

from .models import newest_deletion
from .policy import self_review_allowed

__all__ = ["is_own_change", "latest_title", "load_drafts", "made_by", "shown_by_drafts", "title_of"]


def made_by(user_id: int) -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes that this person made.

    The author is on the ``DraftChangeLog`` or, where Studio left that empty, on the version. Side effects are left out:
    whoever edits a child is not the author of the parent's version.
    """
    return DraftChangeLogRecord.objects.exclude(new_version=F("old_version")).filter(
        Q(draft_change_log__changed_by=user_id) | Q(draft_change_log__changed_by=None, new_version__created_by=user_id)
    )


def shown_by_drafts() -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes that put in place what drafts show now; of one entity there may be several, the newest counts.

    A version can be brought back. Side effects are left out: they put nothing in place.
    """
    # NULL equals nothing in SQL: a draft that is deleted has to be named.
    return DraftChangeLogRecord.objects.exclude(new_version=F("old_version")).filter(
        Q(new_version=F("entity__draft__version"))
        | Q(new_version=None, entity__draft__isnull=False, entity__draft__version=None)
    )


def is_own_change(user_id: int) -> Q:
    """
    Return the condition under which what the draft of a ``PublishableEntity`` shows is this person's own doing.

    Of a version: they wrote it, or brought the draft back to it. Of a deletion: they made this one, not an earlier one.
    """
    mine = made_by(user_id).filter(entity=OuterRef("pk"))
    wrote = Exists(mine.filter(new_version=OuterRef("draft__version")))
    # Core may have kept no record of how a version became the draft; then there is only the version to ask.
    recorded = shown_by_drafts().filter(entity=OuterRef("pk"), new_version=OuterRef("draft__version"))
    deleted = Exists(mine.filter(pk=newest_deletion(OuterRef(OuterRef("pk")))))
    return (
        Q(wrote)
        | Q(~Exists(recorded), draft__version__created_by=user_id)
        | Q(deleted, draft__isnull=False, draft__version=None)
    )


def load_drafts(
    entity_ids: Collection[PublishableEntity.ID], reviewer_id: int
) -> dict[PublishableEntity.ID, PublishableEntity]:
    """
    Return these entities by id, for somebody who wants to review them. One query.

    With what their drafts show and what is published; ``is_own_change``, whether that is the reviewer's own doing and
    they may not review it; ``newest_deletion``, the id of its record.
    """
    own = Value(False) if self_review_allowed() else is_own_change(reviewer_id)
    entities = (
        PublishableEntity.objects.filter(pk__in=entity_ids)
        .select_related("draft__version", "published__version", "learning_package")
        .annotate(
            is_own_change=ExpressionWrapper(own, output_field=BooleanField()),
            newest_deletion=newest_deletion(OuterRef("pk")),
        )
    )
    return {entity.id: entity for entity in entities}


def title_of(entity: PublishableEntity) -> str:
    """Return what people call the entity: by its draft or, if that is deleted, by what is live."""
    for name in ("draft", "published"):
        shown = getattr(entity, name, None)
        if shown and shown.version and shown.version.title:
            return str(shown.version.title)
    return str(getattr(entity, "latest_title", None) or entity.entity_ref)


def latest_title() -> Subquery:
    """Return what a ``PublishableEntity`` was last called: of what was deleted unpublished, it is all there is."""
    latest = PublishableEntityVersion.objects.filter(entity=OuterRef("pk")).order_by("-version_num")
    return Subquery(latest.values("title")[:1])
