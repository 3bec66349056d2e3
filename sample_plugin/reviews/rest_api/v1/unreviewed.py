"""Publish without a review: for those who decide on the policy, with a reason that is put on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api
from ...rules import CAN_MANAGE_POLICY, CAN_PUBLISH_REVIEWED
from .base import ExpensiveThrottle, ReviewsView
from .schema import describe
from .serializers import MAX_NAMED, ChangedItemSerializer, keys_of

__all__ = ["PublishUnreviewedView"]


class PublishUnreviewedSerializer(serializers.Serializer[Any]):
    """Publish all changes, also those that are not reviewed."""

    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Only return the result, publish nothing."
    )
    reason = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Put on record. Required, except for a dry run."
    )


class ItemPublishedUnreviewedSerializer(ChangedItemSerializer):
    """A change that was published, or would be, and whether it is unreviewed."""

    is_unreviewed = serializers.BooleanField()


class PublishedUnreviewedSerializer(serializers.Serializer[Any]):
    """The result of a publish without a review, or of its dry run."""

    dry_run = serializers.BooleanField()
    publish_log_id = serializers.IntegerField(allow_null=True, help_text="Null if nothing was published.")
    published_count = serializers.IntegerField()
    unreviewed_count = serializers.IntegerField()
    published = ItemPublishedUnreviewedSerializer(
        many=True, help_text=f"The first {MAX_NAMED}: unreviewed changes before all others."
    )


class PublishUnreviewedView(ReviewsView):
    """Publishing a library without a review."""

    throttle_classes = [ExpensiveThrottle]

    @describe(
        request=PublishUnreviewedSerializer,
        responses={200: PublishedUnreviewedSerializer},
        errors=(status.HTTP_409_CONFLICT, status.HTTP_429_TOO_MANY_REQUESTS),
    )
    def post(self, request: Request, library_key: str) -> Response:
        """
        Publish all changes of the library, deletions included, also those that are not reviewed.

        For those who may manage the policy and publish. You and your reason are put on record, with a list of what was
        unreviewed. A 409 means that another plugin prevented the publish, and nothing was published.
        """
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        self.require(CAN_PUBLISH_REVIEWED, package)
        body = PublishUnreviewedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        dry_run, reason = body.validated_data["dry_run"], body.validated_data["reason"]
        # In one transaction with the answer: if the answer fails, nothing is published.
        with transaction.atomic():
            if dry_run:
                publish = api.preview_unreviewed_publish(package.id)
            else:
                publish = api.publish_unreviewed(package.id, reason=reason, user_id=self.user_id)
            return Response(PublishedUnreviewedSerializer({"dry_run": dry_run, **_shown(publish)}).data)


def _shown(publish: api.UnreviewedPublish) -> dict[str, Any]:
    named = publish.published[:MAX_NAMED]
    keys = keys_of(named)
    return {
        "publish_log_id": publish.judgement.publish_log_id if publish.judgement else None,
        "published_count": len(publish.published),
        "unreviewed_count": publish.unreviewed_count,
        "published": [
            {
                "key": keys.get(item.entity_id),
                "title": item.title,
                "change": item.change,
                "is_unreviewed": number < publish.unreviewed_count,
            }
            for number, item in enumerate(named)
        ],
    }
