"""
The preview's addresses, which are Studio's.

As in Studio, a preview is open to everybody who may see the library, whichever version is asked for, and a version that
a component does not have is a 404. Where Studio answers in JSON, or crashes, the preview is a page with one sentence.
"""

import logging
from mimetypes import guess_type
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt
from opaque_keys import InvalidKeyError
from opaque_keys.edx.locator import LibraryUsageLocatorV2
from openedx_content import api as content_api
from openedx_content.models_api import Component, ComponentVersion
from rest_framework.exceptions import APIException, NotAuthenticated, NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from workbench import preview
from workbench.library import find_component, find_library
from workbench.permissions import VIEW, require
from workbench.views.base import AtomicStudioView

from .assets import find_file, user_of, without_other_sites

if preview.is_installed():
    from . import runtime

log = logging.getLogger(__name__)


class NotRendered(APIException):
    """A component that cannot be shown. Studio crashes, with the same status."""

    status_code = 500


class NotHere(APIException):
    """A component that only Studio can show."""

    status_code = 501


@method_decorator(xframe_options_exempt, name="dispatch")
class EmbedView(AtomicStudioView):
    """``GET /xblocks/v2/{key}/embed/{view}/?version=published|draft|{number}``."""

    # Who may see it depends on the library.
    permission_classes = [AllowAny]

    def get(self, request: Request, key: str, view: str) -> HttpResponse:
        """Render a component, as a page for an iframe. Without a version it is the draft."""
        usage_key = _usage_key(key)
        wanted = request.query_params.get("version", "draft")
        _require_view(request, str(usage_key.lib_key))
        version = _find_version(find_component(key), wanted)
        # An XBlock runs any of its methods as a view.
        if view != "student_view":
            raise NotFound("The workbench renders no other view than “student_view”.")
        if not preview.is_installed():
            raise NotFound("The workbench has no XBlocks to render it with: run “make .venv/previews”.")
        if usage_key.block_type == "video":
            # Its block asks for YouTube, for the app that stores videos, and for a dozen settings.
            raise NotHere("The workbench cannot show a video. Studio can.")
        return render(request, "workbench/preview.html", {"fragment": _render(version, usage_key, request)})

    def handle_exception(self, exc: Exception) -> Response:
        """Answer with a page, where an API would answer in JSON."""
        response = super().handle_exception(exc)
        detail = response.data["detail"] if isinstance(response.data, dict) else response.data[0]
        context = {"message": detail}
        # DRF's own response, as its views must return, but rendered already.
        return render(self.request, "workbench/preview_message.html", context, status=response.status_code)  # type: ignore[return-value]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say who may frame the page. Nobody keeps it: another version may be the draft the next time."""
        response = super().finalize_response(request, response, *args, **kwargs)
        ancestors = " ".join(["'self'", *settings.CORS_ORIGIN_WHITELIST])
        response["Content-Security-Policy"] = f"frame-ancestors {ancestors};"
        add_never_cache_headers(response)
        return response


class ComponentFileView(AtomicStudioView):
    """``GET /library_assets/component_versions/{version}/{path}``: a file that belongs to one version."""

    permission_classes = [AllowAny]

    def get(self, request: Request, version: UUID, path: str) -> HttpResponseBase:
        """Send the file to a user who may see the library: who is logged in, or for whom the address was made."""
        user = _user_of(request, version)
        try:
            component_version = content_api.get_component_version_by_uuid(version)
        except ComponentVersion.DoesNotExist as exc:
            raise Http404("There is no such version.") from exc
        require(user, VIEW, component_version.component.learning_package)
        media = find_file(component_version, path)
        response = FileResponse(media.read_file(), content_type=str(media.media_type))
        # An SVG is a page, too, if somebody opens it.
        response["Content-Security-Policy"] = "sandbox"
        return response


class BlockResourceView(AtomicStudioView):
    """``GET /xblock/resource/{type}/{path}``: a public file of a block's package."""

    permission_classes = [AllowAny]

    def get(self, request: Request, block_type: str, path: str) -> HttpResponseBase:
        """Send it to anybody: it comes with the software."""
        file = runtime.open_resource(block_type, path) if preview.is_installed() else None
        if file is None:
            raise Http404("There is no such file.")
        content_type = guess_type(path)[0] or "application/octet-stream"
        if content_type == "text/css":
            return HttpResponse(without_other_sites(file.read().decode()), content_type=content_type)
        return FileResponse(file, content_type=content_type)


def _usage_key(key: str) -> LibraryUsageLocatorV2:
    try:
        return LibraryUsageLocatorV2.from_string(key)
    except InvalidKeyError as exc:
        raise Http404(f"“{key}” is not the key of a component.") from exc


def _user_of(request: Request, version: UUID) -> User:
    """Return who is logged in, or for whom the address was made. Raises an error if it is neither, or not the same."""
    logged_in = request.user if isinstance(request.user, User) else None
    if "token" not in request.query_params:
        if logged_in is None:
            raise NotAuthenticated
        return logged_in
    user = user_of(request.query_params["token"], version)
    if user is None or logged_in not in (None, user):
        raise PermissionDenied("This address is not for you, or has expired: reload the page.")
    return user


def _require_view(request: Request, library_key: str) -> None:
    """Raise PermissionDenied unless the user may see the library, as Studio does before it looks for the component."""
    library = find_library(library_key)
    if not request.user.is_authenticated:
        raise PermissionDenied("Log in to see this component.")
    require(request.user, VIEW, library)


def _find_version(component: Component, wanted: str) -> ComponentVersion:
    """Return the version that is asked for. Raises ValidationError for what is no version, and Http404 for none."""
    versions = component.versioning
    version: ComponentVersion | None
    if wanted in ("draft", "published"):
        version = getattr(versions, wanted)
    else:
        try:
            version = versions.version_num(int(wanted))
        except ValueError as exc:
            raise ValidationError("A version is “published”, “draft” or a number.") from exc
        except ComponentVersion.DoesNotExist:
            version = None
    if version is None:
        sentences = {"draft": "This component is deleted.", "published": "This component has not been published."}
        raise Http404(sentences.get(wanted, f"This component has no version {wanted}."))
    return version


def _render(version: ComponentVersion, key: LibraryUsageLocatorV2, request: Request) -> Any:
    """Return the rendered component, or raise NotRendered. What a block raises is in the log."""
    try:
        return runtime.render(version, key, cast("User", request.user))
    except runtime.NoXBlock as exc:
        raise NotRendered(str(exc)) from exc
    except Exception as exc:  # any block may fail in any way
        log.exception("The version %s of %s cannot be shown.", version.version_num, key)
        raise NotRendered("This version cannot be shown: its source is damaged, or its XBlock has failed.") from exc
