"""An entity: its draft and its reviews."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from openedx_content.models_api import PublishableEntity
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api, keys
from ...models import ReviewedStatus
from ...rules import CAN_MANAGE_POLICY, CAN_REVIEW
from .base import MAX_KEYS, Pagination, ReviewsView, asked_for
from .errors import CODES, Conflict, NotFoundHere
from .schema import describe
from .serializers import (
    DismissalSerializer,
    EntitiesSerializer,
    EntitySerializer,
    ReviewSerializer,
    VerdictSerializer,
    reviews_context,
)


class EntitiesView(ReviewsView):
    """Entities by their keys, up to a hundred at once."""

    @describe(
        operation_id="sample_plugin_reviews_v1_entities_by_key",
        parameters=[
            OpenApiParameter(
                "key",
                {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": MAX_KEYS},
                required=True,
                description="lb:… or lct:…; repeat the parameter for more keys.",
            )
        ],
        responses={200: EntitiesSerializer},
        errors=(status.HTTP_400_BAD_REQUEST,),
    )
    def get(self, request: Request) -> Response:
        """Show up to a hundred entities of any libraries. Keys that are not found are listed."""
        wanted = asked_for(request, "key", _("Name 1 to {max} keys, not {n}."))
        parsed = keys.parse_keys(wanted)
        entities = self.get_entities(parsed.values())
        packages = {entity.learning_package_id: entity.learning_package for entity in entities.values()}
        may_review = {pk: request.user.has_perm(CAN_REVIEW, package) for pk, package in packages.items()}

        found, missing = [], []
        for key in wanted:
            entity = entities.get(parsed[key]) if key in parsed else None
            if entity:
                found.append(entity.id)
            else:
                missing.append({"key": key, "code": "not_found" if key in parsed else "invalid_key"})
        overviews = api.get_entity_overviews(found, viewer_id=request.user.pk, entities=entities.values())
        answer = EntitiesSerializer(
            {"results": overviews, "missing": missing},
            context={"may_review": may_review, **reviews_context(entities.values())},
        )
        return Response(answer.data)


class EntityView(ReviewsView):
    """One entity, with the state of its review."""

    @describe(responses={200: EntitySerializer})
    def get(self, request: Request, key: str) -> Response:
        """Show the draft of one entity and the state of its review."""
        return Response(show(request, self.get_entity(key)))


class EntityReviewView(ReviewsView):
    """Your own verdict on an entity."""

    @describe(request=VerdictSerializer, responses={200: EntitySerializer}, errors=(status.HTTP_409_CONFLICT,))
    def put(self, request: Request, key: str) -> Response:
        """
        Mark the change that you have looked at as reviewed, or request changes. Repeating it changes nothing.

        Your new verdict withdraws your earlier one. While a request for changes is open, the change is not reviewed,
        even if others have marked it as reviewed.

        If the draft has changed since you looked, the answer is a 409 with the current state in ``details.current``.
        """
        entity = self.get_entity(key, CAN_REVIEW)
        body = VerdictSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        seen = body.validated_data
        give = api.request_changes if seen.pop("verdict") == api.Verdict.CHANGES_REQUESTED else api.mark_reviewed
        try:
            give(entity.id, reviewer_id=self.user_id, **seen)
        except (api.StaleReviewError, api.NothingToReviewError) as exc:
            raise Conflict(str(exc), CODES[type(exc)], {"current": show(request, entity)}) from exc
        return Response(show(request, entity))

    @describe(responses={200: EntitySerializer}, errors=(status.HTTP_403_FORBIDDEN,))
    def delete(self, request: Request, key: str) -> Response:
        """Withdraw your own review or request for changes. It stays on record as withdrawn."""
        # A reviewer who has lost the permission may still withdraw.
        entity = self.get_entity(key)
        try:
            api.withdraw_review(entity.id, reviewer_id=self.user_id)
        except ReviewedStatus.DoesNotExist as exc:
            raise NotFoundHere(_("You have no review of this item to withdraw."), "no_review") from exc
        return Response(show(request, entity))


class DismissalView(ReviewsView):
    """Dismissing another person's request for changes."""

    @describe(request=DismissalSerializer, responses={200: EntitySerializer})
    def post(self, request: Request, key: str, review_id: str) -> Response:
        """
        Dismiss another person's request for changes. This takes the permission to manage the library's policy.

        It does not mark the change as reviewed.
        """
        entity = self.get_entity(key, CAN_MANAGE_POLICY)
        body = DismissalSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            # Only a review of this entity: the caller may not have the permission for others.
            review = api.get_reviews(entity.id).get(pk=int(review_id))
            api.dismiss_request(review.pk, dismissed_by_id=self.user_id, **body.validated_data)
        except (ReviewedStatus.DoesNotExist, ValueError) as exc:
            raise NotFoundHere(_("This item has no such open request for changes."), "no_request") from exc
        return Response(show(request, entity))


class EntityReviewsView(ReviewsView):
    """All verdicts that an entity ever had."""

    pagination_class = Pagination

    @describe(responses={200: ReviewSerializer(many=True)})
    def get(self, request: Request, key: str) -> Response:
        """List all verdicts that the entity ever had, newest first, withdrawn ones included."""
        entity = self.get_entity(key)
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(api.get_reviews(entity.id), request, view=self)
        answer = ReviewSerializer(page, many=True, context=reviews_context([entity]))
        return paginator.get_paginated_response(answer.data)


def show(request: Request, entity: PublishableEntity) -> dict[str, Any]:
    """Return the entity, which came from ``get_entity``, as it is now, as the caller may see it."""
    [overview] = api.get_entity_overviews([entity.id], viewer_id=request.user.pk, entities=[entity])
    may_review = {entity.learning_package_id: request.user.has_perm(CAN_REVIEW, entity.learning_package)}
    context = {"may_review": may_review, **reviews_context([entity])}
    shown: dict[str, Any] = EntitySerializer(overview, context=context).data
    return shown
