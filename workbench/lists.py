"""
The data of the page under /authoring/: the libraries, the items of one library, and a unit of a course.

In Studio the first two come from a search engine. The addresses under ``/api/workbench/`` are the workbench's own.
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage
from rest_framework.request import Request
from rest_framework.response import Response

from .demo import LIBRARY_KEY
from .demo.course import BLOCKS, UNIT_KEY, UNIT_TITLE, Block
from .library import find_library
from .models import ComponentLink
from .outline import Item, State, get_items
from .permissions import EDIT, PUBLISH, VIEW, get_libraries, is_allowed, require
from .views.base import AtomicStudioView, StudioView


class LibrariesView(StudioView):
    """``GET /api/workbench/libraries/``."""

    def get(self, request: Request) -> Response:
        """List the libraries that the user may see."""
        return Response([_library(package) for package in get_libraries(request.user)])


class LibraryView(StudioView):
    """``GET /api/workbench/libraries/{library}/``."""

    def get(self, request: Request, key: str) -> Response:
        """Show one library with all of its items, and what the user may do to them."""
        learning_package = find_library(key)
        require(request.user, VIEW, learning_package)
        return Response(
            {
                **_library(learning_package),
                "can_edit": is_allowed(request.user, EDIT, learning_package),
                "can_publish": is_allowed(request.user, PUBLISH, learning_package),
                "items": [_item(item) for item in get_items(learning_package)],
            }
        )


class UnitView(StudioView):
    """``GET /api/contentstore/v1/container/{unit}/children``, in Studio's form."""

    def get(self, request: Request, key: str) -> Response:
        """Show the demo's unit. There are no roles in courses here: every user may see it."""
        if key != UNIT_KEY:
            raise Http404(f"There is no unit with the key “{key}”.")
        published: dict[str, int | None] = {}
        if content_api.learning_package_exists(LIBRARY_KEY):
            published = {item.key: item.published for item in get_items(find_library(LIBRARY_KEY))}
        links = ComponentLink.objects.filter(downstream_usage_key__in=[block.key for block in BLOCKS])
        synced = {str(link.downstream_usage_key): link.version_synced for link in links}
        children = [
            {
                "block_id": block.key,
                "name": block.name,
                "block_type": block.type,
                "upstream_link": _upstream_link(block, published, synced) if block.upstream else None,
            }
            for block in BLOCKS
        ]
        return Response({"display_name": UNIT_TITLE, "is_published": False, "children": children})


class SyncView(AtomicStudioView):
    """``POST /api/contentstore/v2/downstreams/{block}/sync``."""

    def post(self, request: Request, key: str) -> Response:
        """Take over what the library has published of the block. Every user may, as above."""
        link = get_object_or_404(ComponentLink, downstream_usage_key=_usage_key(key))
        live = link.upstream_block and content_api.get_published_version(link.upstream_block.id)
        if not live:
            raise Http404("The library no longer has this component.")
        link.version_synced = live.version_num
        link.updated = now()
        link.save()
        return Response({"version_synced": link.version_synced})


def _usage_key(key: str) -> UsageKey:
    try:
        return UsageKey.from_string(key)
    except InvalidKeyError as exc:
        raise Http404(f"“{key}” is not the key of a block.") from exc


def _library(learning_package: LearningPackage) -> dict[str, str]:
    return {
        "key": learning_package.package_ref,
        "title": learning_package.title,
        "description": learning_package.description,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "title": item.title,
        "type": item.type,
        "is_container": item.is_container,
        "is_deleted": item.is_deleted,
        "is_published": item.published is not None,
        "has_unpublished_changes": not item.is_settled,
        "can_be_published": item.can_be_published,
        "state": State(item.state).value,
        "children": [child.key for child in item.children],
    }


def _upstream_link(block: Block, published: dict[str, int | None], synced: dict[str, int]) -> dict[str, Any]:
    """Describe where a block came from: what the course has of it, and what the library has published since."""
    available = published.get(block.upstream or "")
    version_synced = synced.get(block.key, block.version_synced)
    return {
        "upstream_ref": block.upstream,
        "version_synced": version_synced,
        "version_available": available,
        "version_declined": None,
        "error_message": None if available else "The library no longer has this component.",
        "ready_to_sync": bool(available and available > version_synced),
    }
