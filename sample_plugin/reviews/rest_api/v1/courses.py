"""What a course took from libraries, and how it was judged there: for course teams, in Studio and in the LMS."""

from __future__ import annotations

import re
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from opaque_keys import InvalidKeyError
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api, courses
from ...rules import CAN_VIEW_COURSE
from . import errors
from .base import Pagination, ReviewsView
from .course_serializers import CourseBlockSerializer
from .schema import describe

_ERRORS = (status.HTTP_400_BAD_REQUEST, status.HTTP_501_NOT_IMPLEMENTED)


class CourseView(ReviewsView):
    """A view about one course."""

    def get_blocks(self, course_key: str) -> api.CourseBlocks:
        """
        Return the blocks of the course that came from libraries.

        Raises ``ValidationError``, and ``NotFound`` if there is no such course or the caller may not read it.
        """
        parsed: Any  # has_perm() is typed for models
        try:
            parsed = courses.parse_course_key(course_key)
        except InvalidKeyError as exc:
            raise ValidationError({"course_key": [_("This is not the key of a course.")]}) from exc
        if not self.request.user.has_perm(CAN_VIEW_COURSE, parsed) or not courses.course_exists(parsed):
            raise errors.NotFoundHere(_("There is no course with the key “{key}”.").format(key=course_key))
        return api.get_course_blocks(parsed)


class CourseBlocksView(CourseView):
    """The blocks of a course that came from libraries."""

    pagination_class = Pagination

    @describe(responses={200: CourseBlockSerializer(many=True)}, errors=_ERRORS)
    def get(self, request: Request, course_key: str) -> Response:
        """
        List what the course took from libraries: how each version was judged, and whether there is a newer one.

        In the order of the blocks' keys.
        """
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(self.get_blocks(course_key), request, view=self)
        return paginator.get_paginated_response(CourseBlockSerializer(page, many=True).data)


class CourseBlocksDownloadView(CourseView):
    """The same as a file."""

    @describe(responses={(status.HTTP_200_OK, "text/csv"): OpenApiTypes.STR}, errors=_ERRORS)
    def get(self, request: Request, course_key: str) -> StreamingHttpResponse:
        """Download the same as a CSV file in UTF-8, with a row for each block."""
        name = re.sub(r"[^\w.-]+", "-", course_key, flags=re.ASCII)
        return StreamingHttpResponse(
            api.course_csv_lines(self.get_blocks(course_key)),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}-reviewed.csv"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Ignore the formats that the caller accepts: the answer is a CSV file."""
        return super().perform_content_negotiation(request, force=True)
