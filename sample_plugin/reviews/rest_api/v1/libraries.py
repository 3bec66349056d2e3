"""A library: its policy and counts, its changes, and marking many changes as reviewed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLog, LearningPackage, PublishableEntity
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from ... import api, keys
from ...rules import CAN_MANAGE_POLICY, CAN_REVIEW
from .base import ExpensiveThrottle, Pagination, ReviewsView, permissions_of
from .conditional import tag_of, unless_known
from .errors import CODES, Conflict, NotFoundHere
from .policy_serializers import PolicyChangeSerializer, PolicySerializer
from .schema import describe
from .serializers import (
    EntitySerializer,
    ImportSerializer,
    LibrarySerializer,
    ListQuerySerializer,
    MarkChangeLogReviewedSerializer,
    MarkedSerializer,
    MarkManyReviewedSerializer,
    reviews_context,
)

_RECORD = "draft_change_log_record_id"


class LibraryView(ReviewsView):
    """A library: its review policy, and the state of its reviews."""

    @describe(responses={200: LibrarySerializer}, conditional=True)
    def get(self, request: Request, library_key: str) -> Response:
        """Show whether the library requires reviews, their state, and your permissions."""
        package = self.get_package(library_key)
        may = permissions_of(request.user, package)
        revision = api.get_fingerprint(package.id)
        return unless_known(request, tag_of(request, revision, may), lambda: self._answer(package, may, revision))

    @describe(request=PolicySerializer, responses={200: LibrarySerializer})
    def patch(self, request: Request, library_key: str) -> Response:
        """
        Set whether the library requires reviews, by how many reviewers, who may review, and when a review starts.

        All of it or nothing. A weaker rule needs a reason.
        """
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        policy = PolicySerializer(data=request.data)
        policy.is_valid(raise_exception=True)
        api.change_policy(package.id, changed_by=self.user_id, **policy.validated_data)
        return self._answer(package, permissions_of(request.user, package), api.get_fingerprint(package.id))

    def _answer(self, package: LearningPackage, may: dict[str, bool], revision: str) -> Response:
        overview = api.get_package_overview(
            package.id, viewer_id=self.user_id, may_review=may["review"], fingerprint=revision
        )
        # Where nothing is refused, a publisher learns afterwards what was not reviewed.
        is_told = overview.mode == api.ReviewMode.ADVISORY and may["publish_reviewed"]
        last_publish = api.get_last_judgement(package.id) if is_told else None
        context = {"may": may, "revision": revision, "last_publish": last_publish}
        return Response(LibrarySerializer(overview, context=context).data)


class PolicyHistoryView(ReviewsView):
    """The changes of a library's policy."""

    pagination_class = Pagination

    @describe(responses={200: PolicyChangeSerializer(many=True)})
    def get(self, request: Request, library_key: str) -> Response:
        """List the changes of the library's policy, newest first: who, when, why, and from what to what."""
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(api.get_policy_history(package.id), request, view=self)
        periods = {period.ended_by_id: period for period in api.get_open_periods(package.id)}
        answer = PolicyChangeSerializer(page, many=True, context={"periods": periods})
        return paginator.get_paginated_response(answer.data)


class LibraryEntitiesView(ReviewsView):
    """The entities with unpublished changes in a library."""

    pagination_class = Pagination

    @describe(
        parameters=[ListQuerySerializer],
        responses={200: EntitySerializer(many=True)},
        errors=(status.HTTP_400_BAD_REQUEST,),
    )
    def get(self, request: Request, library_key: str) -> Response:
        """List the entities with unpublished changes of their own, deletions included."""
        package = self.get_package(library_key)
        # A plain dict: DRF would look for lists in names such as "kind[0]", too.
        query = ListQuerySerializer(data={**request.query_params.dict(), "kind": request.query_params.getlist("kind")})
        query.is_valid(raise_exception=True)
        order = query.validated_data["order"]
        wanted: dict[str, Any] = {
            "state": api.ReviewState(query.validated_data["state"]),
            "kinds": query.validated_data["kind"],
            "text": query.validated_data["text"],
            "changed_by": self.user_id if query.validated_data["mine"] else None,
            "draft_change_log_id": query.validated_data.get("change_log"),
            "inside": find_container(package, query.validated_data["inside"]),
            "order": api.ChangeOrder(order.removeprefix("-")),
            "descending": order.startswith("-"),
        }
        # All at once: to find the first hundred, and to count them, the database has to look at each of them twice.
        ids = api.kept_under(
            api.get_fingerprint(package.id),
            f"changes {package.id} {wanted!r}",
            lambda: list(api.find_changes(package.id, **wanted).values_list("pk", flat=True)),
        )
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(ids, request, view=self)
        overviews = api.get_entity_overviews(page, viewer_id=request.user.pk)
        may_review = {package.id: request.user.has_perm(CAN_REVIEW, package)}
        context = {"may_review": may_review, **reviews_context(overview.entity for overview in overviews)}
        answer = EntitySerializer(overviews, many=True, context=context)
        return paginator.get_paginated_response(answer.data)


class LibraryReviewsView(ReviewsView):
    """Marking many changes of a library as reviewed."""

    throttle_classes = [ExpensiveThrottle]

    @describe(
        request=MarkManyReviewedSerializer,
        responses={200: MarkedSerializer},
        errors=(status.HTTP_409_CONFLICT, status.HTTP_429_TOO_MANY_REQUESTS),
    )
    def post(self, request: Request, library_key: str) -> Response:
        """
        Mark many changes as reviewed, each as you saw it: all of them, or none if any cannot be reviewed.

        Then the answer is a 409 with the reasons in ``details.items``. Repeating it changes nothing.
        """
        package = self.get_package(library_key, CAN_REVIEW)
        body = MarkManyReviewedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        seen, unknown = _find(package, body.validated_data["items"])
        if unknown:
            raise Conflict(
                _("Nothing was marked: some keys are not in this library."), "unknown_keys", {"items": unknown}
            )
        try:
            reviews = api.mark_many_reviewed(
                {entity_id: record_id for entity_id, (_key, record_id) in seen.items()},
                reviewer_id=self.user_id,
                note=body.validated_data["note"],
            )
        except api.ManyReviewsError as exc:
            refused = [
                {"key": seen[entity_id][0], "code": CODES[type(error)], "detail": str(error)}
                for entity_id, error in exc.errors.items()
            ]
            raise Conflict(str(exc), "not_all_reviewable", {"items": refused}) from exc
        return Response(MarkedSerializer({"reviewed": len(reviews)}).data)


class ImportsView(ReviewsView):
    """The imports into a library that are not completely published."""

    pagination_class = Pagination

    @describe(responses={200: ImportSerializer(many=True)})
    def get(self, request: Request, library_key: str) -> Response:
        """List the imports with unpublished changes, newest first, with the state of their reviews."""
        package = self.get_package(library_key)
        imports = api.get_import_overviews(package.id, viewer_id=self.user_id)
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(imports, request, view=self)
        context = {"may_review": request.user.has_perm(CAN_REVIEW, package)}
        return paginator.get_paginated_response(ImportSerializer(page, many=True, context=context).data)


class ChangeLogReviewsView(ReviewsView):
    """Marking the changes of one change log, such as an import, as reviewed."""

    throttle_classes = [ExpensiveThrottle]

    @describe(
        request=MarkChangeLogReviewedSerializer,
        responses={200: MarkedSerializer},
        errors=(status.HTTP_409_CONFLICT, status.HTTP_429_TOO_MANY_REQUESTS),
    )
    def post(self, request: Request, library_key: str, change_log_id: str) -> Response:
        """
        Mark the changes of one change log as reviewed: all of them or none.

        Changes that were edited or published since are left out. Repeating it changes nothing.
        """
        package = self.get_package(library_key, CAN_REVIEW)
        body = MarkChangeLogReviewedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        require_change_log(package, change_log_id)
        reviews = api.mark_change_log_reviewed(int(change_log_id), reviewer_id=self.user_id, **body.validated_data)
        return Response(MarkedSerializer({"reviewed": len(reviews)}).data)


def require_change_log(package: LearningPackage, change_log_id: str | int) -> None:
    """Raise ``NotFoundHere`` unless this is the id of a change log of this package, and not of another one."""
    # Some databases crash on an id that is larger than they can store.
    is_id = str(change_log_id).isdecimal() and int(change_log_id) < 2**63
    if not is_id or not DraftChangeLog.objects.filter(pk=change_log_id, learning_package=package.id).exists():
        raise NotFoundHere(_("This library has no such change log."))


def find_container(package: LearningPackage, key: str) -> PublishableEntity.ID | None:
    """Return the id of the item with this key; None without a key. Raises ``ValidationError``."""
    if not key:
        return None
    found, unknown = find_items(package, [key])
    if unknown:
        raise ValidationError({"inside": [unknown[0]["detail"]]})
    return found[key].id


def find_items(
    package: LearningPackage, wanted: Collection[str]
) -> tuple[dict[str, PublishableEntity], list[dict[str, str]]]:
    """Return the entities by these keys, and what to say about each key that this package does not have."""
    parsed = keys.parse_keys(wanted)
    entities = keys.find_entities(parsed.values(), [package])
    found = {key: entities[parsed[key]] for key in parsed if parsed[key] in entities}
    detail = _("There is no item with this key in this library.")
    return found, [{"key": key, "code": "not_found", "detail": detail} for key in wanted if key not in found]


def _find(
    package: LearningPackage, items: list[dict[str, Any]]
) -> tuple[dict[PublishableEntity.ID, tuple[str, int]], list[dict[str, str]]]:
    """Return each item's key and record by the entity's id, and the keys that this package does not have."""
    found, unknown = find_items(package, [item["key"] for item in items])
    seen: dict[PublishableEntity.ID, tuple[str, int]] = {}
    for item in items:
        entity = found.get(item["key"])
        if entity and seen.setdefault(entity.id, (item["key"], item[_RECORD]))[1] != item[_RECORD]:
            raise ValidationError(
                {"items": _("“{key}” is listed twice with different changes: list it once.").format(key=item["key"])}
            )
    return seen, unknown
