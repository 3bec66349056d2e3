"""A learner's archived courses: list them, archive one, bring one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from edx_rest_framework_extensions.paginators import DefaultPagination
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey
from openedx_catalog.models_api import CourseRun
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sample_plugin.rest_errors import in_one_shape

from ... import api
from ...models import ArchivedCourseRun
from .serializers import ArchivedCourseSerializer


class ArchivalView(APIView):
    """A view for users who are logged in, by any means that the platform has configured."""

    permission_classes = [IsAuthenticated]
    # Not the site's: DRF's default has a page for browsers, and this API has none.
    renderer_classes = [JSONRenderer]

    def get_learner_id(self) -> int:
        """
        Return the id of the learner whose rows the request is about: the caller, or ``?username=`` if staff read.

        Raises ``NotFound`` otherwise, also if the learner exists, so that the answer does not tell who has an account.
        """
        user = self.request.user
        username = self.request.query_params.get("username", user.username)
        if username == user.username:
            learner_id = user.pk
        elif user.is_staff and self.request.method in SAFE_METHODS:
            learner_id = get_user_model().objects.filter(username=username).values_list("pk", flat=True).first()
        else:
            learner_id = None
        if learner_id is None:
            raise NotFound(_("There is no learner with this username whose courses you may see or change."))
        return learner_id

    def get_authenticate_header(self, request: Request) -> str:
        """Return the header that makes an anonymous request a 401. With sessions, DRF makes it a 403 by default."""
        return super().get_authenticate_header(request) or 'Session realm="api"'

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Return the platform's handler, with all errors in one shape."""
        return in_one_shape(super().get_exception_handler())


@extend_schema(tags=["archival"])
class ArchivedCoursesView(ArchivalView, ListAPIView[ArchivedCourseRun]):
    """The courses that a learner has archived."""

    serializer_class = ArchivedCourseSerializer
    pagination_class = DefaultPagination

    @extend_schema(parameters=[OpenApiParameter("username", description="Another learner, for staff only.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List what you have archived, the latest first, in pages."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ArchivedCourseRun]:
        """Return the learner's rows."""
        return api.get_archived(self.get_learner_id())


@extend_schema(tags=["archival"])
class ArchivedCourseView(ArchivalView):
    """One course, archived by the caller or not. Repeating a request changes nothing."""

    @extend_schema(request=None, responses=ArchivedCourseSerializer)
    def put(self, request: Request, course_key: str) -> Response:
        """Archive the course's card."""
        row = self._call(api.archive, course_key)
        return Response(ArchivedCourseSerializer(row).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, course_key: str) -> Response:
        """Bring the course's card back."""
        self._call(api.bring_back, course_key)
        return Response(status=204)

    def _call(self, function: Callable[[int, CourseKey], Any], course_key: str) -> Any:
        """Call a function of the API about this course. Raises ``ValidationError`` and ``NotFound``."""
        learner_id = self.get_learner_id()
        try:
            return function(learner_id, CourseKey.from_string(course_key))
        except InvalidKeyError as exc:
            raise ValidationError({"course_key": [_("“{key}” is not a course key.").format(key=course_key)]}) from exc
        except CourseRun.DoesNotExist as exc:
            raise NotFound(_("There is no course with the key “{key}”.").format(key=course_key)) from exc
