"""Which changes of a publish still have open conversations, where the library requires that all are resolved."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from openedx_content.models_api import PublishableEntity, PublishLog, PublishLogRecord

from sample_plugin.reviews.composed import composed_once
from sample_plugin.reviews.keys import studio_key_of, with_keys

from .exceptions import UnresolvedConversations, UnresolvedItem
from .models import Conversation, ConversationPolicy

__all__ = ["require_resolved"]

# How many items a refusal names.
MAX_NAMED = 100


def require_resolved(publish_log: PublishLog) -> None:
    """
    Raise ``UnresolvedConversations`` if this publishes changes with open conversations, and the library forbids that.

    Asks the records of the publish, which are what goes live, and not the drafts. Records with the same old and new
    version are side effects on parents, of which nothing goes live.

    One query, whether the library requires it or not; three for a refusal.
    """
    titles: dict[PublishableEntity.ID, str] = dict(_load_unresolved(log=publish_log.pk))
    if titles:
        raise UnresolvedConversations(_name(titles), titles)


@composed_once(PublishLogRecord)
def _load_unresolved(log: int) -> QuerySet[PublishLogRecord, Any]:
    required = ConversationPolicy.objects.filter(learning_package__publishlog=log, resolution_required=True)
    return (
        # Asked first: without it, no record is looked at.
        PublishLogRecord.objects.filter(Exists(required), publish_log=log)
        .exclude(old_version=F("new_version"))
        .filter(Exists(Conversation.objects.open().filter(entity=OuterRef("entity"))))
        .order_by("entity")
        .values_list("entity_id", Coalesce("new_version__title", "old_version__title"))
    )


def _name(titles: dict[PublishableEntity.ID, str]) -> list[UnresolvedItem]:
    """Return the first of these items, in order of their ids. Two queries."""
    entities = list(with_keys(PublishableEntity.objects.filter(pk__in=sorted(titles)[:MAX_NAMED])).order_by("pk"))
    open_counts = Conversation.objects.open().count_by_entity([entity.id for entity in entities])
    return [
        UnresolvedItem(
            entity_id=entity.id,
            entity_ref=entity.entity_ref,
            title=titles[entity.id],
            key=studio_key_of(entity),
            open_count=open_counts[entity.id],
        )
        for entity in entities
    ]
