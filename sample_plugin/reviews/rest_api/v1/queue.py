"""The queue: all changes of a library in light rows, for a page that filters, groups and counts them itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api
from ...rules import CAN_REVIEW
from .base import Pagination, ReviewsView
from .conditional import tag_of, unless_known
from .libraries import find_container
from .schema import describe, one_of
from .serializers import (
    MayReviewSerializer,
    OpenRequestSerializer,
    PartQuerySerializer,
    may_review,
    show_open_request,
)

__all__ = ["QueueView"]


class QueuePagination(Pagination):
    """Pages of 500: a library of 2,000 changes comes in four."""

    page_size = 500
    max_page_size = 500


class NameSerializer(serializers.Serializer[Any]):
    """A user, by name."""

    username = serializers.CharField()
    name = serializers.CharField(help_text="Empty if the account has none.")


class PlaceSerializer(serializers.Serializer[Any]):
    """A container around an item."""

    key = serializers.CharField(allow_null=True, help_text="Null if Studio has no key for it.")
    title = serializers.CharField()


# For the schema. A serializer takes ten times as long as show() to write a row.
class QueueRowSerializer(serializers.Serializer[Any]):
    """One change in the queue."""

    key = serializers.CharField(allow_null=True, help_text="Null if Studio has no key for the item.")
    title = serializers.CharField()
    kind = serializers.CharField(help_text="component, or the type of container: unit, subsection, section.")
    block_type = serializers.CharField(help_text="The type of component, such as html; or the type of container.")
    change = serializers.ChoiceField([kind.value for kind in api.ChangeKind], help_text="Never contents.")
    draft_change_log_record_id = serializers.IntegerField(
        allow_null=True, help_text="The change to be reviewed. Send it with your verdict."
    )
    draft_version_num = serializers.IntegerField(allow_null=True, help_text="Null if the draft is deleted.")
    published_version_num = serializers.IntegerField(allow_null=True, help_text="Null if it is not published.")
    changed_by = NameSerializer(allow_null=True, help_text="The last author of the draft; null if unknown.")
    changed_at = serializers.DateTimeField(allow_null=True)
    state = serializers.SerializerMethodField(
        help_text="Of the draft. changes_requested: a request is open, whatever others say; reviewed: by enough "
        "people; in_progress: nobody has asked for a review, and review_starts is when_asked."
    )
    is_outdated = serializers.BooleanField(help_text="Whether an edit came after a review.")
    review_count = serializers.IntegerField(help_text="How many reviewers have approved the draft.")
    my_verdict = serializers.SerializerMethodField(help_text="The caller's own verdict in force on the draft.")
    is_mine = serializers.BooleanField(help_text="Whether the caller is its author, see changed_by.")
    may_review = MayReviewSerializer()
    waits_for_me = serializers.SerializerMethodField(
        help_text="review: it is unreviewed, the caller may review it and has not approved it yet, and no others are "
        "asked; answer: it is the caller's own, and has an open request for changes."
    )
    review_request = OpenRequestSerializer(allow_null=True, help_text="The open request for a review of it.")
    path = PlaceSerializer(many=True, help_text="The containers around it, outermost first. Of several places, one.")

    @extend_schema_field(one_of(api.QueueState))
    def get_state(self, row: api.QueueRow) -> str:
        """Return the state of the draft."""
        return row.state

    @extend_schema_field(one_of(api.Verdict.values, nullable=True))
    def get_my_verdict(self, row: api.QueueRow) -> str | None:
        """Return the caller's verdict."""
        return row.my_verdict

    @extend_schema_field(one_of(api.WaitsFor, nullable=True))
    def get_waits_for_me(self, row: api.QueueRow) -> str | None:
        """Return what it waits for."""
        return row.waits_for_me


class QueueView(ReviewsView):
    """The queue of a library."""

    pagination_class = QueuePagination

    @describe(
        parameters=[PartQuerySerializer],
        responses={200: QueueRowSerializer(many=True)},
        errors=(status.HTTP_400_BAD_REQUEST,),
        conditional=True,
    )
    def get(self, request: Request, library_key: str) -> Response:
        """List all unpublished changes, deletions included, in light rows; the newest change first."""
        package = self.get_package(library_key)
        query = PartQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        is_permitted = request.user.has_perm(CAN_REVIEW, package)
        revision = api.get_fingerprint(package.id)

        def answer() -> Response:
            changes = api.find_changes(
                package.id,
                inside=find_container(package, query.validated_data["inside"]),
                draft_change_log_id=query.validated_data.get("change_log"),
                order=api.ChangeOrder.CHANGED,
                descending=True,
            )
            paginator = self.pagination_class()
            page = paginator.paginate_queryset(changes.values_list("pk", flat=True), request, view=self)
            rows = api.get_queue(package.id, page, viewer_id=self.user_id, may_review=is_permitted)
            return paginator.get_paginated_response([show(row) for row in rows])

        return unless_known(request, tag_of(request, revision, {"review": is_permitted}), answer)


_TIME = serializers.DateTimeField()


def show(row: api.QueueRow) -> dict[str, Any]:
    """Return the row as ``QueueRowSerializer`` describes it. No query."""
    author: Any = row.changed_by
    may = may_review(
        is_permitted=row.may_review,
        reason="no_record" if row.draft_change_log_record_id is None else None,
        own_change_at=row.own_change_at,
    )
    return {
        "key": row.key,
        "title": row.title,
        "kind": row.kind,
        "block_type": row.block_type,
        "change": row.change,
        "draft_change_log_record_id": row.draft_change_log_record_id,
        "draft_version_num": row.draft_version_num,
        "published_version_num": row.published_version_num,
        "changed_by": author and {"username": author.get_username(), "name": author.get_full_name()},
        "changed_at": _time(row.changed_at),
        "state": row.state,
        "is_outdated": row.is_outdated,
        "review_count": row.review_count,
        "my_verdict": row.my_verdict,
        "is_mine": row.is_mine,
        "may_review": {**may, "changed_at": _time(may["changed_at"])},
        "waits_for_me": row.waits_for_me,
        "review_request": show_open_request(row.review_request),
        "path": [{"key": key, "title": title} for key, title in row.path],
    }


def _time(moment: datetime | None) -> str | None:
    return _TIME.to_representation(moment) if moment else None
