"""Count the changes that wait in a library: all of them, the viewer's own, and those that wait for the viewer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact, IsNull
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishableEntityVersionDependency

from ..composed import composed_once
from ..conf import ReviewStarts
from ..data import OwnChanges, PackageOverview, WaitingCounts
from ..drafts.changes import change_of_draft, changed_entities
from ..drafts.contributors import author_of_draft
from ..drafts.own_changes import find_forbidden, touched_by
from ..models import ReviewRequest, changes_requested, covered_by_review, has_verdict_of
from ..policy import PolicyInForce, policy_of
from ..publishing.plan import count_skipped
from ..requests.open_requests import Asked, find_asked
from .changes import is_outdated
from .fingerprint import kept_under

__all__ = ["get_package_overview"]

_DRAFT = {"entity": "pk", "version": "draft__version"}


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

    Two queries, and four more if a container is reviewed; one if a review was requested of anything. One for the
    viewer's traces; if there are any, one for the viewer's own changes, and as many as :func:`.find_forbidden` takes:
    in most cases one or two. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    package = LearningPackage.objects.select_related("review_policy").get(pk=learning_package_id)
    in_force = policy_of(package)
    found = _Found(package.id, in_force, viewer_id=viewer_id, fingerprint=fingerprint)
    counts = kept_under(fingerprint, f"counts of {package.id}", found.count_all)
    mine, waits_for_me = None, None
    if viewer_id is not None:
        viewer = f"{package.id} {viewer_id}"
        mine = OwnChanges(**kept_under(fingerprint, f"own changes {viewer}", found.count_own))
        to_review = kept_under(fingerprint, f"to review {viewer}", found.count_to_review) if may_review else 0
        waits_for_me = WaitingCounts(to_review=to_review, to_answer=mine.changes_requested)
    return PackageOverview(
        learning_package=package,
        mode=in_force.mode,
        review_required=in_force.review_required,
        policy=in_force.policy,
        required_reviewers=in_force.required_reviewers,
        who_may_review=in_force.who_may_review,
        review_starts=in_force.review_starts,
        mine=mine,
        waits_for_me=waits_for_me,
        **counts,
    )


class _Found:
    """What the counts are made from: each is loaded if something is counted from it, and only once."""

    def __init__(
        self,
        package_id: LearningPackage.ID,
        in_force: PolicyInForce,
        *,
        viewer_id: int | None,
        fingerprint: str | None,
    ) -> None:
        self.package_id = package_id
        self.in_force = in_force
        self.viewer_id = viewer_id or 0
        self.fingerprint = fingerprint

    @cached_property
    def changes(self) -> list[_Change]:
        """The unpublished changes."""
        return [_Change(*row) for row in _load_changes(package_id=self.package_id)]

    @cached_property
    def waiting(self) -> tuple[set[PublishableEntity.ID], bool]:
        """The changes that can be reviewed now and are not; and whether a review of any change was requested."""
        ids, was_any_asked = kept_under(self.fingerprint, f"waiting {self.package_id}", self._find_waiting)
        return set(ids), was_any_asked

    def _find_waiting(self) -> tuple[list[PublishableEntity.ID], bool]:
        waiting = [change for change in self.changes if change.is_waiting]
        return (
            [change.entity_id for change in waiting if change.has_record],
            any(change.was_asked for change in waiting),
        )

    @cached_property
    def asked(self) -> dict[PublishableEntity.ID, Asked]:
        """The changes for which an author has asked."""
        return find_asked([self.package_id])

    @cached_property
    def traces(self) -> dict[PublishableEntity.ID, _Trace]:
        """The changes that the viewer has touched, or has a verdict on."""
        rows = _load_traces(package_id=self.package_id, viewer_id=self.viewer_id)
        return {entity_id: _Trace(*trace) for entity_id, *trace in rows}

    @property
    def has_touched_any(self) -> bool:
        """Whether the viewer has touched any of the changes."""
        return any(trace.is_touched for trace in self.traces.values())

    def count_all(self) -> dict[str, int]:
        """Return the counts that are the same for all viewers."""
        reviewed = sum(change.is_reviewed for change in self.changes)
        in_progress = 0
        if self.in_force.review_starts == ReviewStarts.WHEN_ASKED:
            waiting = [change for change in self.changes if change.is_waiting]
            asked = self.asked if any(change.was_asked for change in waiting) else {}
            in_progress = sum(change.entity_id not in asked for change in waiting)
        return {
            "unpublished": len(self.changes),
            "reviewed": reviewed,
            "unreviewed": len(self.changes) - reviewed,
            "skipped": (
                count_skipped(self.package_id) if any(one.is_reviewed and one.has_parts for one in self.changes) else 0
            ),
            "changes_requested": sum(change.is_requested for change in self.changes),
            "in_progress": in_progress,
        }

    def count_own(self) -> dict[str, int]:
        """Return the counts of the viewer's own changes."""
        of_viewer = {"package_id": self.package_id, "viewer_id": self.viewer_id}
        rows = _count_own(**of_viewer) if self.has_touched_any else []
        # No row either if the viewer is the author of none.
        return dict(zip(_OWN, rows[0] if rows else (0, 0, 0, 0), strict=True))

    def count_to_review(self) -> int:
        """Return how many changes wait for a review by the viewer: the same as :func:`.waits_for` says."""
        waiting, was_any_asked = self.waiting
        if not waiting:
            return 0
        waiting = waiting - {entity_id for entity_id, trace in self.traces.items() if trace.has_verdict}
        asked: Mapping[PublishableEntity.ID, Asked] = self.asked if was_any_asked else {}
        if self.in_force.review_starts == ReviewStarts.WHEN_ASKED:
            waiting &= asked.keys()
        of_others = {pk for pk, one in asked.items() if one.awaited and self.viewer_id not in one.awaited}
        rules = {self.package_id: self.in_force.who_may_review}
        forbidden = find_forbidden(rules, user_id=self.viewer_id) if self.has_touched_any else set()
        return len(waiting - of_others - forbidden)


class _Change(NamedTuple):
    entity_id: PublishableEntity.ID
    is_reviewed: bool
    is_requested: bool
    has_record: bool
    was_asked: bool
    """Whether a review was requested at any time, and the request not withdrawn."""
    has_parts: bool
    """Whether it could be skipped for what it contains."""

    @property
    def is_waiting(self) -> bool:
        return not self.is_reviewed and not self.is_requested


# One pass over all changes: whether a change is reviewed takes most of the time.
@composed_once(PublishableEntity)
def _load_changes(package_id: LearningPackage.ID) -> QuerySet[PublishableEntity, Any]:
    parts = PublishableEntityVersionDependency.objects.filter(referring_version=OuterRef("draft__version"))
    changes: QuerySet[PublishableEntity, Any] = (
        changed_entities(package_id)
        .annotate(
            is_reviewed=covered_by_review(**_DRAFT),
            is_requested=changes_requested(**_DRAFT),
            has_record=IsNull(change_of_draft(), False),
            was_asked=Exists(ReviewRequest.objects.filter(entity=OuterRef("pk"), latest=True)),
            has_parts=Q(container__isnull=False) | Q(Exists(parts)),
        )
        .order_by()
        .values_list("pk", "is_reviewed", "is_requested", "has_record", "was_asked", "has_parts")
    )
    return changes


class _Trace(NamedTuple):
    is_touched: bool
    has_verdict: bool


@composed_once(PublishableEntity)
def _load_traces(package_id: LearningPackage.ID, viewer_id: int) -> QuerySet[PublishableEntity, Any]:
    return (
        changed_entities(package_id)
        .annotate(is_touched=touched_by(viewer_id), has_verdict=has_verdict_of(viewer_id, **_DRAFT))
        .filter(Q(is_touched=True) | Q(has_verdict=True))
        .order_by()
        .values_list("pk", "is_touched", "has_verdict")
    )


_OWN = ("unpublished", "unreviewed", "changes_requested", "outdated")


@composed_once(PublishableEntity)
def _count_own(package_id: LearningPackage.ID, viewer_id: int) -> QuerySet[PublishableEntity, Any]:
    counted: QuerySet[PublishableEntity, Any] = (
        # To find the author of a change takes long, and traces are found quickly: an author has left one.
        changed_entities(package_id)
        .filter(touched_by(viewer_id))
        .filter(Exact(author_of_draft(), viewer_id))
        .alias(
            is_reviewed=covered_by_review(**_DRAFT),
            is_requested=changes_requested(**_DRAFT),
            is_outdated=is_outdated(),
        )
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
