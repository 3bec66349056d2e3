"""Return the reviews of versions, whatever the draft shows now: for content that a course took from a library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from openedx_content.models_api import PublishableEntity, PublishableEntityVersion

from ..data import VersionOverview
from ..keys import with_keys
from ..models import ReviewedStatus, covered_by_review

__all__ = ["get_version_overviews"]


def get_version_overviews(versions: Iterable[tuple[PublishableEntity.ID, int]], /) -> list[VersionOverview]:
    """
    Return one overview for each of these versions, given as entity id and ``version_num``, in their order.

    Duplicates and versions that do not exist are left out. A version may be the draft, live, old, or of a deleted
    entity.

    Meant for a page, not for a whole library: the ids go into the queries. Three queries for any number. Does not check
    permissions.
    """
    wanted = dict.fromkeys(versions)
    entity_ids = {entity_id for entity_id, _version_num in wanted}
    entities = with_keys(PublishableEntity.objects.filter(pk__in=entity_ids)).in_bulk()
    # Finds more than is wanted: a condition for each pair would be nested deeper than SQLite allows, if there are many.
    covered = covered_by_review(entity="entity", version="pk")
    rows = (
        PublishableEntityVersion.objects.filter(
            entity__in=entity_ids, version_num__in={version_num for _entity_id, version_num in wanted}
        )
        .annotate(is_reviewed=covered)
        .values_list("entity_id", "version_num", "id", "title", "is_reviewed")
    )
    found = {(row[0], row[1]): row[2:] for row in rows if (row[0], row[1]) in wanted}
    reviews = _reviews_of([version_id for version_id, _title, _is_reviewed in found.values()])
    overviews = []
    for entity_id, version_num in wanted:
        if (entity_id, version_num) in found:
            version_id, title, is_reviewed = found[entity_id, version_num]
            overviews.append(
                VersionOverview(
                    entity=entities[entity_id],
                    title=title,
                    version_num=version_num,
                    is_reviewed=bool(is_reviewed),
                    reviews=tuple(reviews[version_id]),
                )
            )
    return overviews


def _reviews_of(version_ids: list[int]) -> dict[int | None, list[ReviewedStatus]]:
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
