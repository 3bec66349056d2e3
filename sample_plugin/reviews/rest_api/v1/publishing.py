"""Publish reviewed items: at once, or in the background if that would take too long."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from openedx_content.models_api import LearningPackage
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from user_tasks.models import UserTaskStatus

from ... import api
from ...rules import CAN_PUBLISH_REVIEWED
from . import errors
from .base import ExpensiveThrottle, ReviewsView
from .libraries import require_change_log
from .schema import describe
from .serializers import MAX_NAMED, BackgroundPublishSerializer, PublishedSerializer, PublishReviewedSerializer, keys_of


# The platform wraps each request in a transaction, and a task that is queued inside it could start before it ends.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class PublishReviewedView(ReviewsView):
    """Publishing the reviewed items of a library."""

    throttle_classes = [ExpensiveThrottle]

    @describe(
        request=PublishReviewedSerializer,
        responses={200: PublishedSerializer, 202: BackgroundPublishSerializer},
        errors=(status.HTTP_409_CONFLICT, status.HTTP_429_TOO_MANY_REQUESTS),
    )
    def post(self, request: Request, library_key: str) -> Response:
        """
        Publish all reviewed changes, deletions included, or only those of one change log. Publishes nothing else.

        Changes that cannot be published yet are skipped, with the reason, and so are changes that another plugin
        refuses by name. Many changes are published in the background: the answer is a 202 with the address of the
        publish. A 409 means that another plugin prevented the publish, and nothing was published. A dry run is answered
        as the publish would be, but never in the background.
        """
        package = self.get_package(library_key, CAN_PUBLISH_REVIEWED)
        body = PublishReviewedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        dry_run, message = body.validated_data["dry_run"], body.validated_data["message"]
        change_log_id = body.validated_data["draft_change_log_id"]
        if change_log_id is not None:
            require_change_log(package, change_log_id)
        is_large = api.runs_in_background(_count(package, change_log_id))
        if dry_run:
            # Not in one transaction with the answer, so that other publishes wait no longer than they must.
            result = api.publish_reviewed_items(
                package.id,
                published_by=self.user_id,
                message=message,
                dry_run=True,
                ask_steps=not is_large,
                draft_change_log_id=change_log_id,
            )
            return Response(_show(result, dry_run=True))
        if is_large:
            try:
                publish = api.publish_reviewed_items_in_background(
                    package.id, user_id=self.user_id, message=message, draft_change_log_id=change_log_id
                )
            except OperationalError as exc:
                raise errors.Unavailable from exc
            answer = _show_background_publish(request, library_key, publish)
            return Response(answer, status.HTTP_202_ACCEPTED, headers={"Location": answer["status_url"]})
        # In one transaction with the answer: if the answer fails, nothing is published.
        with transaction.atomic():
            result = api.publish_reviewed_items(
                package.id, published_by=self.user_id, message=message, draft_change_log_id=change_log_id
            )
            return Response(_show(result, dry_run=False))


def _count(package: LearningPackage, change_log_id: int | None) -> int:
    """Return how many reviewed changes there are to publish."""
    return api.find_changes(package.id, state=api.ReviewState.REVIEWED, draft_change_log_id=change_log_id).count()


class BackgroundPublishView(ReviewsView):
    """A publish in the background."""

    @describe(responses={200: BackgroundPublishSerializer}, errors=(status.HTTP_403_FORBIDDEN,))
    def get(self, request: Request, library_key: str, publish_id: str) -> Response:
        """Show the state of a publish in the background."""
        package = self.get_package(library_key, CAN_PUBLISH_REVIEWED)
        try:
            publish = api.get_background_publish(package.id, UUID(publish_id))
        except (ValueError, UserTaskStatus.DoesNotExist) as exc:
            raise errors.NotFoundHere(_("This library has no such publish.")) from exc
        return Response(_show_background_publish(request, library_key, publish))


def _show_background_publish(request: Request, library_key: str, publish: api.BackgroundPublish) -> dict[str, Any]:
    path = reverse("sample_plugin_reviews:v1:background-publish", args=[library_key, publish.id])
    result = publish.result and _name_items(publish.result)
    shown: dict[str, Any] = BackgroundPublishSerializer(
        {
            "id": publish.id,
            "state": publish.state,
            "total": publish.total,
            "done": publish.done,
            "result": result,
            "error": publish.error,
            "status_url": request.build_absolute_uri(path),
        }
    ).data
    return shown


def _show(result: api.PublishReviewedResult, *, dry_run: bool) -> dict[str, Any]:
    shown: dict[str, Any] = PublishedSerializer(
        {**_name_items(result), "dry_run": dry_run, "steps_asked": result.steps_asked}
    ).data
    return shown


def _name_items(result: api.PublishReviewedResult) -> dict[str, Any]:
    """Return the counts, and the first items by key and title."""
    published, skipped = result.published[:MAX_NAMED], result.skipped[:MAX_NAMED]
    keys = keys_of([*published, *(skip.item for skip in skipped)])
    return {
        "published_count": len(result.published),
        "skipped_count": len(result.skipped),
        "published": [_name(item, keys) for item in published],
        "skipped": [{**_name(skip.item, keys), "reason": skip.reason, "code": skip.code} for skip in skipped],
    }


def _name(item: api.ChangedItem, keys: dict[Any, str | None]) -> dict[str, Any]:
    return {"key": keys.get(item.entity_id), "title": item.title, "change": item.change}
