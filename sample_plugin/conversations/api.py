"""
The Python API of conversations: the one door for the app's own views, step and admin as well as for others.

None of it checks permissions: who may see a library may write in it, and a request is checked where it comes in. That
only its author edits or deletes a comment is a rule of this API. Ids are primary keys, as in ``openedx_content.api``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timezone

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import Draft, LearningPackage, PublishableEntity, PublishableEntityVersion

from sample_plugin.reviews.texts import require_text

from . import signals
from .anchors import Anchor, AnchorKind, Place, find
from .exceptions import CommentDeletedError, ConversationError, NotYourCommentError
from .history import count_at as count_at
from .history import tell as tell
from .models import DELETION, Comment, Conversation, ConversationPolicy, Resolution
from .places import About as About
from .places import Child, File, Line, Part, anchor_of, read_places
from .publishes import require_resolved as require_resolved

__all__ = [  # noqa: RUF022, by subject
    "start_conversation",
    "reply",
    "edit_comment",
    "delete_comment",
    "resolve",
    "reopen",
    "get_conversations",
    "get_open_counts",
    "find_places",
    "is_resolution_required",
    "set_resolution_required",
    "Line",
    "Part",
    "File",
    "Child",
    "ConversationError",
    "CommentDeletedError",
    "NotYourCommentError",
]


@atomic
def start_conversation(
    entity_id: PublishableEntity.ID,
    /,
    *,
    author_id: int,
    body: str,
    version_num: int | None = None,
    about: About | None = None,
) -> Conversation:
    """
    Start a conversation with its first comment, and return it.

    Pass ``version_num``, the version that the author looks at (0 for the deletion), wherever a person writes. Without
    it, the conversation is about what the draft shows now. ``about`` is the place in that version; without it, the
    conversation is about the change as a whole.

    The same call again returns the conversation of the first one, as long as no other was started on the entity. Sends
    ``CONVERSATION_STARTED`` on commit. Does not check permissions. Up to ten queries.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity, child or user.
        PublishableEntityVersion.DoesNotExist: the entity has no such version, or is not deleted.
        ValidationError: the body is empty, too long, or contains control characters; or the version has no such place.
    """
    body = _require_body(body)
    get_user_model().objects.get(pk=author_id)
    version = _find_version(entity_id, version_num)
    anchor = anchor_of(about, version)
    started = Conversation(
        entity_id=entity_id,
        version=version,
        version_num=version.version_num if version else DELETION,
        about=anchor.kind,
        anchor=anchor.to_json(),
    )
    last = Conversation.objects.filter(entity_id=entity_id).prefetch_related("comments").order_by("pk").last()
    if last and last.get_anchor() == anchor and last.version_num == started.version_num:
        first, *replies = last.comments.all()
        if not replies and (first.author_id, first.body) == (author_id, body):
            return last
    started.save()
    comment = Comment.objects.create(conversation=started, author_id=author_id, body=body, created=_now())
    signals.send_of_comment(signals.CONVERSATION_STARTED, comment)
    return started


@atomic
def reply(conversation_id: int, /, *, author_id: int, body: str) -> Comment:
    """
    Add a comment to a conversation, and return it. A resolved conversation stays resolved.

    The last comment, sent again by the same author, is returned and not added. Sends ``COMMENT_ADDED`` on commit. Does
    not check permissions. Five queries.

    Raises ``Conversation.DoesNotExist``, ``User.DoesNotExist``, and ``ValidationError`` for the body as above.
    """
    body = _require_body(body)
    get_user_model().objects.get(pk=author_id)
    # Replies wait for each other, so that one that is sent twice is added once.
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    last = conversation.comments.last()
    if last and (last.author_id, last.body) == (author_id, body):
        return last
    comment = Comment.objects.create(conversation=conversation, author_id=author_id, body=body, created=_now())
    signals.send_of_comment(signals.COMMENT_ADDED, comment)
    return comment


@atomic
def edit_comment(comment_id: int, /, *, author_id: int, body: str) -> Comment:
    """
    Replace the words of a comment by its author, and return it. It is marked as edited, unless the words are the same.

    Does not check permissions. Two queries.

    Raises ``Comment.DoesNotExist``, ``NotYourCommentError``, ``CommentDeletedError``, and ``ValidationError`` for the
    body as above.
    """
    body = _require_body(body)
    comment = _lock_own_comment(comment_id, author_id)
    if comment.deleted_at:
        raise CommentDeletedError
    if comment.body != body:
        comment.body, comment.edited_at = body, _now()
        comment.save(update_fields=["body", "edited_at"])
    return comment


@atomic
def delete_comment(comment_id: int, /, *, author_id: int) -> Comment:
    """
    Delete the words of a comment by its author, and return it. That there was a comment, by whom and when, stays.

    Does not check permissions. Two queries. Raises ``Comment.DoesNotExist`` and ``NotYourCommentError``.
    """
    comment = _lock_own_comment(comment_id, author_id)
    if not comment.deleted_at:
        comment.body, comment.deleted_at = "", _now()
        comment.save(update_fields=["body", "deleted_at"])
    return comment


@atomic
def resolve(conversation_id: int, /, *, resolved_by_id: int) -> Resolution:
    """
    Resolve a conversation, and return the resolution; the one in force, if it was resolved already.

    Sends ``CONVERSATION_RESOLVED`` on commit. Does not check permissions. Five queries.

    Raises ``Conversation.DoesNotExist`` and ``User.DoesNotExist``.
    """
    get_user_model().objects.get(pk=resolved_by_id)
    # Of two people who resolve it at once, the second one finds it resolved.
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    resolution = conversation.resolution
    if resolution is None:
        resolution = Resolution.objects.create(
            conversation=conversation, resolved_by_id=resolved_by_id, resolved_at=_now()
        )
        signals.send_of_conversation(
            signals.CONVERSATION_RESOLVED, conversation, by_id=resolved_by_id, time=resolution.resolved_at
        )
    return resolution


@atomic
def reopen(conversation_id: int, /, *, reopened_by_id: int) -> None:
    """
    Open a resolved conversation again; nothing if it is open. Who had resolved it stays on record.

    Sends ``CONVERSATION_REOPENED`` on commit. Does not check permissions. Five queries.

    Raises ``Conversation.DoesNotExist`` and ``User.DoesNotExist``.
    """
    get_user_model().objects.get(pk=reopened_by_id)
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    resolution = conversation.resolution
    if resolution:
        resolution.reopened_by_id, resolution.reopened_at = reopened_by_id, _now()
        resolution.save(update_fields=["reopened_by", "reopened_at"])
        signals.send_of_conversation(
            signals.CONVERSATION_REOPENED, conversation, by_id=reopened_by_id, time=resolution.reopened_at
        )


def get_conversations(entity_id: PublishableEntity.ID, /) -> QuerySet[Conversation]:
    """
    Return the conversations about an entity, newest first, with their comments and resolutions.

    An unknown entity has none. Three lazy queries for any number of conversations. Does not check permissions.
    """
    return (
        Conversation.objects.filter(entity_id=entity_id)
        .prefetch_related("comments__author", "resolutions__resolved_by", "resolutions__reopened_by")
        .order_by("-pk")
    )


def get_open_counts(entity_ids: Collection[PublishableEntity.ID], /) -> dict[PublishableEntity.ID, int]:
    """Return how many open conversations each of these entities has; those without are missing. One query."""
    return Conversation.objects.open().count_by_entity(entity_ids)


def find_places(conversations: Iterable[Conversation], /) -> dict[int, int | None]:
    """
    Return where each of these conversations about one entity is in its draft: the number of the place, from 1.

    By conversation id. None if the place is gone, because it was changed or removed: then the conversation is on an
    earlier version. A conversation about the change as a whole has no place, and is missing here.

    At most four queries, however many there are. Does not check permissions.
    """
    anchors = {one.pk: (one.entity_id, one.get_anchor()) for one in conversations if one.about != AnchorKind.CHANGE}
    if not anchors:
        return {}
    [entity_id] = {entity_id for entity_id, _anchor in anchors.values()}
    draft = Draft.objects.filter(entity=entity_id).select_related("version").first()
    version = draft.version if draft else None
    kinds = {anchor.kind for _entity_id, anchor in anchors.values()}
    places: dict[AnchorKind, list[Place]] = {kind: read_places(version, kind) if version else [] for kind in kinds}

    def number(anchor: Anchor) -> int | None:
        index = find(anchor, places[anchor.kind])
        return None if index is None else index + 1

    return {pk: number(anchor) for pk, (_entity_id, anchor) in anchors.items()}


def is_resolution_required(learning_package_id: LearningPackage.ID, /) -> bool:
    """Return whether changes with open conversations cannot be published in this package. One query."""
    return ConversationPolicy.objects.filter(pk=learning_package_id, resolution_required=True).exists()


@atomic
def set_resolution_required(
    learning_package_id: LearningPackage.ID, required: bool, /, *, changed_by: int | None
) -> None:
    """
    Decide whether changes with open conversations cannot be published in this package.

    ``changed_by`` is a user's id, or None for a script. Waits for nothing: a publish that is running keeps to the rule
    that it began with. Does not check permissions; the caller checks ``CAN_MANAGE_POLICY``. Up to five queries.

    Raises ``LearningPackage.DoesNotExist`` and ``User.DoesNotExist``.
    """
    content_api.get_learning_package(learning_package_id)
    if changed_by is not None:
        get_user_model().objects.get(pk=changed_by)
    if required == is_resolution_required(learning_package_id):
        return
    ConversationPolicy.objects.update_or_create(
        pk=learning_package_id,
        defaults={"resolution_required": required, "changed_by_id": changed_by, "changed_at": _now()},
    )


def _require_body(body: str) -> str:
    require_text("body", body)
    if not body.strip():
        raise ValidationError({"body": _("Write a comment first.")})
    return body.strip()


def _find_version(entity_id: PublishableEntity.ID, version_num: int | None) -> PublishableEntityVersion | None:
    """Return the version with this number, or what the draft shows; None for a deletion. At most two queries."""
    entity = PublishableEntity.objects.select_related("draft__version").get(pk=entity_id)
    draft = getattr(entity, "draft", None)
    shown = draft.version if draft else None
    if version_num is None or (version_num == DELETION and shown is None):
        return shown
    return PublishableEntityVersion.objects.get(entity=entity_id, version_num=version_num)


def _lock_own_comment(comment_id: int, author_id: int) -> Comment:
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.author_id is None or comment.author_id != author_id:
        raise NotYourCommentError
    return comment


def _now() -> datetime:
    return datetime.now(tz=timezone.utc)
