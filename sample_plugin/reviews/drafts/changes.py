"""What a draft shows: the record of its change, and what people call it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity, PublishableEntityVersion

__all__ = [
    "change_of_draft",
    "change_of_live",
    "draft_changes",
    "has_change",
    "latest_title",
    "load_drafts",
    "put_there_by",
    "shown_by_drafts",
    "title_of",
]


def draft_changes() -> QuerySet[DraftChangeLogRecord]:
    """Return the changes of drafts. Side effects of a child's change are left out: they put nothing in place."""
    return DraftChangeLogRecord.objects.exclude(new_version=F("old_version"))


def shown_by_drafts() -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes that put in place what drafts show now; of one entity there may be several, the newest counts.

    A version can be brought back.
    """
    # NULL equals nothing in SQL: a draft that is deleted has to be named.
    return draft_changes().filter(
        Q(new_version=F("entity__draft__version"))
        | Q(new_version=None, entity__draft__isnull=False, entity__draft__version=None)
    )


def put_there_by(draft_change_log: int | OuterRef) -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes of one change log, given by its id, that put in place what drafts show now.

    Of several deletions of one entity the newest is what the draft shows: there is no version to tell them apart.
    """
    later = DraftChangeLogRecord.objects.filter(entity=OuterRef("entity"), new_version=None, pk__gt=OuterRef("pk"))
    return shown_by_drafts().filter(draft_change_log=draft_change_log).exclude(Exists(later), new_version=None)


def change_of_draft() -> Subquery:
    """Return the id of the change that the draft of a ``PublishableEntity`` stands on; ids grow with time."""
    return _newest(shown_by_drafts())


def change_of_live() -> Subquery:
    """
    Return the id of the last change by which the draft of a ``PublishableEntity`` showed what is live now.

    What was changed since then is not live. By the ids that the database gave, and not by a time: those of a publish
    are for its caller to choose.
    """
    return _newest(
        draft_changes().filter(
            Q(new_version=F("entity__published__version"))
            | Q(new_version=None, entity__published__isnull=False, entity__published__version=None)
        )
    )


def _newest(changes: QuerySet[DraftChangeLogRecord]) -> Subquery:
    # An aggregate, so that there is one row at most.
    of_entity = changes.filter(entity=OuterRef("pk")).order_by()
    return Subquery(of_entity.values("entity").annotate(newest=Max("pk")).values("newest"))


def load_drafts(entity_ids: Collection[PublishableEntity.ID]) -> dict[PublishableEntity.ID, PublishableEntity]:
    """
    Return these entities by id, for a person who wants to review them. One query.

    With what their drafts show and what is published, their package and its policy; ``change_record``, the id of the
    change that the draft stands on; ``latest_title``.
    """
    entities = (
        PublishableEntity.objects.filter(pk__in=entity_ids)
        .select_related("draft__version", "published__version", "learning_package__review_policy")
        .annotate(change_record=change_of_draft(), latest_title=latest_title())
    )
    return {entity.id: entity for entity in entities}


def has_change(entity: PublishableEntity) -> bool:
    """Return whether the draft of the entity, loaded with what is published, has a change of its own."""
    draft, published = getattr(entity, "draft", None), getattr(entity, "published", None)
    return draft is not None and draft.version_id != (published.version_id if published else None)


def title_of(entity: PublishableEntity) -> str:
    """
    Return what people call the entity: by its draft or, if that is deleted, by what is live.

    Of an entity that was deleted before it was published, what it was last called, if :func:`latest_title` was loaded.
    """
    for name in ("draft", "published"):
        shown = getattr(entity, name, None)
        if shown and shown.version:
            return str(shown.version.title or entity.entity_ref)
    return str(getattr(entity, "latest_title", None) or entity.entity_ref)


def latest_title() -> Subquery:
    """Return what a ``PublishableEntity`` was last called: of what was deleted unpublished, it is all there is."""
    latest = PublishableEntityVersion.objects.filter(entity=OuterRef("pk")).order_by("-version_num")
    return Subquery(latest.values("title")[:1])
