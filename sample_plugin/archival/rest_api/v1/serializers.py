"""How what a learner has archived is written."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ...models import ArchivedCourseRun


class ArchivedCourseSerializer(serializers.ModelSerializer[ArchivedCourseRun]):
    """A course whose card a learner has put away. To read only: no request can say whose it is."""

    course_key: serializers.Field[Any, Any, Any, Any] = serializers.CharField(
        source="course_run.course_key", read_only=True
    )

    class Meta:
        model = ArchivedCourseRun
        fields = ["course_key", "archived_at"]
        read_only_fields = fields
