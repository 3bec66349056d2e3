"""Django admin: shows what learners have archived, and changes nothing."""

from __future__ import annotations

from django.contrib import admin
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

from .models import ArchivedCourseRun


@admin.register(ArchivedCourseRun)
class ArchivedCourseRunAdmin(ReadOnlyModelAdmin):
    """Read-only list of the course cards that learners have archived."""

    list_display = ["learner", "course_run", "archived_at"]
    list_select_related = ["learner", "course_run__catalog_course__org"]
    search_fields = ["learner__username", "course_run__course_key"]
    ordering = ["-pk"]
    show_full_result_count = False
