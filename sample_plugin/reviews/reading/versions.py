"""Return the reviews of versions, whatever the draft shows now: for content that a course took from a library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from openedx_content.models_api import PublishableEntity, PublishableEntityVersion

from ..evidence.data import LiveEvidence
from ..evidence.versions import get_version_evidence
from ..keys import with_keys
from ..models import ReviewedStatus, covered_by_review

__all__ = ["VersionOverview", "get_version_overviews"]


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionOverview:
    """
    Everything that a screen shows about one version of an entity and its reviews.

    A version that is live, or was, is shown as it was judged the last time that it went live. Any other is shown as it
    would be judged today.
    """

    entity: PublishableEntity
    title: str
    """The title of this version, not of the draft."""
    version_num: int
    is_reviewed: bool
    """
    Whether enough reviewers have approved this version: then, if it was live, and that is on record; today, if it never
    was. The content of a container is not checked.
    """
    reviews: tuple[ReviewedStatus, ...]
    """
    The reviews of exactly this version, oldest first, including carried-over ones: those that stood then, also if they
    were withdrawn later; of a version that never was live, those in force.
    """
    evidence: LiveEvidence | None
    """How it went live the last time; None if it never was live."""

    @property
    def reviewer_count(self) -> int:
        """How many different people gave these reviews; all deleted accounts count as one."""
        return len({review.reviewer_id for review in self.reviews})


def get_version_overviews(versions: Iterable[tuple[PublishableEntity.ID, int]], /) -> list[VersionOverview]:
    """
    Return one overview for each of these versions, given as entity id and ``version_num``, in their order.

    Duplicates and versions that do not exist are left out. A version may be the draft, live, old, or of a deleted
    entity.

    Meant for a page, not for a whole library: the ids go into the queries. Four queries for any number, and five more
    if any of them is live, or was. Does not check permissions.
    """
    wanted = dict.fromkeys(versions)
    entity_ids = {entity_id for entity_id, _version_num in wanted}
    entities = with_keys(PublishableEntity.objects.filter(pk__in=entity_ids)).in_bulk()
    # Finds more than is wanted: a condition for each pair would be nested deeper than SQLite allows, if there are many.
    rows = (
        PublishableEntityVersion.objects.filter(
            entity__in=entity_ids, version_num__in={version_num for _entity_id, version_num in wanted}
        )
        .annotate(is_reviewed=covered_by_review(entity="entity", version="pk"))
        .values_list("entity_id", "version_num", "id", "title", "is_reviewed")
    )
    found = {(row[0], row[1]): row[2:] for row in rows if (row[0], row[1]) in wanted}
    version_ids = [version_id for version_id, _title, _is_reviewed in found.values()]
    evidence = get_version_evidence(version_ids)
    reviews = _reviews_of([version_id for version_id in version_ids if version_id not in evidence])
    overviews = []
    for entity_id, version_num in wanted:
        if (entity_id, version_num) in found:
            version_id, title, is_reviewed_today = found[entity_id, version_num]
            then = evidence.get(version_id)
            overviews.append(
                VersionOverview(
                    entity=entities[entity_id],
                    title=title,
                    version_num=version_num,
                    is_reviewed=then.is_reviewed if then else bool(is_reviewed_today),
                    reviews=then.approvals if then else tuple(reviews[version_id]),
                    evidence=then,
                )
            )
    return overviews


def _reviews_of(version_ids: Collection[int]) -> dict[int | None, list[ReviewedStatus]]:
    # By the version, not by its number: 0 is the number of a deletion, which has no version.
    reviews: dict[int | None, list[ReviewedStatus]] = defaultdict(list)
    for review in (
        ReviewedStatus.objects.in_force()
        .reviews()
        .filter(version__in=version_ids)
        .select_related("reviewer")
        .order_by("created", "pk")
    ):
        reviews[review.version_id].append(review)
    return reviews
