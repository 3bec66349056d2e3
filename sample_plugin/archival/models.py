"""What the app stores: the course cards that each learner has archived."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from openedx_catalog.models_api import CourseRun
from openedx_django_lib.fields import manual_date_time_field

__all__ = ["ArchivedCourseRun"]


class ArchivedCourseRun(models.Model):
    """
    One learner has archived the card of one course run. If there is no row, the card is not archived.

    .. no_pii: The learner is a foreign key.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # CASCADE: this app never keeps the platform from deleting a course.
    course_run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="+")
    archived_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Archived course run")
        verbose_name_plural = _("Archived course runs")
        constraints = [
            # Two simultaneous requests make one row.
            models.UniqueConstraint(fields=["learner", "course_run"], name="sample_plugin_arch_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
