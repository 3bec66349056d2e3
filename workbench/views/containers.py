"""Endpoints of one section, subsection or unit."""

from datetime import UTC, datetime
from typing import Any

from openedx_content import api as content_api
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from workbench.authoring import publish_container, restore_container, update_children
from workbench.library import children_of, find_container, find_item, is_item_key
from workbench.metadata import describe
from workbench.permissions import EDIT, PUBLISH, VIEW, require

from .base import StudioView, wrong_input_is_a_400


class ContainerPublishView(StudioView):
    """``POST /api/libraries/v2/containers/{key}/publish/``."""

    def post(self, request: Request, key: str) -> Response:
        """Publish the draft of this container, with what is in it. A deleted one is not found."""
        container = find_container(key)
        require(request.user, PUBLISH, container.learning_package)
        publish_container(container, user_id=request.user.id)
        return Response({})


class TitleSerializer(serializers.Serializer[dict[str, Any]]):
    """Another title."""

    display_name = serializers.CharField()


class ContainerView(StudioView):
    """``GET``, ``PATCH`` and ``DELETE /api/libraries/v2/containers/{key}/``."""

    def get(self, request: Request, key: str) -> Response:
        """Describe the draft."""
        container = find_container(key)
        require(request.user, VIEW, container.learning_package)
        return Response(describe(container))

    def patch(self, request: Request, key: str) -> Response:
        """Give the container another title."""
        container = find_container(key)
        require(request.user, EDIT, container.learning_package)
        serializer = TitleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        content_api.create_next_container_version(
            container,
            title=serializer.validated_data["display_name"],
            created=datetime.now(tz=UTC),
            created_by=request.user.id,
        )
        return Response(describe(find_container(key)))

    def delete(self, request: Request, key: str) -> Response:
        """Delete the draft of the container, not of what is in it. Core is not told who did it."""
        container = find_container(key)
        require(request.user, EDIT, container.learning_package)
        content_api.soft_delete_draft(container.id)
        return Response({}, status=204)


class ContainerRestoreView(StudioView):
    """``POST /api/libraries/v2/containers/{key}/restore/``."""

    def post(self, request: Request, key: str) -> Response:
        """Undo a deletion."""
        container = find_container(key, include_deleted=True)
        require(request.user, EDIT, container.learning_package)
        restore_container(container)
        return Response(status=204)


class ChildrenSerializer(serializers.Serializer[dict[str, Any]]):
    """The keys of items, at least one."""

    usage_keys = serializers.ListField(child=serializers.CharField(), allow_empty=False)

    def validate_usage_keys(self, keys: list[str]) -> list[str]:
        """Refuse a text that is not the key of an item."""
        for key in keys:
            if not is_item_key(key):
                raise serializers.ValidationError(f"“{key}” is not the key of an item.")
        return keys


class ContainerChildrenView(StudioView):
    """``GET``, ``POST``, ``PATCH`` and ``DELETE /api/libraries/v2/containers/{key}/children/``."""

    def get(self, request: Request, key: str) -> Response:
        """List the drafts of what is in the container."""
        container = find_container(key)
        require(request.user, VIEW, container.learning_package)
        return Response([describe(child) for child in children_of(container)])

    def post(self, request: Request, key: str) -> Response:
        """Add items at the end."""
        return self._update(request, key, content_api.ChildrenEntitiesAction.APPEND)

    def patch(self, request: Request, key: str) -> Response:
        """Replace the items, which is also how they are reordered."""
        return self._update(request, key, content_api.ChildrenEntitiesAction.REPLACE)

    def delete(self, request: Request, key: str) -> Response:
        """Take items out. They stay in the library."""
        return self._update(request, key, content_api.ChildrenEntitiesAction.REMOVE)

    def _update(self, request: Request, key: str, action: content_api.ChildrenEntitiesAction) -> Response:
        container = find_container(key)
        require(request.user, EDIT, container.learning_package)
        serializer = ChildrenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        children = [find_item(child) for child in serializer.validated_data["usage_keys"]]
        with wrong_input_is_a_400():
            update_children(container, children, user_id=request.user.id, action=action)
        return Response(describe(find_container(key)))
