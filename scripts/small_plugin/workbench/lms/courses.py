"""The courses that the demo's learner takes."""

from django.contrib.auth.models import User
from opaque_keys.edx.keys import CourseKey
from openedx_catalog import api as catalog_api
from openedx_catalog.models_api import CourseRun

from .models import CourseEnrollment

# By key, in the order of the dashboard.
COURSES = {
    "course-v1:Demo+Bread+2026": "Baking your first loaf",
    "course-v1:Demo+Sourdough+2026": "Sourdough from scratch",
    "course-v1:Demo+Rye+2025": "Rye and whole grain",
}


def enroll(learner: User) -> None:
    """Enroll the learner in all of them, and create those that are missing."""
    for key, title in COURSES.items():
        course_key = CourseKey.from_string(key)
        course_run = CourseRun.objects.filter(course_key=course_key).first()
        if course_run is None:
            course_run = catalog_api.create_course_run_for_modulestore_course_with(course_key, title=title)
        CourseEnrollment.objects.get_or_create(user=learner, course_run=course_run)
