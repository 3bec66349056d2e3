"""
Which requests for a review are open, and for whom they wait.

Nothing ends a request but the database's own state: a receiver that closes requests when something is published would
one day not be called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from openedx_content.models_api import LearningPackage, PublishableEntity

from ..composed import composed_once
from ..data import OpenRequest
from ..drafts.changes import change_of_live, changed_entities
from ..models import ReviewRequest, has_verdict_of

__all__ = ["find_awaited", "get_open_requests", "has_open_request"]


def has_open_request() -> Q:
    """
    Return the condition under which a ``PublishableEntity`` has an open request for a review.

    Its last request counts, unless it was withdrawn. The request ends when the draft and what is live become the same,
    by a publish or because the change is discarded. Edits do not end it. So it is open if the change that it was made
    for came after the last one by which the draft showed what is live now.
    """
    last = ReviewRequest.objects.filter(entity=OuterRef("pk"), latest=True).order_by()
    asked = Subquery(last.values("draft_change_log_record")[:1])
    # Without a request, NULL would be neither true nor false.
    return Q(GreaterThan(Coalesce(asked, 0, output_field=BigIntegerField()), Coalesce(change_of_live(), 0)))


def get_open_requests(entity_ids: Collection[PublishableEntity.ID]) -> dict[PublishableEntity.ID, OpenRequest]:
    """
    Return the open requests about these entities, with the people that each is about; others are missing.

    The ids go into the query. One query; three if any request is open.
    """
    entities = PublishableEntity.objects.filter(pk__in=entity_ids)
    requests = _last_requests(entities).select_related("requested_by").prefetch_related("reviewers")
    found = {request.entity_id: request for request in requests}
    awaited = _awaited(_people(entities)) if found else {}
    return {
        entity_id: OpenRequest(request=request, awaited=awaited.get(entity_id, frozenset()))
        for entity_id, request in found.items()
    }


def find_awaited(learning_package_id: LearningPackage.ID) -> dict[PublishableEntity.ID, frozenset[int]]:
    """
    Return, for each unpublished change of the package with an open request, the people for whom it waits.

    These are the people that the request names and who have given no verdict on the draft. Empty for a request that
    waits for everyone who may review: it names nobody, or all whom it names have given their verdicts. One query.
    """
    return _awaited(_load_people(package_id=learning_package_id))


@composed_once(ReviewRequest)
def _load_people(package_id: LearningPackage.ID) -> QuerySet[ReviewRequest, Any]:
    return _people(changed_entities(package_id))


def _people(entities: QuerySet[PublishableEntity]) -> QuerySet[ReviewRequest, Any]:
    """Return a row for each named person, or one with NULL: the entity, the person, whether there is a verdict."""
    has_verdict: Any = has_verdict_of(OuterRef("reviewers"), entity="entity", version="entity__draft__version")
    requests: QuerySet[Any, Any] = _last_requests(entities).annotate(has_verdict=has_verdict)
    return requests.values_list("entity", "reviewers", "has_verdict")


def _last_requests(entities: QuerySet[PublishableEntity]) -> QuerySet[ReviewRequest]:
    return ReviewRequest.objects.filter(latest=True, entity__in=entities.filter(has_open_request()).values("pk"))


def _awaited(rows: Iterable[tuple[Any, ...]]) -> dict[PublishableEntity.ID, frozenset[int]]:
    people: dict[PublishableEntity.ID, set[int]] = defaultdict(set)
    for entity_id, person_id, has_verdict in rows:
        of_entity = people[entity_id]
        if person_id is not None and not has_verdict:
            of_entity.add(person_id)
    return {entity_id: frozenset(of_entity) for entity_id, of_entity in people.items()}
