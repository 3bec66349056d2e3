"""What conversations add to the history of an entity, and to the report of what is live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishableEntity

from sample_plugin.reviews.filters import AddedEntry, Moment

from .models import Comment, Conversation, Resolution

__all__ = ["count_at", "tell"]


def tell(entity_id: PublishableEntity.ID) -> Iterator[AddedEntry]:
    """
    Yield what happened in the entity's conversations. Two queries. Does not check permissions.

    Of a deleted comment, only that there was one.
    """
    seen: set[int] = set()
    comments = Comment.objects.filter(conversation__entity=entity_id).select_related("conversation").order_by("pk")
    for comment in comments:
        is_first = comment.conversation_id not in seen
        seen.add(comment.conversation_id)
        yield AddedEntry(
            code="conversation_started" if is_first else "conversation_answered",
            title=_("Conversation started") if is_first else _("Conversation answered"),
            time=comment.created,
            person_id=comment.author_id,
            version_num=comment.conversation.version_num or None,
            text=comment.body,
        )
    for one in Resolution.objects.filter(conversation__entity=entity_id):
        yield AddedEntry(
            code="conversation_resolved",
            title=_("Conversation resolved"),
            time=one.resolved_at,
            person_id=one.resolved_by_id,
        )
        if one.reopened_at:
            yield AddedEntry(
                code="conversation_reopened",
                title=_("Conversation opened again"),
                time=one.reopened_at,
                person_id=one.reopened_by_id,
            )


def count_at(moments: Collection[Moment]) -> dict[Moment, dict[str, int]]:
    """
    Return how many conversations about each entity were open and resolved at that time.

    Moments before the first conversation are missing. Two queries, however many moments there are; one if there are no
    conversations. Does not check permissions.
    """
    conversations: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for pk, about, since in (
        Conversation.objects.filter(entity__in={entity_id for entity_id, _at in moments})
        .annotate(started=Min("comments__created"))
        .values_list("pk", "entity_id", "started")
    ):
        conversations[about].append((pk, since))
    resolved = defaultdict(list)
    for pk, since, until in Resolution.objects.filter(conversation__entity__in=list(conversations)).values_list(
        "conversation_id", "resolved_at", "reopened_at"
    ):
        resolved[pk].append((since, until))
    counts: dict[Moment, dict[str, int]] = {}
    for entity_id, at in moments:
        started = [pk for pk, since in conversations[entity_id] if since <= at]
        over = sum(any(since <= at and (not until or until > at) for since, until in resolved[pk]) for pk in started)
        if started:
            counts[entity_id, at] = {"open_conversations": len(started) - over, "resolved_conversations": over}
    return counts
