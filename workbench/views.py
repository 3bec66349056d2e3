"""
Studio's library endpoints, as far as one needs them to write content and to publish it.

Paths, methods and answers are Studio's, and each calls openedx-core as Studio's own code does, so a plugin meets the
same calls here and there. In particular:

* Core's functions are looked up on ``content_api`` at the moment of the call.
* Nothing here asks whether a change may be published, only whether its author may publish, as in Studio. If a plugin
  refuses a change, it does so from inside core's call, and an ``APIException`` of its own reaches the client as it is.
* The views opt out of the transaction that Django puts around a request (``ATOMIC_REQUESTS``): core opens its own.
"""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.db import transaction
from django.utils.decorators import method_decorator
from openedx_content import api as content_api
from openedx_content.models_api import Component, Container
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .library import find_component, find_container, find_library
from .permissions import EDIT, PUBLISH, VIEW, require


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class StudioView(APIView):
    """What the endpoints have in common."""

    permission_classes = [IsAuthenticated]
    # They stand in for Studio's, which a plugin's OpenAPI schema does not hold either.
    schema = None


class LibraryCommitView(StudioView):
    """``POST /api/libraries/v2/{library}/commit/``: the button “Publish all”."""

    def post(self, request: Request, key: str) -> Response:
        """Publish everything in the library that has changed, deletions included."""
        learning_package = find_library(key)
        require(request.user, PUBLISH, learning_package)
        content_api.publish_all_drafts(learning_package.id, published_by=request.user.id)
        return Response({})


class BlockPublishView(StudioView):
    """``POST /api/libraries/v2/blocks/{key}/publish/``."""

    def post(self, request: Request, key: str) -> Response:
        """Publish the draft of this component."""
        component = find_component(key)
        require(request.user, PUBLISH, component.learning_package)
        drafts = content_api.get_all_drafts(component.learning_package_id)
        content_api.publish_from_drafts(
            component.learning_package_id,
            draft_qset=drafts.filter(entity__entity_ref=component.entity_ref),
            published_by=request.user.id,
        )
        return Response({})


class ContainerPublishView(StudioView):
    """``POST /api/libraries/v2/containers/{key}/publish/``."""

    def post(self, request: Request, key: str) -> Response:
        """Publish the draft of this container; core adds whatever has changed inside of it."""
        container = find_container(key)
        require(request.user, PUBLISH, container.learning_package)
        drafts = content_api.get_all_drafts(container.learning_package_id)
        content_api.publish_from_drafts(
            container.learning_package_id,
            draft_qset=drafts.filter(entity_id=container.id),
            published_by=request.user.id,
        )
        return Response({})


class BlockView(StudioView):
    """``DELETE /api/libraries/v2/blocks/{key}/``."""

    def delete(self, request: Request, key: str) -> Response:
        """Delete the draft. Learners keep the published version until the deletion is published."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        content_api.soft_delete_draft(component.id, deleted_by=request.user.id)
        return Response({})


class BlockRestoreView(StudioView):
    """``POST /api/libraries/v2/blocks/{key}/restore/``."""

    def post(self, request: Request, key: str) -> Response:
        """Undo a deletion."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        _restore(component, request.user.id)
        return Response(status=204)


class ContainerView(StudioView):
    """``DELETE /api/libraries/v2/containers/{key}/``."""

    def delete(self, request: Request, key: str) -> Response:
        """Delete the draft of the container, not of what is in it."""
        container = find_container(key)
        require(request.user, EDIT, container.learning_package)
        content_api.soft_delete_draft(container.id, deleted_by=request.user.id)
        return Response(status=204)


class ContainerRestoreView(StudioView):
    """``POST /api/libraries/v2/containers/{key}/restore/``."""

    def post(self, request: Request, key: str) -> Response:
        """Undo a deletion."""
        container = find_container(key)
        require(request.user, EDIT, container.learning_package)
        _restore(container, request.user.id)
        return Response(status=204)


class OlxSerializer(serializers.Serializer[dict[str, Any]]):
    """The source of a component, checked as far as Studio checks it: well-formed, and the right tag."""

    olx = serializers.CharField(trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is not XML, or is another type of component; add the title that the source gives itself."""
        block_type = self.context["block_type"]
        try:
            node = ElementTree.fromstring(attrs["olx"])  # noqa: S314  (expat itself stops entity bombs)
        except ElementTree.ParseError as exc:
            raise serializers.ValidationError({"olx": f"This is not well-formed XML: {exc}."}) from exc
        if node.tag != block_type:
            raise serializers.ValidationError({"olx": f"Expected <{block_type}>, got <{node.tag}>."})
        return {**attrs, "title": node.get("display_name", block_type)}


class BlockOlxView(StudioView):
    """``GET`` and ``POST /api/libraries/v2/blocks/{key}/olx/``."""

    def get(self, request: Request, key: str) -> Response:
        """Return the source of the draft."""
        component = find_component(key)
        require(request.user, VIEW, component.learning_package)
        if component.versioning.draft is None:
            raise NotFound(f"The component “{key}” is deleted.")
        return Response({"olx": get_olx(component)})

    def post(self, request: Request, key: str) -> Response:
        """Save a new version of the component. Its title is the ``display_name`` in the source, as in Studio."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        block_type = component.component_type.name
        serializer = OlxSerializer(data=request.data, context={"block_type": block_type})
        serializer.is_valid(raise_exception=True)
        olx, title = serializer.validated_data["olx"], serializer.validated_data["title"]
        now = datetime.now(tz=UTC)
        with transaction.atomic():
            media_type = content_api.get_or_create_media_type(f"application/vnd.openedx.xblock.v1.{block_type}+xml")
            media = content_api.get_or_create_text_media(
                component.learning_package_id, media_type.id, text=olx, created=now
            )
            version = content_api.create_next_component_version(
                component.id,
                media_to_replace={"block.xml": media.id},
                title=title,
                created=now,
                created_by=request.user.id,
            )
        return Response({"olx": olx, "version_num": version.version_num})


def get_olx(component: Component) -> str:
    """Return the source of the component's draft; an empty string if it has no draft or no source."""
    version = component.versioning.draft
    media = version.media.filter(componentversionmedia__path="block.xml").first() if version else None
    return (media.text or "") if media else ""


def _restore(item: Component | Container, user_id: int | None) -> None:
    """Make the latest version the draft again. Does nothing to an item that is not deleted."""
    if item.versioning.draft is None and item.versioning.latest is not None:
        latest = item.versioning.latest.publishable_entity_version_id
        content_api.set_draft_version(item.id, latest, set_by=user_id)
