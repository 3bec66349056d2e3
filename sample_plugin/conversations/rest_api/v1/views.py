"""The conversations about an item, and what a library requires of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage, PublishableEntityVersion
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from sample_plugin.reviews import keys
from sample_plugin.reviews.rest_api.v1.base import Pagination
from sample_plugin.reviews.rules import CAN_MANAGE_POLICY

from ... import api
from ...models import DELETION
from .base import ConversationsView, describe
from .serializers import (
    CommentBodySerializer,
    ConversationLibrarySerializer,
    ConversationSerializer,
    StartSerializer,
)

_THROTTLED = (status.HTTP_429_TOO_MANY_REQUESTS,)


class EntityConversationsView(ConversationsView):
    """The conversations about an item."""

    pagination_class = Pagination

    @describe(responses={200: ConversationSerializer(many=True)})
    def get(self, request: Request, key: str) -> Response:
        """List the conversations about an item, newest first, resolved ones included."""
        entity = self.get_entity(key)
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(api.get_conversations(entity.id), request, view=self)
        answer = ConversationSerializer(page, many=True, context=self.context_of(page))
        return paginator.get_paginated_response(answer.data)

    @describe(request=StartSerializer, responses={201: ConversationSerializer}, errors=_THROTTLED)
    def post(self, request: Request, key: str) -> Response:
        """
        Start a conversation about the version that you look at, or about one place in it.

        Sending the same again starts no other one.
        """
        entity = self.get_entity(key)
        body = StartSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        version_num = said["version_num"]
        try:
            started = api.start_conversation(
                entity.id,
                author_id=self.user_id,
                body=said["body"],
                version_num=DELETION if version_num is None else version_num,
                about=self._about(said),
            )
        except PublishableEntityVersion.DoesNotExist as exc:
            raise ValidationError({"version_num": [_("The item has no such version.")]}) from exc
        return Response(self.show(entity, started.pk), status.HTTP_201_CREATED)

    def _about(self, said: dict[str, Any]) -> api.About | None:
        match said:
            case {"line": number}:
                return api.Line(number)
            case {"part": {"kind": kind, "text": text}}:
                return api.Part(kind, text)
            case {"file": path}:
                return api.File(path)
            case {"child": key}:
                children = self.get_entities(keys.parse_keys([key]).values())
                if not children:
                    raise ValidationError({"child": [_("No item has this key.")]})
                [child] = children.values()
                return api.Child(child.id)
        return None


class CommentsView(ConversationsView):
    """The comments in a conversation."""

    @describe(request=CommentBodySerializer, responses={201: ConversationSerializer}, errors=_THROTTLED)
    def post(self, request: Request, key: str, conversation_id: str) -> Response:
        """Reply. Sending the same again adds no other comment. A resolved conversation stays resolved."""
        entity = self.get_entity(key)
        conversation = self.get_conversation(entity, conversation_id)
        api.reply(conversation.pk, author_id=self.user_id, body=_body_of(request))
        return Response(self.show(entity, conversation.pk), status.HTTP_201_CREATED)


class CommentView(ConversationsView):
    """Your own comment."""

    @describe(
        request=CommentBodySerializer, responses={200: ConversationSerializer}, errors=(status.HTTP_409_CONFLICT,)
    )
    def patch(self, request: Request, key: str, conversation_id: str, comment_id: str) -> Response:
        """Edit your comment. It is marked as edited."""
        entity = self.get_entity(key)
        comment = self.get_comment(entity, conversation_id, comment_id)
        api.edit_comment(comment.pk, author_id=self.user_id, body=_body_of(request))
        return Response(self.show(entity, comment.conversation_id))

    @describe(responses={200: ConversationSerializer}, errors=(status.HTTP_403_FORBIDDEN,))
    def delete(self, request: Request, key: str, conversation_id: str, comment_id: str) -> Response:
        """Delete the words of your comment. That there was a comment, by whom and when, stays."""
        entity = self.get_entity(key)
        comment = self.get_comment(entity, conversation_id, comment_id)
        api.delete_comment(comment.pk, author_id=self.user_id)
        return Response(self.show(entity, comment.conversation_id))


class ResolutionView(ConversationsView):
    """Whether a conversation is resolved."""

    @describe(responses={200: ConversationSerializer})
    def put(self, request: Request, key: str, conversation_id: str) -> Response:
        """Resolve a conversation. Repeating it changes nothing."""
        entity = self.get_entity(key)
        conversation = self.get_conversation(entity, conversation_id)
        api.resolve(conversation.pk, resolved_by_id=self.user_id)
        return Response(self.show(entity, conversation.pk))

    @describe(responses={200: ConversationSerializer})
    def delete(self, request: Request, key: str, conversation_id: str) -> Response:
        """Open a conversation again. Who had resolved it stays on record."""
        entity = self.get_entity(key)
        conversation = self.get_conversation(entity, conversation_id)
        api.reopen(conversation.pk, reopened_by_id=self.user_id)
        return Response(self.show(entity, conversation.pk))


class ConversationLibraryView(ConversationsView):
    """What a library requires of conversations."""

    @describe(responses={200: ConversationLibrarySerializer})
    def get(self, request: Request, library_key: str) -> Response:
        """Show whether changes with open conversations cannot be published, and whether you may change that."""
        return self._show(self.get_package(library_key))

    @describe(request=ConversationLibrarySerializer, responses={200: ConversationLibrarySerializer})
    def patch(self, request: Request, library_key: str) -> Response:
        """Decide whether changes with open conversations cannot be published."""
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        body = ConversationLibrarySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        api.set_resolution_required(package.id, body.validated_data["resolution_required"], changed_by=self.user_id)
        return self._show(package)

    def _show(self, package: LearningPackage) -> Response:
        state = {
            "resolution_required": api.is_resolution_required(package.id),
            "may_manage_policy": self.request.user.has_perm(CAN_MANAGE_POLICY, package),
        }
        return Response(ConversationLibrarySerializer(state).data)


def _body_of(request: Request) -> str:
    body = CommentBodySerializer(data=request.data)
    body.is_valid(raise_exception=True)
    said: str = body.validated_data["body"]
    return said
