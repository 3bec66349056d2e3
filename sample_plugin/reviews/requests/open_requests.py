"""
Which requests for a review are open, and for whom they wait.

Nothing ends a request but the database's own state: a receiver that closes requests when something is published would
one day not be called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from openedx_content.models_api import LearningPackage, PublishableEntity

from ..composed import composed_once
from ..data import OpenRequest
from ..drafts.changes import change_of_live, changed_entities_in
from ..models import ReviewRequest, has_verdict_of

__all__ = ["Asked", "find_asked", "get_open_requests", "has_open_request"]


@dataclass(slots=True)
class Asked:
    """For whom an open request waits, and until when."""

    due: date | None
    awaited: set[int] = field(default_factory=set)
    """The people that it names and who have given no verdict on the draft; empty: it waits for all who may review."""


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
    asked = _asked(_people(entities)) if found else {}
    return {
        entity_id: OpenRequest(request=request, awaited=frozenset(asked[entity_id].awaited))
        for entity_id, request in found.items()
        if entity_id in asked
    }


def find_asked(learning_package_ids: Collection[LearningPackage.ID]) -> dict[PublishableEntity.ID, Asked]:
    """
    Return for whom the open requests of these packages wait, by the changes that they are about.

    The ids go into the query. One query.
    """
    return _asked(_load_people(package_ids=learning_package_ids))


@composed_once(ReviewRequest)
def _load_people(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ReviewRequest, Any]:
    return _people(changed_entities_in(package_ids))


def _people(entities: QuerySet[PublishableEntity]) -> QuerySet[ReviewRequest, Any]:
    """Return a row for each named person, or one with NULL: entity, day, person, and whether there is a verdict."""
    has_verdict: Any = has_verdict_of(OuterRef("reviewers"), entity="entity", version="entity__draft__version")
    requests: QuerySet[Any, Any] = _last_requests(entities).annotate(has_verdict=has_verdict)
    return requests.values_list("entity", "due", "reviewers", "has_verdict")


def _last_requests(entities: QuerySet[PublishableEntity]) -> QuerySet[ReviewRequest]:
    return ReviewRequest.objects.filter(latest=True, entity__in=entities.filter(has_open_request()).values("pk"))


def _asked(rows: Iterable[tuple[Any, ...]]) -> dict[PublishableEntity.ID, Asked]:
    asked: dict[PublishableEntity.ID, Asked] = {}
    for entity_id, due, person_id, has_verdict in rows:
        of_entity = asked.setdefault(entity_id, Asked(due))
        if person_id is not None and not has_verdict:
            of_entity.awaited.add(person_id)
    return asked
