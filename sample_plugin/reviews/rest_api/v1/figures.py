"""Figures to manage the queue of a library by."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api
from ...rules import CAN_MANAGE_POLICY
from .base import ReviewsView
from .schema import describe

__all__ = ["FiguresView"]


class SecondsField(serializers.IntegerField):
    """A duration in seconds."""

    def to_representation(self, value: Any) -> int:
        """Return whole seconds."""
        seconds: float = value.total_seconds()
        return round(seconds)


class DurationsSerializer(serializers.Serializer[api.Durations]):
    """How long something took."""

    count = serializers.IntegerField(help_text="How many times it was measured, 5 at least.")
    median_seconds = SecondsField(source="median")
    percentile_90_seconds = SecondsField(source="percentile_90", help_text="Nine in ten took no longer.")


class OpenByAgeSerializer(serializers.Serializer[Any]):
    """The open changes of one age."""

    from_days = serializers.IntegerField()
    to_days = serializers.IntegerField(allow_null=True, help_text="This day included; null for no end.")
    count = serializers.IntegerField()


class FiguresSerializer(serializers.Serializer[api.QueueFigures]):
    """What is open in a library, and how long reviews and publishes took. No figure is about a person."""

    period_days = serializers.SerializerMethodField(help_text="The period of the two durations.")
    unreviewed = serializers.IntegerField(help_text="Changes that wait for a review.")
    changes_requested = serializers.IntegerField(help_text="Changes that wait for their authors.")
    overdue = serializers.IntegerField(help_text="How many of the unreviewed ones have waited too long.")
    open_by_age = serializers.SerializerMethodField()
    to_first_verdict = DurationsSerializer(
        allow_null=True, help_text="From a change to the first verdict on it; null for fewer than 5."
    )
    to_publish = DurationsSerializer(
        allow_null=True, help_text="From a change to its publish, deletions left out; null for fewer than 5."
    )

    def get_period_days(self, _figures: api.QueueFigures) -> int:
        """Return the number of days."""
        return api.PERIOD.days

    @extend_schema_field(OpenByAgeSerializer(many=True, help_text="Changes that wait for a review or their author."))
    def get_open_by_age(self, figures: api.QueueFigures) -> list[dict[str, Any]]:
        """Return the counts, each with its ages."""
        return [
            {"from_days": first, "to_days": last, "count": count}
            for (first, last), count in zip(api.AGES, figures.open_by_age, strict=True)
        ]


class FiguresView(ReviewsView):
    """The figures of a library."""

    @describe(responses={200: FiguresSerializer}, errors=(status.HTTP_403_FORBIDDEN,))
    def get(self, request: Request, library_key: str) -> Response:
        """Show what is open and for how long, and how long reviews and publishes took in the last 90 days."""
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        return Response(FiguresSerializer(api.get_queue_figures([package.id])[package.id]).data)
