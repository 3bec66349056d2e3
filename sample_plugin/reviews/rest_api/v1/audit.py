"""What is live in a library and why, and the history of an item."""

from __future__ import annotations

import re
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api
from ...rules import CAN_MANAGE_POLICY
from .audit_serializers import AuditQuerySerializer, EvidenceSerializer, HistoryEntrySerializer
from .base import Pagination, ReviewsView
from .schema import describe
from .serializers import reviews_context

_ERRORS = (status.HTTP_400_BAD_REQUEST, status.HTTP_403_FORBIDDEN)


class AuditView(ReviewsView):
    """What is live in a library, and why."""

    pagination_class = Pagination

    @describe(parameters=[AuditQuerySerializer], responses={200: EvidenceSerializer(many=True)}, errors=_ERRORS)
    def get(self, request: Request, library_key: str) -> Response:
        """List what is live, with its publish, why it could go live, and the reviews as they stood then."""
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(find_evidence(request, package.id), request, view=self)
        answer = EvidenceSerializer(page, many=True, context=reviews_context(item.entity for item in page))
        return paginator.get_paginated_response(answer.data)


class AuditDownloadView(ReviewsView):
    """The same as a file."""

    @describe(
        parameters=[AuditQuerySerializer],
        responses={(status.HTTP_200_OK, "text/csv"): OpenApiTypes.STR},
        errors=_ERRORS,
    )
    def get(self, request: Request, library_key: str) -> StreamingHttpResponse:
        """Download what is live and why as a CSV file in UTF-8, with a row for each item."""
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        name = re.sub(r"[^\w.-]+", "-", package.package_ref, flags=re.ASCII)
        return StreamingHttpResponse(
            api.csv_lines(find_evidence(request, package.id)),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}-audit.csv"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Ignore the formats that the caller accepts: the answer is a CSV file."""
        return super().perform_content_negotiation(request, force=True)


class HistoryPagination(Pagination):
    """Pages of a history that may lack what other plugins add."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the field that the view adds."""
        described = super().get_paginated_response_schema(schema)
        described["properties"]["is_complete"] = {
            "type": "boolean",
            "description": "False if what other plugins add is missing, because one of them has failed.",
        }
        described["required"] = [*described["required"], "is_complete"]
        return described


class HistoryView(ReviewsView):
    """Everything that happened to an item."""

    pagination_class = HistoryPagination

    @describe(responses={200: HistoryEntrySerializer(many=True)})
    def get(self, request: Request, key: str) -> Response:
        """
        List the edits, reviews and publishes of an item, newest first, and how each publish was judged.

        Other plugins may add entries, such as those of conversations.
        """
        entity = self.get_entity(key)
        paginator = self.pagination_class()
        history = api.get_history(entity.id)
        page = paginator.paginate_queryset(history, request, view=self)
        answer = HistoryEntrySerializer(page, many=True, context=reviews_context([entity]))
        response = paginator.get_paginated_response(answer.data)
        response.data["is_complete"] = history.is_complete
        return response


def find_evidence(request: Request, learning_package_id: Any) -> api.Evidence:
    """Return what the caller asks for. Raises ``ValidationError``."""
    query = AuditQuerySerializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    asked = query.validated_data
    get = api.get_publish_evidence if asked["everything"] else api.get_live_evidence
    basis = asked.get("basis")
    return get(
        learning_package_id,
        since=asked.get("since"),
        until=asked.get("until"),
        basis=api.EvidenceBasis(basis) if basis else None,
    )
