"""Asking for a review: of one item or many, again after a request for changes; and who can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage, PublishableEntity
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api, keys
from ...models import ReviewRequest
from ...rules import CAN_MANAGE_POLICY, CAN_REQUEST_REVIEW
from .base import ExpensiveThrottle, ReviewsView
from .entities import show
from .errors import CODES, Conflict, NotFoundHere
from .libraries import find_container, find_items, require_change_log
from .schema import describe
from .serializers import MAX_REVIEWS, EntitySerializer, PersonSerializer

__all__ = ["EntityReviewRequestView", "LibraryReviewRequestsView", "ReviewRequestAgainView", "ReviewersView"]

# An author who names more people wants everyone who may review.
_MAX_NAMED = 20


class RequestReviewSerializer(serializers.Serializer[Any]):
    """A request for a review."""

    reviewers = serializers.ListField(
        child=serializers.CharField(max_length=150),
        required=False,
        default=list,
        max_length=_MAX_NAMED,
        help_text="The usernames of the people who are asked; empty: everyone who may review.",
    )
    message = serializers.CharField(required=False, default="", allow_blank=True, help_text="For the reviewers.")
    due = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="The day by which you need the review."
    )


class RequestManyReviewsSerializer(RequestReviewSerializer):
    """A request for a review of many changes: the items with these keys, a container, or a change log."""

    keys = serializers.ListField(
        child=serializers.CharField(max_length=1_000),
        required=False,
        allow_empty=False,
        max_length=MAX_REVIEWS,
        help_text="lb:… or lct:…: these items.",
    )
    inside = serializers.CharField(
        required=False,
        max_length=1_000,
        help_text="lct:…: this container, and the unreviewed changes that would be published with it.",
    )
    change_log = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The id of a draft change log, such as an import: its unreviewed changes.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a request that does not say which changes."""
        if len({"keys", "inside", "change_log"} & attrs.keys()) != 1:
            raise serializers.ValidationError(_("Send one of keys, inside and change_log."))
        return attrs


class RequestedSerializer(serializers.Serializer[Any]):
    """The result of asking for many reviews."""

    requested = serializers.IntegerField(help_text="How many of these changes have your request now.")


class ReviewersSerializer(serializers.Serializer[Any]):
    """People who may review in a library."""

    results = PersonSerializer(many=True, help_text="In order of username, 100 at most.")


class EntityReviewRequestView(ReviewsView):
    """The open request for a review of an entity."""

    @describe(request=RequestReviewSerializer, responses={200: EntitySerializer}, errors=(status.HTTP_409_CONFLICT,))
    def post(self, request: Request, key: str) -> Response:
        """
        Ask for a review of the item's change, from these people or from everyone who may review.

        An open request is replaced. Edits do not end it; a publish does. If a person may not review the change, the
        answer is a 409, and nothing is requested.
        """
        entity = self.get_entity(key, CAN_REQUEST_REVIEW)
        body = RequestReviewSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        api.request_review(entity.id, requested_by_id=self.user_id, **_asked(body.validated_data))
        return Response(show(request, entity))

    @describe(responses={200: EntitySerializer}, errors=(status.HTTP_403_FORBIDDEN,))
    def delete(self, request: Request, key: str) -> Response:
        """Withdraw the request. This takes the permission to manage the policy, unless you have asked yourself."""
        entity = self.get_entity(key)
        try:
            found = api.get_open_requests([entity.id])[entity.id].request
            if found.requested_by_id != self.user_id:
                self.require(CAN_MANAGE_POLICY, entity.learning_package)
            api.withdraw_review_request(entity.id, withdrawn_by_id=self.user_id, review_request_id=found.pk)
        except (KeyError, ReviewRequest.DoesNotExist) as exc:
            raise NotFoundHere(
                _("This item has no open request for a review to withdraw."), "no_review_request"
            ) from exc
        return Response(show(request, entity))


class ReviewRequestAgainView(ReviewsView):
    """Asking again, after a request for changes."""

    @describe(responses={200: EntitySerializer}, errors=(status.HTTP_403_FORBIDDEN, status.HTTP_409_CONFLICT))
    def post(self, request: Request, key: str) -> Response:
        """Ask the reviewers who have requested changes for another review: you are done with them."""
        entity = self.get_entity(key, CAN_REQUEST_REVIEW)
        api.request_review_again(entity.id, requested_by_id=self.user_id)
        return Response(show(request, entity))


class LibraryReviewRequestsView(ReviewsView):
    """Asking for a review of many changes of a library."""

    throttle_classes = [ExpensiveThrottle]

    @describe(
        request=RequestManyReviewsSerializer,
        responses={200: RequestedSerializer},
        errors=(status.HTTP_409_CONFLICT, status.HTTP_429_TOO_MANY_REQUESTS),
    )
    def post(self, request: Request, library_key: str) -> Response:
        """
        Ask for a review of many changes: all of them, or none if any stands in the way.

        Then the answer is a 409 with the reasons in ``details.items``.
        """
        package = self.get_package(library_key, CAN_REQUEST_REVIEW)
        body = RequestManyReviewsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        entity_ids = _find(package, body.validated_data)
        if not entity_ids:
            raise Conflict(_("There is no unreviewed change to ask about."), CODES[api.NothingToReviewError])
        try:
            made = api.request_many_reviews(entity_ids, requested_by_id=self.user_id, **_asked(body.validated_data))
        except api.ManyRequestsError as exc:
            entities = keys.with_keys(PublishableEntity.objects.filter(pk__in=exc.errors)).in_bulk()
            refused = [
                {"key": keys.studio_key_of(entities[entity_id]), "code": CODES[type(error)], "detail": str(error)}
                for entity_id, error in exc.errors.items()
            ]
            raise Conflict(str(exc), "not_all_requestable", {"items": refused}) from exc
        return Response(RequestedSerializer({"requested": len(made)}).data)


class ReviewersView(ReviewsView):
    """The people who can be asked."""

    throttle_classes = [ExpensiveThrottle]

    @describe(
        responses={200: ReviewersSerializer},
        errors=(status.HTTP_403_FORBIDDEN, status.HTTP_429_TOO_MANY_REQUESTS),
    )
    def get(self, request: Request, library_key: str) -> Response:
        """
        List people who may review in the library, for those who may ask: the people whom the library knows.

        Others who may review can be named all the same.
        """
        package = self.get_package(library_key, CAN_REQUEST_REVIEW)
        return Response(ReviewersSerializer({"results": api.find_reviewers(package.id)}).data)


def _asked(body: dict[str, Any]) -> dict[str, Any]:
    """Return what the API wants to know of a request. Raises ``ReviewerError`` for a name that nobody has."""
    names = list(dict.fromkeys(body["reviewers"]))
    found = get_user_model().objects.filter(username__in=names)
    # (MySQL also finds a name in another case.)
    ids = {user.get_username(): user.pk for user in found}
    for name in names:
        if name not in ids:
            raise api.ReviewerError.who_may_not(name)
    return {"reviewer_ids": [ids[name] for name in names], "message": body["message"], "due": body["due"]}


def _find(package: LearningPackage, body: dict[str, Any]) -> Sequence[PublishableEntity.ID]:
    """Return the ids of the entities that the body names. Raises ``Conflict`` for keys of other libraries."""
    if "keys" in body:
        found, unknown = find_items(package, body["keys"])
        if unknown:
            raise Conflict(
                _("No review was requested: some keys are not in this library."), "unknown_keys", {"items": unknown}
            )
        return [entity.id for entity in found.values()]
    if "change_log" in body:
        require_change_log(package, body["change_log"])
    changes = api.find_changes(
        package.id,
        state=api.ReviewState.UNREVIEWED,
        inside=find_container(package, body.get("inside", "")),
        draft_change_log_id=body.get("change_log"),
    )
    return list(changes.values_list("pk", flat=True))
