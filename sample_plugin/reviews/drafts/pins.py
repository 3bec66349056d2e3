"""
Find the versions that containers pin: they go live with the container, without a publish of their own.

So a pinned version must be live, have been live, or be covered by its own verdicts. A review of the container does not
cover it: the reviewer of a unit has looked at a list of children.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from openedx_content.models_api import (
    ContainerVersion,
    EntityListRow,
    PublishableEntity,
    PublishableEntityVersion,
)

from ..data import PinnedVersion
from ..keys import with_keys
from ..models import ReviewedStatus, has_been_live
from .changes import draft_changes

__all__ = ["find_pinned", "find_pins_to_review", "find_unready", "pins_to_review"]

# A section holds subsections, which hold units, which hold components: pins can be nested this deep.
_DEPTH = 3


def pins_to_review(version: str, *, before: int | None = None) -> Q:
    """
    Return the condition under which the version in this field of a row pins one that must not go live.

    If a pinned version must not go live without a review, its own pins count as well. ``before``: the id of a publish
    that is being judged, so that what it takes live itself is not taken for live.
    """
    return Q(Exists(_not_ready(OuterRef(version), before, _DEPTH)))


def _not_ready(version: OuterRef, before: int | None, depth: int) -> QuerySet[EntityListRow]:
    below = OuterRef("entity_version")
    # Pins that are nested deeper than in core's own containers are not checked, so they do not go live.
    inside = _not_ready(below, before, depth - 1) if depth > 1 else _pins_of(below)
    return _pins_of(version).filter(
        ~has_been_live("entity_version", before=before), ~_is_covered("entity_version") | Exists(inside)
    )


def _is_covered(version: str) -> Exists:
    return Exists(ReviewedStatus.objects.of_version(OuterRef(version)).that_suffice())


def _pins_of(version: OuterRef) -> QuerySet[EntityListRow]:
    return EntityListRow.objects.filter(entity_list__container_versions=version, entity_version__isnull=False)


def find_pins_to_review(
    container_ids: Collection[PublishableEntity.ID],
) -> dict[PublishableEntity.ID, list[PinnedVersion]]:
    """
    Return, by container, the versions that its draft pins and that block its publish, in order.

    Meant for a page of containers: ids go into the queries. One query if no draft pins a version that was never live;
    otherwise three for each level of containers.
    """
    drafts = ContainerVersion.objects.filter(publishable_entity_version__draft__entity__in=container_ids)
    # The versions to look at on this level, each with the containers that lead to it.
    level = {pk: {entity_id} for pk, entity_id in drafts.values_list("pk", "publishable_entity_version__entity")}
    found: dict[PublishableEntity.ID, dict[int, PinnedVersion]] = defaultdict(dict)
    seen: dict[int, set[PublishableEntity.ID]] = defaultdict(set)
    while level := _not_seen(level, seen):
        below: dict[int, set[PublishableEntity.ID]] = defaultdict(set)
        rows = EntityListRow.objects.filter(
            ~has_been_live("entity_version"),
            entity_list__container_versions__in=list(level),
            entity_version__isnull=False,
        ).order_by("order_num")
        pairs = list(rows.values_list("entity_list__container_versions", "entity_version"))
        pinned = _load({pin_id for _container_version, pin_id in pairs})
        for container_version, pin_id in pairs:
            if container_version not in level:  # another version of a container that has the same list
                continue
            below[pin_id] |= level[container_version]
            if pin_id in pinned:
                for container_id in level[container_version]:
                    found[container_id][pin_id] = pinned[pin_id]
        level = below
    return {container_id: list(pins.values()) for container_id, pins in found.items()}


def _load(version_ids: set[int]) -> dict[int, PinnedVersion]:
    """Return the details of those of these versions that are not covered."""
    if not version_ids:
        return {}
    requests = ReviewedStatus.objects.of_version(OuterRef("pk")).requests()
    records = draft_changes().filter(new_version=OuterRef("pk")).order_by()
    versions = (
        PublishableEntityVersion.objects.filter(~_is_covered("pk"), pk__in=version_ids)
        .annotate(
            is_requested=Exists(requests),
            record=Subquery(records.values("new_version").annotate(newest=Max("pk")).values("newest")),
        )
        .values_list("pk", "entity", "title", "version_num", "record", "is_requested")
    )
    rows = list(versions)
    entities = (
        with_keys(PublishableEntity.objects.filter(pk__in={row[1] for row in rows}))
        .select_related("learning_package__review_policy")
        .in_bulk()
    )
    return {
        pk: PinnedVersion(
            entity=entities[entity_id],
            version_id=pk,
            title=title,
            version_num=version_num,
            draft_change_log_record_id=record_id,
            changes_requested=bool(is_requested),
        )
        for pk, entity_id, title, version_num, record_id, is_requested in rows
    }


def find_unready(versions: Collection[tuple[PublishableEntity.ID, int]]) -> set[tuple[PublishableEntity.ID, int]]:
    """
    Return those of these versions, each an entity id and a number, that must not go live through a pin.

    Does not check what they pin in turn. One query, none without versions.
    """
    if not versions:
        return set()
    rows = PublishableEntityVersion.objects.filter(
        ~has_been_live("pk"),
        ~_is_covered("pk"),
        # Finds more than is wanted: a condition for each pair would be nested deeper than SQLite allows.
        entity__in={entity_id for entity_id, _version_num in versions},
        version_num__in={version_num for _entity_id, version_num in versions},
    )
    return set(rows.values_list("entity_id", "version_num")) & set(versions)


def find_pinned(version_ids: Collection[int]) -> set[int]:
    """
    Return those of these versions that were never live and that a container's draft pins: they can be reviewed.

    The draft pins them directly, or through what it pins. One query for each level of containers, none without
    versions.
    """
    pinned: set[int] = set()
    # For each version on this level, the given versions that it leads to.
    level = {version_id: {version_id} for version_id in version_ids}
    seen: dict[int, set[int]] = defaultdict(set)
    while level := _not_seen(level, seen):
        above: dict[int, set[int]] = defaultdict(set)
        rows = EntityListRow.objects.filter(
            ~has_been_live("entity_version"), entity_version__in=list(level)
        ).values_list(
            "entity_version",
            "entity_list__container_versions",
            "entity_list__container_versions__publishable_entity_version__draft",
        )
        for pin_id, container_version, draft in rows:
            if draft is not None:
                pinned |= level[pin_id]
            if container_version is not None:
                above[container_version] |= level[pin_id]
        level = above
    return pinned & set(version_ids)


def _not_seen[T](level: Mapping[int, set[T]], seen: dict[int, set[T]]) -> dict[int, set[T]]:
    """Return what is new on this level, and remember it: a version can be reached from several, level by level."""
    new = {version_id: reached - seen[version_id] for version_id, reached in level.items()}
    for version_id, reached in new.items():
        seen[version_id] |= reached
    return {version_id: reached for version_id, reached in new.items() if reached}
