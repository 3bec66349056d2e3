"""List the changes that wait in a library."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.db.models import (
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import Exact, GreaterThan
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishableEntityVersionDependency

from ..conf import ReviewStarts
from ..drafts.changes import change_of_draft, change_of_live, changed_entities, put_there_by
from ..drafts.contributors import author_of_draft
from ..models import ReviewedStatus, changes_requested, covered_by_review, has_review
from ..policy import get_review_starts
from ..requests.open_requests import has_open_request

__all__ = [
    "ChangeOrder",
    "ReviewState",
    "find_changes",
    "is_outdated",
    "with_review",
]


class ReviewState(StrEnum):
    """Which changes to list."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    #: Those unreviewed changes that a reviewer had reviewed before the latest edit.
    OUTDATED = "outdated"
    #: Those unreviewed changes that have an open request for changes.
    CHANGES_REQUESTED = "changes_requested"
    #: Those other unreviewed changes that wait for nobody, because nobody has asked for a review.
    IN_PROGRESS = "in_progress"


class ChangeOrder(StrEnum):
    """The order of the list."""

    TITLE = "title"
    CHANGED = "changed"
    STATE = "state"


def _is_in_progress() -> Q:
    """Return the condition under which a change waits for nobody, where a review starts when an author asks."""
    draft = {"entity": "pk", "version": "draft__version"}
    return ~covered_by_review(**draft) & ~changes_requested(**draft) & ~has_open_request()


def find_changes(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    state: ReviewState = ReviewState.ALL,
    kinds: Collection[str] = (),
    text: str = "",
    changed_by: int | None = None,
    inside: PublishableEntity.ID | None = None,
    draft_change_log_id: int | None = None,
    order: ChangeOrder = ChangeOrder.TITLE,
    descending: bool = False,
) -> QuerySet[PublishableEntity]:
    """
    Return the entities with unpublished changes of their own, deletions included, that match all of these filters.

    ``kinds``: as in :class:`.EntityOverview`; empty for all kinds. ``text``: part of a title, or of the code that a key
    is made of. ``changed_by``: the id of the author who last changed what the draft shows. ``inside``: a container;
    matches the container and all that publishing it would publish as well (pinned versions are listed with the
    container that pins them). ``draft_change_log_id``: only what this change log put in place. The order is total, so
    pages have no gaps and no overlaps. ``ChangeOrder.STATE`` puts unreviewed changes first.

    One lazy query, and with ``inside`` one more at once for each level of containers; with ``ReviewState.IN_PROGRESS``
    one more at once for the policy. Does not check permissions.
    """
    found = with_review(changed_entities(learning_package_id))
    match state:
        case ReviewState.REVIEWED:
            found = found.filter(is_reviewed=True)
        case ReviewState.UNREVIEWED:
            found = found.filter(is_reviewed=False)
        case ReviewState.OUTDATED:
            found = found.filter(is_outdated())
        case ReviewState.CHANGES_REQUESTED:
            found = found.filter(changes_requested(entity="pk", version="draft__version"))
        case ReviewState.IN_PROGRESS:
            is_possible = get_review_starts(learning_package_id) == ReviewStarts.WHEN_ASKED
            found = found.filter(_is_in_progress()) if is_possible else found.none()
    if changed_by is not None:
        found = found.filter(Exact(author_of_draft(), changed_by))
    if draft_change_log_id is not None:
        found = found.filter(Exists(put_there_by(draft_change_log=draft_change_log_id).filter(entity=OuterRef("pk"))))
    if inside is not None:
        found = found.filter(pk__in=_all_inside(inside))
    if kinds:
        kind = Q(container__container_type__type_code__in=set(kinds))
        if "component" in kinds:
            kind |= Q(component__isnull=False)
        found = found.filter(kind)
    if text:
        # In lower case by hand: core keeps codes in a collation in which MySQL's LIKE distinguishes "Salt" from "salt".
        found = found.alias(
            component_code=Lower("component__component_code"), container_code=Lower("container__container_code")
        ).filter(
            Q(draft__version__title__icontains=text)
            | Q(draft__version=None, published__version__title__icontains=text)
            | Q(component_code__contains=text.lower())
            | Q(container_code__contains=text.lower())
        )
    match order:
        case ChangeOrder.TITLE:
            title = Lower(Coalesce("draft__version__title", "published__version__title", Value("")))
            found = found.alias(position=title)
        case ChangeOrder.CHANGED:
            found = found.alias(position=change_of_draft())
        case ChangeOrder.STATE:
            found = found.alias(position=F("is_reviewed"))
    sign = "-" if descending else ""
    ordered: QuerySet[PublishableEntity] = found.order_by(f"{sign}position", f"{sign}pk")
    return ordered


def with_review(entities: QuerySet[PublishableEntity]) -> QuerySet[Any]:
    """Add ``is_reviewed``, by the one rule."""
    return entities.annotate(is_reviewed=covered_by_review(entity="pk", version="draft__version"))


def _all_inside(container_id: PublishableEntity.ID) -> set[PublishableEntity.ID]:
    """Return this entity and everything that its draft depends on. A pinned version is part of it, and not included."""
    found: set[PublishableEntity.ID] = set()
    level = {container_id}
    while level:
        found |= level
        below = PublishableEntityVersionDependency.objects.filter(referring_version__draft__entity__in=level)
        level = set(below.values_list("referenced_entity_id", flat=True)) - found
    return found


def is_outdated() -> Q:
    """
    Return the condition under which the entity was reviewed since it was last published, but its draft was not.

    If two reviewers are required, a change that one has reviewed is not outdated.
    """
    # No reviewer has looked at a carried-over version; the review that it comes from counts.
    given = ReviewedStatus.objects.in_force().reviews().filter(entity=OuterRef("pk"), carried_over_from=None)
    # Compares two ids rather than using Exists, for which MariaDB reads all reviews if the library is large.
    newest = given.order_by().values("entity").annotate(newest=Max("draft_change_log_record")).values("newest")
    # A review of a change that came after what is live. If core has no record of what is live, of any change.
    is_reviewed_since = Q(GreaterThan(Subquery(newest), Coalesce(change_of_live(), 0)))
    return is_reviewed_since & ~has_review(entity="pk", version="draft__version")
