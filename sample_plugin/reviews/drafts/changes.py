"""Read what a draft shows: the record of its change, and its title."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from openedx_content import api as content_api
from openedx_content.models_api import (
    DraftChangeLogRecord,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
)

__all__ = [
    "change_of_draft",
    "change_of_live",
    "changed_entities",
    "changed_entities_in",
    "draft_changes",
    "has_change",
    "latest_title",
    "load_drafts",
    "put_there_by",
    "shown_by_drafts",
    "title_of",
]


def changed_entities(learning_package_id: LearningPackage.ID) -> QuerySet[PublishableEntity]:
    """Return the entities with unpublished changes of their own, deletions included. One lazy query."""
    return content_api.get_entities_with_unpublished_changes(learning_package_id, include_deleted_drafts=True)


def changed_entities_in(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntity]:
    """Return the same of several packages, whose ids go into the query."""
    # Core's own rule for one package. Every entity is in its own one.
    of_any = changed_entities(F("learning_package_id"))  # type: ignore[arg-type]
    # Not learning_package__in: Django's look-up for a foreign key takes no expressions in a list.
    return of_any.filter(learning_package__id__in=package_ids)


def draft_changes() -> QuerySet[DraftChangeLogRecord]:
    """Return the changes of drafts, without the side effects of a child's change, which put nothing in place."""
    return DraftChangeLogRecord.objects.exclude(new_version=F("old_version"))


def shown_by_drafts() -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes that put in place what drafts show now.

    An entity may have several of them, because a version can be brought back. The newest counts.
    """
    # NULL equals nothing in SQL, so a deleted draft needs its own condition.
    return draft_changes().filter(
        Q(new_version=F("entity__draft__version"))
        | Q(new_version=None, entity__draft__isnull=False, entity__draft__version=None)
    )


def put_there_by(**change_logs: Any) -> QuerySet[DraftChangeLogRecord]:
    """
    Return the changes of some change logs that put in place what drafts show now: ``put_there_by(draft_change_log=1)``.

    Of several deletions of one entity, the draft shows the newest: they have no versions that distinguish them.
    """
    later = DraftChangeLogRecord.objects.filter(entity=OuterRef("entity"), new_version=None, pk__gt=OuterRef("pk"))
    return shown_by_drafts().filter(**change_logs).exclude(Exists(later), new_version=None)


def change_of_draft() -> Subquery:
    """Return the id of the change that put in place the draft of a ``PublishableEntity``; ids grow with time."""
    return _newest(shown_by_drafts())


def change_of_live() -> Subquery:
    """
    Return the id of the last change by which the draft of a ``PublishableEntity`` showed what is live now.

    Later changes are not live. This compares ids given by the database, not times, because the caller of a publish
    chooses its time.
    """
    return _newest(
        draft_changes().filter(
            Q(new_version=F("entity__published__version"))
            | Q(new_version=None, entity__published__isnull=False, entity__published__version=None)
        )
    )


def _newest(changes: QuerySet[DraftChangeLogRecord]) -> Subquery:
    # An aggregate, so that there is at most one row.
    of_entity = changes.filter(entity=OuterRef("pk")).order_by()
    return Subquery(of_entity.values("entity").annotate(newest=Max("pk")).values("newest"))


def load_drafts(
    entity_ids: Collection[PublishableEntity.ID], **annotations: Any
) -> dict[PublishableEntity.ID, PublishableEntity]:
    """
    Return these entities by id, for a reviewer. One query.

    Each comes with what its draft shows and what is published, its package and the package's policy; ``change_record``,
    the id of the change that put the draft in place; ``latest_title``; and these annotations.
    """
    entities = (
        PublishableEntity.objects.filter(pk__in=entity_ids)
        .select_related("draft__version", "published__version", "learning_package__review_policy")
        .annotate(change_record=change_of_draft(), latest_title=latest_title(), **annotations)
    )
    return {entity.id: entity for entity in entities}


def has_change(entity: PublishableEntity) -> bool:
    """Return whether the entity, loaded with its draft and what is published, has a change of its own."""
    draft, published = getattr(entity, "draft", None), getattr(entity, "published", None)
    return draft is not None and draft.version_id != (published.version_id if published else None)


def title_of(entity: PublishableEntity) -> str:
    """
    Return the entity's title: that of its draft or, if the draft is deleted, that of what is live.

    For an entity that was deleted before it was published, returns its last title, if :func:`latest_title` was loaded.
    """
    for name in ("draft", "published"):
        shown = getattr(entity, name, None)
        if shown and shown.version:
            return str(shown.version.title or entity.entity_ref)
    return str(getattr(entity, "latest_title", None) or entity.entity_ref)


def latest_title() -> Subquery:
    """Return the last title of a ``PublishableEntity``: an entity that was deleted unpublished has no other."""
    latest = PublishableEntityVersion.objects.filter(entity=OuterRef("pk")).order_by("-version_num")
    return Subquery(latest.values("title")[:1])
