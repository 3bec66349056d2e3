"""The endpoints behind a learner's dashboard, with the filter and the event that the platform runs and sends there."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from openedx_events.learning.data import CourseData, CourseEnrollmentData, UserData, UserPersonalData
from openedx_events.learning.signals import COURSE_ENROLLMENT_CHANGED
from openedx_filters.learning.filters import CourseRunAPIRenderStarted
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import CourseEnrollment

VERIFIED = "verified"


class LmsView(APIView):
    """An endpoint of the LMS's own, which the OpenAPI schema of the plugins leaves out."""

    permission_classes = [IsAuthenticated]
    schema = None


class HomeView(LmsView):
    """``GET /api/learner_home/init``, in the platform's form."""

    def get(self, request: Request) -> Response:
        """Show the courses of the learner, as far as the dashboard shows them."""
        return Response({"courses": [_card(enrollment) for enrollment in _enrollments(request)]})


class UpgradeView(LmsView):
    """``POST /api/workbench/enrollments/{course}/upgrade/``: what happens once a learner has paid in a shop."""

    def post(self, request: Request, key: str) -> Response:
        """Change the enrollment to the verified track, and say so to whom it may concern."""
        enrollment = next((one for one in _enrollments(request) if str(one.course_run.course_key) == key), None)
        if enrollment is None:
            raise Http404
        enrollment.mode = VERIFIED
        enrollment.save()
        COURSE_ENROLLMENT_CHANGED.send_event(enrollment=_as_event_data(enrollment))
        return Response(status=204)


def _enrollments(request: Request) -> QuerySet[CourseEnrollment]:
    return CourseEnrollment.objects.filter(user=request.user.pk).select_related("course_run").order_by("pk")


def _card(enrollment: CourseEnrollment) -> dict[str, Any]:
    course_run = enrollment.course_run
    is_verified = enrollment.mode == VERIFIED
    return {
        "courseProvider": {"name": course_run.org_code},
        "course": {"courseName": course_run.title, "courseNumber": course_run.course_code},
        # The platform's serializer of course runs ends with this call, for each card.
        "courseRun": CourseRunAPIRenderStarted.run_filter(
            serialized_courserun={"courseId": str(course_run.course_key), "isStarted": True, "isArchived": False}
        ),
        "enrollment": {"isEnrolled": True, "isVerified": is_verified, "isAudit": not is_verified},
    }


def _as_event_data(enrollment: CourseEnrollment) -> CourseEnrollmentData:
    user = enrollment.user
    return CourseEnrollmentData(
        user=UserData(
            pii=UserPersonalData(username=user.username, email=user.email, name=user.get_full_name()),
            id=user.pk,
            is_active=user.is_active,
        ),
        course=CourseData(
            course_key=enrollment.course_run.course_key,
            display_name=enrollment.course_run.title,
        ),
        mode=enrollment.mode,
        is_active=True,
        creation_date=enrollment.created,
    )
