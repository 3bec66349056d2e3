"""Who reviews in a library."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from ... import api
from .base import ReviewsView
from .schema import describe
from .serializers import ReviewCountsSerializer


class ReviewCountsView(ReviewsView):
    """The people who have reviewed in a library."""

    @describe(responses={200: ReviewCountsSerializer})
    def get(self, request: Request, library_key: str) -> Response:
        """Say who has given reviews in the library that are in force, and how many."""
        package = self.get_package(library_key)
        return Response(ReviewCountsSerializer({"results": api.get_review_counts(package.id)}).data)
