"""Receivers of the platform's events."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db.transaction import atomic
from openedx_catalog.models_api import CourseRun
from openedx_events.learning.data import CourseEnrollmentData

from . import api

__all__ = ["bring_back_after_upgrade"]


def bring_back_after_upgrade(*, enrollment: CourseEnrollmentData, **kwargs: Any) -> None:
    """Bring the card back when the learner upgrades to the verified track, and so plans to take the course."""
    if enrollment.is_active and enrollment.mode == "verified":
        # The event can arrive after the course was deleted. And if the database fails here, that must not undo the
        # upgrade: the event is sent in its transaction.
        with suppress(CourseRun.DoesNotExist), atomic():
            api.bring_back(enrollment.user.id, enrollment.course.course_key)
