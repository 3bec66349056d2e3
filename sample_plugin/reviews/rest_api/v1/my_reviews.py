"""My reviews: what waits for the caller, or for others after the caller, in all libraries that the caller may view."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api
from ...rules import find_libraries
from .base import Pagination, ReviewsView
from .conditional import tag_of, unless_known
from .schema import describe, one_of
from .serializers import ItemSerializer, PersonSerializer

__all__ = ["MyLibrariesView", "MyReviewsView"]


class MyReviewsPagination(Pagination):
    """Pages of 50, with the number of changes in each group."""

    page_size = 50

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the counts."""
        described = super().get_paginated_response_schema(schema)
        counts: dict[str, dict[str, Any]] = {group.value: {"type": "integer"} for group in api.MyGroup}
        counts["overdue"]["nullable"] = True
        described["properties"]["counts"] = {
            "type": "object",
            "properties": counts,
            "required": list(counts),
            "description": "The number of changes in each group; overdue is null if you may manage the policy of no "
            "library.",
        }
        described["properties"]["library_count"] = {
            "type": "integer",
            "description": "The number of libraries that you may view.",
        }
        described["required"] = [*described["required"], "counts", "library_count"]
        return described


class MyReviewsQuerySerializer(serializers.Serializer[Any]):
    """What to list."""

    group = serializers.ChoiceField(
        [group.value for group in api.MyGroup],
        default=api.MyGroup.TO_REVIEW.value,
        # Not DRF's, which repeats the input.
        error_messages={"invalid_choice": f"Choose from these: {', '.join(api.MyGroup)}."},
        help_text="to_review: waits for a review by you; to_answer: your change, and changes are requested; "
        "with_others: you have changed or judged it, and it waits for others; overdue: has waited too long for a "
        "review, in a library whose policy you may manage.",
    )


class LibraryNameSerializer(serializers.Serializer[Any]):
    """A library by name."""

    key = serializers.CharField(source="package_ref")
    title = serializers.CharField()


class MyReviewSerializer(ItemSerializer):
    """One change on the caller's list."""

    library = LibraryNameSerializer(source="entity.learning_package")
    kind = serializers.CharField(help_text="component, or the type of container: unit, subsection, section.")
    block_type = serializers.CharField(help_text="The type of component, such as html; or the type of container.")
    change = serializers.ChoiceField([kind.value for kind in api.ChangeKind], help_text="Never contents.")
    state = serializers.SerializerMethodField(help_text="Never reviewed.")
    waiting_since = serializers.DateTimeField(
        allow_null=True,
        help_text="When it was last changed or, if changes are requested, when they were; null if unknown.",
    )
    age_days = serializers.IntegerField(allow_null=True, help_text="How many whole days it has waited.")
    requested_by = PersonSerializer(
        allow_null=True, help_text="Who asked for the review; null without an open request, or if the account is gone."
    )
    due = serializers.DateField(
        allow_null=True, help_text="The day by which a review is requested; null without an open request that says so."
    )
    is_overdue = serializers.BooleanField(help_text="Whether it has waited too long for a review.")

    @extend_schema_field(one_of(api.QueueState))
    def get_state(self, row: api.MyReview) -> str:
        """Return the state of the draft."""
        return row.state


class MyReviewsView(ReviewsView):
    """The caller's list."""

    pagination_class = MyReviewsPagination

    @describe(
        parameters=[MyReviewsQuerySerializer],
        responses={200: MyReviewSerializer(many=True)},
        errors=(status.HTTP_400_BAD_REQUEST,),
        conditional=True,
    )
    def get(self, request: Request) -> Response:
        """List what waits for you, or for others after you, in all libraries that you may view; the oldest first."""
        query = MyReviewsQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        libraries = find_libraries(request.user)
        # Ages grow by themselves: the answer is a new one every hour.
        as_of = datetime.now(tz=timezone.utc).replace(minute=0, second=0, microsecond=0)
        revision = api.get_fingerprint(*(library.learning_package.id for library in libraries))
        may = {
            f"{action} {library.learning_package.id}": allowed
            for library in libraries
            for action, allowed in (("review", library.may_review), ("manage_policy", library.may_manage_policy))
        }

        def answer() -> Response:
            reviews = api.get_my_reviews(self.user_id, libraries, as_of=as_of, fingerprint=revision)
            paginator = self.pagination_class()
            page = paginator.paginate_queryset(reviews[api.MyGroup(query.validated_data["group"])], request, view=self)
            response = paginator.get_paginated_response(MyReviewSerializer(page, many=True).data)
            counts: dict[str, int | None] = {group.value: reviews[group].count() for group in api.MyGroup}
            if not any(library.may_manage_policy for library in libraries):
                counts["overdue"] = None
            response.data["counts"] = counts
            response.data["library_count"] = len(libraries)
            return response

        return unless_known(request, tag_of(request, f"{revision} {as_of}", may), answer)


class MyLibrariesPagination(Pagination):
    """Pages of 500: a form offers all of them at once."""

    page_size = max_page_size = 500


class MyLibrariesQuerySerializer(serializers.Serializer[Any]):
    """Which libraries to list."""

    may_manage_policy = serializers.BooleanField(
        default=False, help_text="Only those whose policy you may manage, and whose figures you may see."
    )


class MyLibrariesView(ReviewsView):
    """The libraries that the caller's list is made of."""

    pagination_class = MyLibrariesPagination

    @describe(
        parameters=[MyLibrariesQuerySerializer],
        responses={200: LibraryNameSerializer(many=True)},
        errors=(status.HTTP_400_BAD_REQUEST,),
    )
    def get(self, request: Request) -> Response:
        """List the libraries that you may view, by title."""
        query = MyLibrariesQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        is_for_managers = query.validated_data["may_manage_policy"]
        libraries = [
            library.learning_package
            for library in find_libraries(request.user)
            if library.may_manage_policy or not is_for_managers
        ]
        libraries.sort(key=lambda library: (library.title.casefold(), library.pk))
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(libraries, request, view=self)
        return paginator.get_paginated_response(LibraryNameSerializer(page, many=True).data)
