"""Endpoints of one component."""

from typing import Any
from xml.etree import ElementTree

from openedx_content import api as content_api
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from workbench.authoring import get_olx, publish_component, set_olx
from workbench.fields import get_fields, with_fields
from workbench.library import find_component
from workbench.metadata import describe
from workbench.permissions import EDIT, PUBLISH, VIEW, require

from .base import AtomicStudioView, StudioView


class BlockPublishView(StudioView):
    """``POST /api/libraries/v2/blocks/{key}/publish/``."""

    def post(self, request: Request, key: str) -> Response:
        """Publish the draft of this component. A deletion goes live with the library only."""
        component = find_component(key)
        require(request.user, PUBLISH, component.learning_package)
        publish_component(component, user_id=request.user.id)
        return Response({})


class BlockView(StudioView):
    """``GET`` and ``DELETE /api/libraries/v2/blocks/{key}/``."""

    def get(self, request: Request, key: str) -> Response:
        """Describe the draft."""
        component = find_component(key)
        require(request.user, VIEW, component.learning_package)
        require_draft(component, key)
        return Response(describe(component))

    def delete(self, request: Request, key: str) -> Response:
        """
        Delete the draft. Learners keep the published version until the deletion is published.

        Deleting it again changes nothing, and is not an error.
        """
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        content_api.soft_delete_draft(component.id, deleted_by=request.user.id)
        return Response({})


class BlockRestoreView(AtomicStudioView):
    """``POST /api/libraries/v2/blocks/{key}/restore/``."""

    def post(self, request: Request, key: str) -> Response:
        """Make the newest version the draft, even if it was discarded."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        content_api.set_draft_version(component.id, component.versioning.latest.pk, set_by=request.user.id)
        return Response(status=204)


class OlxSerializer(serializers.Serializer[dict[str, Any]]):
    """The source of a component, checked as far as Studio checks it: well-formed, and the right tag."""

    olx = serializers.CharField(trim_whitespace=False)

    def validate_olx(self, olx: str) -> str:
        """Refuse text that is not XML, or another type of component."""
        block_type = self.context["block_type"]
        try:
            node = ElementTree.fromstring(olx)  # noqa: S314  (expat itself stops entity bombs)
        except ElementTree.ParseError as exc:
            raise serializers.ValidationError(f"This is not well-formed XML: {exc}.") from exc
        if node.tag != block_type:
            raise serializers.ValidationError(f"Expected <{block_type}>, got <{node.tag}>.")
        return olx


class BlockOlxView(StudioView):
    """``GET`` and ``POST /api/libraries/v2/blocks/{key}/olx/``."""

    def get(self, request: Request, key: str) -> Response:
        """Return the source of the draft."""
        component = find_component(key)
        require(request.user, VIEW, component.learning_package)
        require_draft(component, key)
        return Response({"olx": get_olx(component)})

    def post(self, request: Request, key: str) -> Response:
        """Save a new version of the component."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        serializer = OlxSerializer(data=request.data, context={"block_type": component.component_type.name})
        serializer.is_valid(raise_exception=True)
        olx = serializer.validated_data["olx"]
        version = set_olx(component, olx, created_by=request.user.id)
        return Response({"olx": olx, "version_num": version.version_num})


class FieldsSerializer(serializers.Serializer[dict[str, Any]]):
    """The new text or title of a component. Fields that are not sent stay as they are."""

    # DRF takes fields out of the class, so this is not in the way of its own attribute.
    data = serializers.CharField(  # type: ignore[assignment]
        required=False, allow_blank=True, trim_whitespace=False
    )
    metadata = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)

    def validate_metadata(self, metadata: dict[str, str]) -> dict[str, str]:
        """Refuse fields that only a real component could validate."""
        if set(metadata) - {"display_name"}:
            raise serializers.ValidationError("The workbench supports only the field “display_name”.")
        return metadata


class BlockFieldsView(AtomicStudioView):
    """``GET`` and ``POST /api/xblock/v2/xblocks/{key}/fields/``: what Studio's editors load and save."""

    def get(self, request: Request, key: str) -> Response:
        """Return title and text of the draft."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        require_draft(component, key)
        return Response(get_fields(get_olx(component)))

    def post(self, request: Request, key: str) -> Response:
        """Save a new version of the component."""
        component = find_component(key)
        require(request.user, EDIT, component.learning_package)
        require_draft(component, key)
        serializer = FieldsSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        changed = serializer.validated_data
        title = changed.get("metadata", {}).get("display_name")
        olx = with_fields(get_olx(component), data=changed.get("data"), title=title)
        set_olx(component, olx, created_by=request.user.id)
        return Response({"id": key, "data": changed.get("data"), "metadata": changed.get("metadata", {})})


def require_draft(component: Any, key: str) -> None:
    """Raise NotFound for a component that is deleted."""
    if component.versioning.draft is None:
        raise NotFound(f"The component “{key}” is deleted.")
