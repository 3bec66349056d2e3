"""What the app stores: which course cards each learner has put away."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from openedx_catalog.models_api import CourseRun
from openedx_django_lib.fields import manual_date_time_field

__all__ = ["ArchivedCourseRun"]


class ArchivedCourseRun(models.Model):
    """
    One learner has put the card of one course run away. Without a row, the card is not archived.

    .. no_pii: The learner is a foreign key.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # With CASCADE, the platform can delete a course as if this app were not there.
    course_run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="+")
    archived_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Archived course run")
        verbose_name_plural = _("Archived course runs")
        constraints = [
            # Two requests at once make one row.
            models.UniqueConstraint(fields=["learner", "course_run"], name="sample_plugin_arch_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
