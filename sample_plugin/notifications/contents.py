"""What a notification says when it is sent. It is read then, because much can happen between an event and its mail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched, islice
from typing import Any

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishableEntityVersion

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.keys import library_key_of, studio_key_of, with_keys
from sample_plugin.reviews.texts import isolated
from sample_plugin.reviews.texts.readable import readable

from . import addresses, wording
from .kinds import Kind
from .models import Notification

__all__ = ["AT_ONCE", "Entry", "Item", "find_reviewed", "read"]

# How many items a mail names.
MAX_NAMED = 10
# How many ids go into one query.
AT_ONCE = 500

type _EntityId = PublishableEntity.ID


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An item that a notification names. The title is an author's text: escape it."""

    title: str
    address: str
    """Its change in the workspace; empty if the site's settings do not say where Studio's pages are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One notification as a mail shows it. Every text can have words that a person typed: escape them."""

    headline: str
    library: str
    lines: list[str]
    """What the other person wrote, line by line."""
    items: list[Item]
    more: str
    """How many items are not named, in words; empty if all are."""
    address: str
    """Where all of it is: the item's change, or the library's changes. Empty as that of an item."""


def read(notification: Notification) -> Entry | None:
    """
    Return what the notification says now, in the language that is active; None if it is over.

    Its person, actor and learning package are loaded. Three to six queries, for every 500 items. Does not check
    permissions.
    """
    words = ""
    due = None
    match notification.kind:
        case Kind.REVIEW_REQUESTED | Kind.DUE_TOMORROW:
            waiting = dict(_waiting_requests(notification))
            entity_ids: list[_EntityId] = list(waiting)
            if waiting:
                request = next(iter(waiting.values()))
                words, due = request.message, request.due
        case Kind.CHANGES_REQUESTED:
            [entity_id] = notification.entity_ids
            verdict = reviews_api.get_reviews(entity_id).filter(pk=notification.cause_id, withdrawn_at=None).first()
            entity_ids = [entity_id] if verdict else []
            words = verdict.note if verdict else ""
        case Kind.ANSWERED:
            comment = _find_comment(notification)
            entity_ids = notification.entity_ids if comment else []
            words = comment.body if comment else ""
        case Kind.REVIEWED:
            entity_ids = find_reviewed(notification.learning_package_id, notification.entity_ids)
        case _:
            entity_ids = notification.entity_ids
    items = _items(entity_ids, notification)
    if not items:
        return None
    more = len(entity_ids) - len(items)
    return Entry(
        headline=wording.headline(notification, items[0].title, len(entity_ids), due),
        library=isolated(notification.learning_package.title),
        lines=readable(words).splitlines(),
        items=items,
        more=wording.and_more(more) if more else "",
        address=(
            items[0].address
            if len(entity_ids) == 1
            else addresses.of_changes(library_key_of(notification.learning_package))
        ),
    )


def find_reviewed(learning_package_id: LearningPackage.ID, entity_ids: Collection[_EntityId]) -> list[_EntityId]:
    """Return which of these have all the reviews that they need, and are not published. A query for every 500."""
    reviewed = reviews_api.get_reviewed_entities(learning_package_id)
    return [
        pk
        for some in batched(entity_ids, AT_ONCE)
        for pk in reviewed.filter(pk__in=some).order_by("pk").values_list("pk", flat=True)
    ]


def _waiting_requests(notification: Notification) -> Iterator[tuple[_EntityId, Any]]:
    """Yield the items whose review still waits for the person, with the request; of a due one, if it is still due."""
    due = timezone.localdate(notification.send_after) + timedelta(days=1)
    for some in batched(notification.entity_ids, AT_ONCE):
        for entity_id, found in reviews_api.get_open_requests(some).items():
            is_due = notification.kind == Kind.REVIEW_REQUESTED or found.request.due == due
            if is_due and notification.person_id in found.awaited:
                yield entity_id, found.request


def _find_comment(notification: Notification) -> Any:
    """Return the comment with its words; None if it was deleted."""
    from sample_plugin.conversations import api as conversations_api  # noqa: PLC0415, it may not be installed

    [entity_id] = notification.entity_ids
    found = conversations_api.get_conversations(entity_id).filter(comments=notification.cause_id).first()
    comments = found.comments.all() if found else []
    return next((one for one in comments if one.pk == notification.cause_id and not one.deleted_at), None)


def _items(entity_ids: Collection[_EntityId], notification: Notification) -> list[Item]:
    """Return the first of these items that exist. One query."""
    # Of a published deletion, only the last version has a title.
    last = PublishableEntityVersion.objects.filter(entity=OuterRef("pk")).order_by("-version_num").values("title")[:1]
    shown = Coalesce("draft__version__title", "published__version__title", Subquery(last), output_field=CharField())
    named = PublishableEntity.objects.filter(pk__in=list(islice(entity_ids, MAX_NAMED)))
    entities: Any = with_keys(named).annotate(shown=shown)
    library_key = library_key_of(notification.learning_package)
    return [
        Item(
            title=isolated(entity.shown),
            address=(
                addresses.of_library(library_key)
                # What is published is no change any more.
                if notification.kind == Kind.PUBLISHED
                else addresses.of_changes(library_key, studio_key_of(entity))
            ),
        )
        for entity in entities.order_by("pk")
    ]
