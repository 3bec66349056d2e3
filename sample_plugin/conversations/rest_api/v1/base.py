"""Shared by the views: the errors of this app's Python API, the throttle, and how an endpoint is described."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from openedx_content.models_api import PublishableEntity
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from sample_plugin.reviews.rest_api.v1 import schema
from sample_plugin.reviews.rest_api.v1.base import ExpensiveThrottle, ReviewsView
from sample_plugin.reviews.rest_api.v1.errors import Conflict, NotFoundHere

from ... import api
from ...models import Comment, Conversation
from .serializers import ConversationSerializer

__all__ = ["ConversationsView", "describe"]


class WritingThrottle(ExpensiveThrottle):
    """Limits how often one user may write, at the rate of the reviews' own throttle."""

    scope = "sample_plugin_conversations"


class ConversationsView(ReviewsView):
    """
    A view for users who are logged in and may view the library.

    Who may view it may write in it: authors must be able to answer, and reviewers to ask.
    """

    def get_throttles(self) -> list[BaseThrottle]:
        """Limit what adds rows."""
        return [WritingThrottle()] if self.request.method == "POST" else []

    def get_conversation(self, entity: PublishableEntity, conversation_id: str) -> Conversation:
        """Return this conversation of the entity. Raises ``NotFoundHere``."""
        try:
            return api.get_conversations(entity.id).get(pk=_to_id(conversation_id))
        except Conversation.DoesNotExist as exc:
            raise NotFoundHere(_("This item has no such conversation."), "no_conversation") from exc

    def get_comment(self, entity: PublishableEntity, conversation_id: str, comment_id: str) -> Comment:
        """Return this comment in this conversation of the entity. Raises ``NotFoundHere``."""
        try:
            return self.get_conversation(entity, conversation_id).comments.get(pk=_to_id(comment_id))
        except Comment.DoesNotExist as exc:
            raise NotFoundHere(_("This conversation has no such comment."), "no_comment") from exc

    def show(self, entity: PublishableEntity, conversation_id: int) -> dict[str, Any]:
        """Return a conversation of the entity as it is now, as the caller sees it."""
        conversation = api.get_conversations(entity.id).get(pk=conversation_id)
        shown: dict[str, Any] = ConversationSerializer(conversation, context=self.context_of([conversation])).data
        return shown

    def context_of(self, conversations: list[Conversation]) -> dict[str, Any]:
        """Return the context of the serializer for conversations of one entity."""
        return {"places": api.find_places(conversations), "user_id": self.user_id}

    def handle_exception(self, exc: Exception) -> Response:
        """Handle the errors of this app's Python API as well."""
        match exc:
            case api.NotYourCommentError():
                exc = PermissionDenied(str(exc), "not_your_comment")
            case api.CommentDeletedError():
                exc = Conflict(str(exc), "comment_deleted")
        return super().handle_exception(exc)


def _to_id(text: str) -> int:
    """Return the id in an address; one that cannot exist for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def describe(**kwargs: Any) -> Callable[[Any], Any]:
    """Describe an endpoint as those of reviews are described, under its own tag."""
    described = schema.describe(**kwargs)
    tagged = extend_schema(tags=["conversations"])
    return lambda method: tagged(described(method))
