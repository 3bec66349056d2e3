"""The difference between two versions of an entity, and the images in both."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from openedx_content.models_api import ComponentVersionMedia
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api, keys
from ...models import ReviewedStatus
from .base import ReviewsView
from .difference_serializers import SINCE, DifferenceQuerySerializer, DifferenceSerializer
from .errors import NotFoundHere
from .schema import describe

# Authors can upload any file, and it comes from Studio's own address. So a browser must not show it as a page, or run
# anything in it, if a user opens the address instead of the <img>. It is not cached, because permissions change.
_INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "attachment",
    "Cache-Control": "private, no-store",
}


class DifferenceView(ReviewsView):
    """The difference between an earlier version and the draft."""

    @describe(
        parameters=[DifferenceQuerySerializer],
        responses={200: DifferenceSerializer},
        errors=(status.HTTP_400_BAD_REQUEST,),
    )
    def get(self, request: Request, key: str) -> Response:
        """
        Show what has changed in the draft since it was published, or since your last verdict.

        Parts that are too large to compare say so. The texts are as authors wrote them: show them as text, not as HTML.
        """
        entity = self.get_entity(key)
        query = DifferenceQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        since = query.validated_data["since"]
        try:
            difference = api.get_difference(entity.id, since_review_by=None if since == SINCE[0] else self.user_id)
        except ReviewedStatus.DoesNotExist as exc:
            raise NotFoundHere(str(exc), "no_review") from exc
        return Response(DifferenceSerializer(difference, context={"since": since}).data)


class ImageView(ReviewsView):
    """An image of a version of a component."""

    @describe(
        operation_id="sample_plugin_reviews_v1_image_of_version",
        parameters=[
            OpenApiParameter("version_num", int, OpenApiParameter.PATH),
            OpenApiParameter("path", str, required=True, description="static/…, as the difference names it."),
        ],
        responses={(status.HTTP_200_OK, mime_type): OpenApiTypes.BINARY for mime_type in api.IMAGE_TYPES},
    )
    def get(self, request: Request, key: str, version_num: str) -> HttpResponse:
        """Send an image of up to 10 MB. Other files are not found. Load it as a blob and show it in an img."""
        entity = self.get_entity(key)
        # Accepts the same numbers as a version's name, so that none is too large for the database.
        parsed = keys.parse_versions([f"{key}@{version_num}"])
        if not parsed:
            raise NotFoundHere(_("There is no version {number}.").format(number=version_num))
        [(_key, number)] = parsed.values()
        try:
            image = api.get_image(entity.id, version_num=number, path=request.query_params.get("path", ""))
        except ComponentVersionMedia.DoesNotExist as exc:
            raise NotFoundHere(str(exc)) from exc
        return HttpResponse(image.data, content_type=image.mime_type, headers=_INERT)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Ignore the formats that the caller accepts: the answer is an image."""
        return super().perform_content_negotiation(request, force=True)
