"""Shared by all views: authentication, errors, and looking up keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from edx_rest_framework_extensions.paginators import DefaultPagination
from opaque_keys import InvalidKeyError
from openedx_content.models_api import LearningPackage, PublishableEntity
from rest_framework.exceptions import ParseError, PermissionDenied, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from sample_plugin.rest_errors import in_one_shape

from ... import authz, keys
from ...conf import THROTTLE_RATE
from ...rules import CAN_MANAGE_POLICY, CAN_PUBLISH_REVIEWED, CAN_REQUEST_REVIEW, CAN_REVIEW, CAN_VIEW
from . import errors

__all__ = ["MAX_KEYS", "ExpensiveThrottle", "Pagination", "ReviewsView", "asked_for", "permissions_of"]

# The maximum number of keys in one request: as many as a page of the list can hold.
MAX_KEYS = 100

# The maximum size of a request, in bytes. The longest that makes sense marks 1,000 changes with a long note and takes
# half of it. Django's own limit (DATA_UPLOAD_MAX_MEMORY_SIZE) applies if it is lower, but the platform turns it off,
# and DRF 3.16 reads JSON past it.
MAX_BODY = 2_500_000

_REFUSALS = {
    CAN_REVIEW: gettext_lazy("You may not review changes in this library."),
    CAN_REQUEST_REVIEW: gettext_lazy("You may not edit this library, so you may not ask for a review."),
    CAN_PUBLISH_REVIEWED: gettext_lazy("You may not publish in this library."),
    CAN_MANAGE_POLICY: gettext_lazy("You may not manage the review policy of this library."),
}


class FlatJSONParser(JSONParser):
    """
    Parses JSON in UTF-8, and refuses JSON that is nested too deeply for Python, which would otherwise be a crash.

    DRF 3.16 accepts any charset that Python knows, and one of these is called "zlib".
    """

    def parse(self, stream: Any, media_type: Any = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the parsed body. Raises ``ParseError``."""
        try:
            return super().parse(stream, media_type, {**(parser_context or {}), "encoding": "utf-8"})
        except RecursionError as exc:
            raise ParseError(_("This JSON is nested too deeply.")) from exc


class ReviewsView(APIView):
    """
    A view for users who are logged in, by any means that the platform has configured.

    Sessions are safe against forged requests: DRF's ``SessionAuthentication`` asks for the CSRF token, so does
    edx-drf-extensions' ``JwtAuthentication`` for a token that came in a cookie, and no form can send JSON.
    """

    permission_classes = [IsAuthenticated]
    parser_classes = [FlatJSONParser]
    # Not the site's: DRF's default has a page for browsers, and this API has none.
    renderer_classes = [JSONRenderer]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Have openedx-authz answer each question about permissions once in a request."""
        with authz.one_moment():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a request that is too large before anything reads it."""
        # No more is read than this header says, and nothing if it is missing or not a number.
        limit = min(MAX_BODY, settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MAX_BODY)
        with suppress(KeyError, ValueError):
            if int(request.META["CONTENT_LENGTH"]) > limit:
                raise errors.TooLarge
        super().initial(request, *args, **kwargs)

    @property
    def user_id(self) -> int:
        """The caller's id."""
        assert self.request.user.pk is not None  # noqa: S101, anonymous users are refused
        return self.request.user.pk

    def get_package(self, library_key: str, permission: str = CAN_VIEW) -> LearningPackage:
        """
        Return the learning package of a library, if the caller has this permission in it.

        Raises ``NotFound`` if it does not exist or the caller may not view it, and ``PermissionDenied``.
        """
        try:
            parsed = keys.parse_library_key(library_key)
        except InvalidKeyError:
            packages = {}
        else:
            packages = self._find_viewable([parsed])
        if not packages:
            raise errors.NotFoundHere(_("There is no library with the key “{key}”.").format(key=library_key))
        [package] = packages.values()
        self.require(permission, package)
        return package

    def get_entity(self, key: str, permission: str = CAN_VIEW) -> PublishableEntity:
        """Return the entity with this key, if the caller has this permission in its library. Raises the same errors."""
        entities = self.get_entities(keys.parse_keys([key]).values())
        if not entities:
            raise errors.NotFoundHere(_("There is no item with the key “{key}”.").format(key=key))
        [entity] = entities.values()
        self.require(permission, entity.learning_package)
        return entity

    def get_entities(self, wanted: Collection[keys.EntityKey]) -> dict[keys.EntityKey, PublishableEntity]:
        """
        Return the entities with these keys that the caller may view, each with its learning package.

        Entities that the caller may not view are missing, as if they did not exist.
        """
        packages = self._find_viewable(dict.fromkeys(key.lib_key for key in wanted))
        return keys.find_entities(wanted, packages.values())

    def _find_viewable(self, library_keys: Iterable[keys.LibraryKey]) -> dict[keys.LibraryKey, LearningPackage]:
        """
        Return the learning packages of these libraries that exist and that the caller may view.

        Checks the permission for every key before anything in a library is looked up. Otherwise the response time would
        tell a library that the caller may not view from one that does not exist.
        """
        asked = list(library_keys)
        found = keys.find_libraries(asked)
        viewable = [
            key
            for key in asked
            if self.request.user.has_perm(CAN_VIEW, found.get(key) or LearningPackage(package_ref=str(key)))
        ]
        return {key: found[key] for key in viewable if key in found}

    def require(self, permission: str, learning_package: LearningPackage) -> None:
        """Raise ``PermissionDenied`` unless the caller, who may view the package, may do this in it."""
        if permission != CAN_VIEW and not self.request.user.has_perm(permission, learning_package):
            raise PermissionDenied(_REFUSALS[permission])

    def get_authenticate_header(self, request: Request) -> str:
        """
        Return the header that makes an anonymous request a 401.

        DRF makes it a 403 if the first means of authentication has no challenge, and sessions have none.
        """
        return super().get_authenticate_header(request) or 'Session realm="api"'

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep every answer out of caches, because permissions and reviews change."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def handle_exception(self, exc: Exception) -> Response:
        """Handle the errors of the Python API as well."""
        return super().handle_exception(errors.translate(exc))

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Return the platform's handler, with all errors in one shape."""
        return in_one_shape(super().get_exception_handler(), errors.shape)


class Pagination(DefaultPagination):  # type: ignore[misc]  # it has no types
    """The platform's pagination, with limits that no setting changes: 10 a page, 100 at most."""

    page_size = 10
    max_page_size = 100

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page. The platform's method has no types."""
        response: Response = super().get_paginated_response(data)
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the fields that the platform's paginator adds to DRF's."""
        described: dict[str, Any] = super().get_paginated_response_schema(schema)
        added = ("num_pages", "current_page", "start")
        described["properties"] |= {name: {"type": "integer"} for name in added}
        described["required"] = [*described["required"], *added]
        return described


class ExpensiveThrottle(UserRateThrottle):
    """Limits how often one user may send expensive requests."""

    scope = "sample_plugin_reviews"

    def get_rate(self) -> str:
        """Return the site's rate."""
        return THROTTLE_RATE.read()


def asked_for(request: Request, name: str, refusal: str) -> list[str]:
    """
    Return the values of this query parameter, in order and each once.

    Raises ``ValidationError`` with the text ``refusal``, in which ``{max}`` and ``{n}`` are filled in, unless there are
    1 to :data:`MAX_KEYS` values.
    """
    wanted = list(dict.fromkeys(request.query_params.getlist(name)))
    if not 1 <= len(wanted) <= MAX_KEYS:
        raise ValidationError({name: [refusal.format(max=MAX_KEYS, n=len(wanted))]})
    return wanted


def permissions_of(user: Any, learning_package: LearningPackage) -> dict[str, bool]:
    """Return what a user who may view the package may do in it."""
    return {
        "view": True,
        "review": user.has_perm(CAN_REVIEW, learning_package),
        "request_review": user.has_perm(CAN_REQUEST_REVIEW, learning_package),
        "publish_reviewed": user.has_perm(CAN_PUBLISH_REVIEWED, learning_package),
        "manage_policy": user.has_perm(CAN_MANAGE_POLICY, learning_package),
    }
