"""Copy and paste."""

from typing import Any, cast

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from workbench.clipboard import copy, paste
from workbench.library import find_component, find_container, find_library
from workbench.metadata import describe
from workbench.models import Clipboard
from workbench.permissions import EDIT, REUSE, VIEW, require

from .base import AtomicStudioView, StudioView
from .blocks import require_draft


class CopySerializer(serializers.Serializer[dict[str, Any]]):
    """The key of a component."""

    usage_key = serializers.CharField()


class ClipboardView(StudioView):
    """``GET`` and ``POST /api/content-staging/v1/clipboard/``."""

    def get(self, request: Request) -> Response:
        """Show the user's last copy."""
        return Response(_clipboard(Clipboard.objects.filter(user_id=_user_id(request)).first()))

    def post(self, request: Request) -> Response:
        """Copy a component: its draft, whether it was published or not."""
        serializer = CopySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        key = serializer.validated_data["usage_key"]
        component = find_component(key)
        require(request.user, REUSE, component.learning_package)
        require_draft(component, key)
        return Response(_clipboard(copy(component, user_id=_user_id(request))))


class ContainerCopyView(AtomicStudioView):
    """``POST /api/libraries/v2/containers/{key}/copy/``."""

    def post(self, request: Request, key: str) -> Response:
        """Copy a section, subsection or unit: its draft, and the drafts of what is in it."""
        container = find_container(key)
        require(request.user, VIEW, container.learning_package)
        copy(container, user_id=_user_id(request))
        return Response({})


class PasteView(StudioView):
    """``POST /api/libraries/v2/{library}/paste_clipboard/``."""

    def post(self, request: Request, key: str) -> Response:
        """Add the user's last copy to the library."""
        learning_package = find_library(key)
        require(request.user, EDIT, learning_package)
        clipboard = Clipboard.objects.filter(user_id=_user_id(request)).first()
        if clipboard is None:
            raise ValidationError(["The user's clipboard is empty"])
        return Response(describe(paste(learning_package, clipboard.content, user_id=_user_id(request))))


def _user_id(request: Request) -> int:
    """Return the id of the user, who is logged in."""
    return cast(int, request.user.pk)


def _clipboard(clipboard: Clipboard | None) -> dict[str, Any]:
    content = None
    if clipboard:
        content = {
            "id": clipboard.pk,
            "user_id": clipboard.user_id,
            "created": clipboard.created,
            "purpose": "clipboard",
            "status": "ready",
            "block_type": clipboard.content["type"],
            "display_name": clipboard.content["title"],
        }
    return {
        "content": content,
        "source_usage_key": clipboard.content["key"] if clipboard else "",
        "source_context_title": "",
        "source_edit_url": "",
    }
