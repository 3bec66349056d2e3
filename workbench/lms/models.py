"""Who takes which course: as much of the platform's model as is needed here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from openedx_catalog.models_api import CourseRun


class CourseEnrollment(models.Model):
    """
    A learner takes a course.

    .. no_pii:
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course_run = models.ForeignKey(CourseRun, on_delete=models.CASCADE)
    mode = models.CharField(max_length=100, default="audit")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_run"], name="workbench_enrolled_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.course_run}"
