"""When the caller wants to be told about what."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sample_plugin.reviews.rest_api.v1 import schema
from sample_plugin.reviews.rest_api.v1.base import ReviewsView

from ... import api


@extend_schema_field(schema.one_of(api.Timing.values))
class TimingField(serializers.ChoiceField):
    """When you are told about one kind."""


class NotificationTimingsSerializer(serializers.Serializer[Any]):
    """When you are told about each kind that the site has not switched off."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return a field for each kind."""
        return {
            kind.value: TimingField(choices=api.Timing.choices, required=False, help_text=str(kind.label))
            for kind in api.Kind
        }


class MyTimingsView(ReviewsView):
    """When you are told about what."""

    @extend_schema(tags=["notifications"])
    @schema.describe(responses={200: NotificationTimingsSerializer})
    def get(self, request: Request) -> Response:
        """Show when you are told about each kind. Kinds that the site has switched off are missing."""
        return self._show()

    @extend_schema(tags=["notifications"])
    @schema.describe(request=NotificationTimingsSerializer, responses={200: NotificationTimingsSerializer})
    def patch(self, request: Request) -> Response:
        """Decide when you are told. What you leave out stays as it is."""
        body = NotificationTimingsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        api.set_timings(self.user_id, body.validated_data)
        return self._show()

    def _show(self) -> Response:
        return Response(NotificationTimingsSerializer(api.get_timings(self.user_id)).data)
