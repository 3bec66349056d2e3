"""The Python API: what learners have archived. Nothing here checks permissions."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey
from openedx_catalog import api as catalog_api

from .models import ArchivedCourseRun

__all__ = ["archive", "bring_back", "get_archived"]


def get_archived(learner_id: int, /) -> QuerySet[ArchivedCourseRun]:
    """Return what this learner has archived, the latest first, with the course runs. One query."""
    rows = ArchivedCourseRun.objects.filter(learner=learner_id).select_related("course_run")
    return rows.order_by("-archived_at", "-pk")


def archive(learner_id: int, course_key: CourseKey, /) -> ArchivedCourseRun:
    """
    Archive the card of this course run for this learner. If it is archived already, nothing changes.

    Raises ``CourseRun.DoesNotExist``. Two queries if it is archived already, otherwise a third one in a savepoint.
    """
    course_run = catalog_api.get_course_run(course_key)
    row, _created = ArchivedCourseRun.objects.get_or_create(
        learner_id=learner_id, course_run=course_run, defaults={"archived_at": timezone.now()}
    )
    return row


def bring_back(learner_id: int, course_key: CourseKey, /) -> None:
    """
    Bring the card of this course run back for this learner. If it is not archived, nothing changes.

    Raises ``CourseRun.DoesNotExist``. Two queries.
    """
    course_run = catalog_api.get_course_run(course_key)
    ArchivedCourseRun.objects.filter(learner=learner_id, course_run=course_run).delete()
