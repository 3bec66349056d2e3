"""How an archived course looks in JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ...models import ArchivedCourseRun


class ArchivedCourseSerializer(serializers.ModelSerializer[ArchivedCourseRun]):
    """A course whose card a learner has archived. Read-only, so that no request can name another learner."""

    course_key: serializers.Field[Any, Any, Any, Any] = serializers.CharField(
        source="course_run.course_key", read_only=True
    )

    class Meta:
        model = ArchivedCourseRun
        fields = ["course_key", "archived_at"]
        read_only_fields = fields
