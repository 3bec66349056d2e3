"""List and count the changes that wait in a library."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.db.models import (
    Count,
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

from ..composed import composed_once
from ..conf import ReviewStarts
from ..data import OwnChanges, PackageOverview, WaitingCounts
from ..drafts.changes import change_of_draft, change_of_live, changed_entities, put_there_by
from ..drafts.contributors import author_of_draft
from ..drafts.own_changes import touched_by
from ..models import ReviewedStatus, changes_requested, covered_by_review, has_review
from ..policy import get_review_starts, policy_of
from ..publishing.plan import count_skipped
from ..requests.open_requests import has_open_request
from .fingerprint import kept_under
from .waiting import count_to_review

__all__ = [
    "ChangeOrder",
    "ReviewState",
    "find_changes",
    "get_package_overview",
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


def get_package_overview(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    viewer_id: int | None = None,
    may_review: bool = True,
    fingerprint: str | None = None,
) -> PackageOverview:
    """
    Return the title, the policy and the counts of one learning package.

    ``may_review``: whether the viewer has the permission to review in the package; without it, nothing waits for a
    review by this viewer. ``fingerprint``: of this package, see :func:`get_fingerprint`; what was counted under the
    same one before is not counted again.

    Two queries, and four more if anything is reviewed; one for what is in progress, if a review starts when an author
    asks. One for the viewer's own changes; one for what waits for the viewer, and in most cases three or four more, see
    :func:`.count_to_review`. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    package = LearningPackage.objects.select_related("review_policy").get(pk=learning_package_id)
    in_force = policy_of(package)
    unpublished, reviewed, requested, skipped, in_progress = kept_under(
        fingerprint, f"counts {package.id}", lambda: _count_all(package.id, in_force.review_starts)
    )
    mine, waits_for_me = None, None
    if viewer_id is not None:
        mine = _own_changes(package.id, viewer_id, fingerprint)
        to_review = (
            count_to_review(package.id, viewer_id=viewer_id, in_force=in_force, fingerprint=fingerprint)
            if may_review
            else 0
        )
        waits_for_me = WaitingCounts(to_review=to_review, to_answer=mine.changes_requested)
    return PackageOverview(
        learning_package=package,
        mode=in_force.mode,
        review_required=in_force.review_required,
        policy=in_force.policy,
        required_reviewers=in_force.required_reviewers,
        who_may_review=in_force.who_may_review,
        unpublished=unpublished,
        reviewed=reviewed,
        unreviewed=unpublished - reviewed,
        skipped=skipped,
        changes_requested=requested,
        in_progress=in_progress,
        review_starts=in_force.review_starts,
        mine=mine,
        waits_for_me=waits_for_me,
    )


def _count_all(package_id: LearningPackage.ID, starts: ReviewStarts) -> tuple[int, int, int, int, int]:
    # No row if nothing has changed.
    counted = _count(package_id=package_id)
    unpublished, reviewed, requested = counted[0] if counted else (0, 0, 0)
    skipped = count_skipped(package_id) if reviewed else 0
    return unpublished, reviewed, requested, skipped, _count_in_progress(package_id, starts)


def _own_changes(package_id: LearningPackage.ID, viewer_id: int, fingerprint: str | None) -> OwnChanges:
    counted = kept_under(
        fingerprint,
        f"own {package_id} {viewer_id}",
        lambda: _count_own(package_id=package_id, viewer_id=viewer_id),
    )
    unpublished, unreviewed, requested, outdated = counted[0] if counted else (0, 0, 0, 0)
    return OwnChanges(unpublished=unpublished, unreviewed=unreviewed, changes_requested=requested, outdated=outdated)


@composed_once(PublishableEntity)
def _count_own(package_id: LearningPackage.ID, viewer_id: int) -> QuerySet[PublishableEntity, Any]:
    counted: QuerySet[PublishableEntity, Any] = (
        # To find the author of a change takes long. Nobody is one who has left no trace, and traces are found quickly.
        _with_states(package_id)
        .filter(touched_by(viewer_id))
        .filter(Exact(author_of_draft(), viewer_id))
        .alias(is_outdated=is_outdated())
        .order_by()
        .values("learning_package")
        .annotate(
            unpublished=Count("pk"),
            unreviewed=Count("pk", filter=Q(is_reviewed=False)),
            requested=Count("pk", filter=Q(is_requested=True)),
            outdated=Count("pk", filter=Q(is_outdated=True)),
        )
        .values_list("unpublished", "unreviewed", "requested", "outdated")
    )
    return counted


@composed_once(PublishableEntity)
def _count(package_id: LearningPackage.ID) -> QuerySet[PublishableEntity, Any]:
    counted: QuerySet[PublishableEntity, Any] = (
        _with_states(package_id)
        .order_by()
        .values("learning_package")
        .annotate(
            unpublished=Count("pk"),
            reviewed=Count("pk", filter=Q(is_reviewed=True)),
            requested=Count("pk", filter=Q(is_requested=True)),
        )
        .values_list("unpublished", "reviewed", "requested")
    )
    return counted


def _count_in_progress(learning_package_id: LearningPackage.ID, starts: ReviewStarts) -> int:
    if starts == ReviewStarts.EVERY_SAVE:
        return 0
    return len(_load_in_progress(package_id=learning_package_id))


@composed_once(PublishableEntity)
def _load_in_progress(package_id: LearningPackage.ID) -> QuerySet[PublishableEntity, Any]:
    return changed_entities(package_id).filter(_is_in_progress()).order_by().values_list("pk")


def _is_in_progress() -> Q:
    """Return the condition under which a change waits for nobody, where a review starts when an author asks."""
    draft = {"entity": "pk", "version": "draft__version"}
    return ~covered_by_review(**draft) & ~changes_requested(**draft) & ~has_open_request()


def _with_states(package_id: LearningPackage.ID) -> QuerySet[Any]:
    return changed_entities(package_id).alias(
        is_reviewed=covered_by_review(entity="pk", version="draft__version"),
        is_requested=changes_requested(entity="pk", version="draft__version"),
    )


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
