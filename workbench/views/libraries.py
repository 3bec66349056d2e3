"""Endpoints of a library as a whole: publish or discard everything, add an item to it."""

from typing import Any

from django.core.validators import validate_unicode_slug
from openedx_content import api as content_api
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from workbench.authoring import BLOCK_TYPES, CONTAINER_TYPES, create_block, create_container, discard_changes
from workbench.library import find_library
from workbench.metadata import describe
from workbench.permissions import EDIT, PUBLISH, require

from .base import StudioView, wrong_input_is_a_400


class LibraryCommitView(StudioView):
    """``POST`` and ``DELETE /api/libraries/v2/{library}/commit/``: “Publish library” and “Discard changes”."""

    def post(self, request: Request, key: str) -> Response:
        """Publish everything in the library that has changed, deletions included."""
        learning_package = find_library(key)
        require(request.user, PUBLISH, learning_package)
        content_api.publish_all_drafts(learning_package.id, published_by=request.user.id)
        return Response({})

    def delete(self, request: Request, key: str) -> Response:
        """Discard everything that has changed since it was published."""
        learning_package = find_library(key)
        require(request.user, EDIT, learning_package)
        discard_changes(learning_package, user_id=request.user.id)
        return Response({})


class NewBlockSerializer(serializers.Serializer[dict[str, Any]]):
    """A component to create: its type, and the last part of its key."""

    block_type = serializers.ChoiceField(choices=list(BLOCK_TYPES))
    definition_id = serializers.CharField(validators=[validate_unicode_slug])
    can_stand_alone = serializers.BooleanField(default=True)


class LibraryBlocksView(StudioView):
    """``POST /api/libraries/v2/{library}/blocks/``."""

    def post(self, request: Request, key: str) -> Response:
        """Create an empty component, as a draft."""
        learning_package = find_library(key)
        require(request.user, EDIT, learning_package)
        serializer = NewBlockSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        new = serializer.validated_data
        with wrong_input_is_a_400():
            component = create_block(
                learning_package,
                new["block_type"],
                new["definition_id"],
                user_id=request.user.id,
                can_stand_alone=new["can_stand_alone"],
            )
        return Response(describe(component))


class NewContainerSerializer(serializers.Serializer[dict[str, Any]]):
    """A container to create: its type, its title and, if the caller cares, the last part of its key."""

    container_type = serializers.ChoiceField(choices=CONTAINER_TYPES)
    display_name = serializers.CharField()
    slug = serializers.CharField(required=False, validators=[validate_unicode_slug])


class LibraryContainersView(StudioView):
    """``POST /api/libraries/v2/{library}/containers/``."""

    def post(self, request: Request, key: str) -> Response:
        """Create an empty section, subsection or unit, as a draft."""
        learning_package = find_library(key)
        require(request.user, EDIT, learning_package)
        serializer = NewContainerSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        new = serializer.validated_data
        with wrong_input_is_a_400():
            container = create_container(
                learning_package,
                new["container_type"],
                title=new["display_name"],
                user_id=request.user.id,
                code=new.get("slug"),
            )
        return Response(describe(container))
