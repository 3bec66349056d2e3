"""Reviews of versions: of those that a course has copied, and of those that it could copy now."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api, keys
from .base import MAX_KEYS, ReviewsView, asked_for
from .schema import describe
from .serializers import reviews_context
from .version_serializers import VersionsSerializer


class VersionsView(ReviewsView):
    """Versions by key and number, up to a hundred at once."""

    @describe(
        operation_id="sample_plugin_reviews_v1_versions_by_key",
        parameters=[
            OpenApiParameter(
                "version",
                {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": MAX_KEYS},
                required=True,
                description="lb:…@3 or lct:…@3: a key and a version number; repeat the parameter for more versions.",
            )
        ],
        responses={200: VersionsSerializer},
        errors=(status.HTTP_400_BAD_REQUEST,),
    )
    def get(self, request: Request) -> Response:
        """Show the reviews of up to a hundred versions of any libraries. Versions that are not found are listed."""
        wanted = asked_for(request, "version", _("Name 1 to {max} versions, not {n}."))
        parsed = keys.parse_versions(wanted)
        entities = self.get_entities({key for key, _version_num in parsed.values()})
        versions = {
            name: (entities[key].id, version_num) for name, (key, version_num) in parsed.items() if key in entities
        }
        overviews = api.get_version_overviews(versions.values())
        found = {(overview.entity.id, overview.version_num) for overview in overviews}
        missing = [
            {"version": name, "code": "not_found" if name in parsed else "invalid_key"}
            for name in wanted
            if versions.get(name) not in found
        ]
        context = reviews_context(entities.values())
        return Response(VersionsSerializer({"results": overviews, "missing": missing}, context=context).data)
