"""Which changes are reviewed: the rule of :func:`.models.covered_by_review`, asked of drafts and of publishes."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog, PublishLogRecord

from ..composed import composed_once
from ..drafts.changes import changed_entities
from ..drafts.pins import pins_to_review
from ..models import covered_by_review

__all__ = [
    "MAX_NAMED",
    "count_records",
    "count_unready_entities",
    "find_all_unreviewed_records",
    "find_unready_entities",
    "find_unreviewed_records",
    "get_changed_records",
    "get_reviewed_entities",
    "get_unreviewed_entities",
]

# How many unreviewed items a refusal names in full. The total is always included.
MAX_NAMED = 100


def get_reviewed_entities(learning_package_id: LearningPackage.ID, /) -> QuerySet[PublishableEntity]:
    """
    Return the entities with unpublished changes, deletions included, whose draft is covered by a review in force.

    One query now, for the package; the queryset is lazy and unordered. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    content_api.get_learning_package(learning_package_id)
    return changed_entities(learning_package_id).filter(covered_by_review(entity="pk", version="draft__version"))


def get_unreviewed_entities(learning_package_id: LearningPackage.ID, /) -> QuerySet[PublishableEntity]:
    """
    Return the entities with unpublished changes, deletions included, that :func:`get_reviewed_entities` leaves out.

    One query now, for the package; the queryset is lazy and unordered. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    content_api.get_learning_package(learning_package_id)
    return changed_entities(learning_package_id).exclude(covered_by_review(entity="pk", version="draft__version"))


def find_unready_entities(learning_package_id: LearningPackage.ID) -> list[PublishableEntity.ID]:
    """
    Return the ids of the entities whose draft must not go live, in order, at most ``MAX_NAMED``. One query.

    These are changes that are not covered, or that pin a version that is not ready: what the gate would refuse if all
    drafts were published. :func:`count_unready_entities` counts them all.
    """
    return [pk for (pk,) in _first_unready_entities(package_id=learning_package_id)]


def count_unready_entities(learning_package_id: LearningPackage.ID) -> int:
    """Return the number of these entities. One query."""
    return _unready_entities(learning_package_id).count()


@composed_once(PublishableEntity)
def _first_unready_entities(package_id: LearningPackage.ID) -> QuerySet[PublishableEntity, Any]:
    return _unready_entities(package_id).order_by("pk").values_list("pk")[:MAX_NAMED]


def _unready_entities(package_id: LearningPackage.ID) -> QuerySet[PublishableEntity]:
    return changed_entities(package_id).exclude(_is_ready(entity="pk", version="draft__version"))


def get_changed_records(publish_log: PublishLog) -> QuerySet[PublishLogRecord]:
    """
    Return the records of ``publish_log`` that take something live (or off it), without side effects on parents.

    Decides by the version that the entity's last publish took live, not by what the record claims about itself. One
    lazy query.
    """
    return _with_last_publish(publish_log.pk).filter(_is_change())


def find_unreviewed_records(publish_log: PublishLog) -> list[int]:
    """
    Return the ids of the records of ``publish_log`` that must not be committed, in order of entity.

    At most ``MAX_NAMED``; :func:`count_records` counts them all. The package's mode does not matter here.

    These are changes that are not covered, or that pin a version that is not ready. They are also records that
    contradict the other tables, so that something else would go live than was judged. One query.
    """
    return [pk for (pk,) in _first_unreviewed(log=publish_log.pk)]


def find_all_unreviewed_records(publish_log: PublishLog) -> list[tuple[int, PublishableEntity.ID]]:
    """Return the ids of all these records and of their entities, in order of entity. One query."""
    return list(_unreviewed(publish_log.pk).order_by("entity").values_list("pk", "entity"))


def count_records(publish_log: PublishLog) -> tuple[int, int]:
    """
    Return how many changes ``publish_log`` takes live, and how many records must not be committed, as above.

    One query.
    """
    # No row if core has written no records.
    for change_count, unreviewed_count in _count_records(log=publish_log.pk):
        return change_count, unreviewed_count
    return 0, 0


@composed_once(PublishLogRecord)
def _first_unreviewed(log: int) -> QuerySet[PublishLogRecord, tuple[int]]:
    return _unreviewed(log).order_by("entity").values_list("pk")[:MAX_NAMED]


@composed_once(PublishLogRecord)
def _count_records(log: int) -> QuerySet[PublishLogRecord, Any]:
    counted: QuerySet[PublishLogRecord, Any] = (
        _with_last_publish(log)
        .order_by()
        .values("publish_log")
        .annotate(
            change_count=Count("pk", filter=_is_change()), unreviewed_count=Count("pk", filter=_must_not_go_live(log))
        )
        .values_list("change_count", "unreviewed_count")
    )
    return counted


def _unreviewed(log_id: int) -> QuerySet[PublishLogRecord]:
    return _with_last_publish(log_id).filter(_must_not_go_live(log_id))


def _with_last_publish(log_id: int) -> QuerySet[PublishLogRecord]:
    """Return the records, each with what the entity's last publish took live, what this one does, and what is live."""
    last_publishes = PublishLogRecord.objects.filter(
        entity=OuterRef("entity"), publish_log__lt=OuterRef("publish_log")
    ).order_by("-publish_log")
    return PublishLogRecord.objects.filter(publish_log=log_id).alias(
        was_live=_or_none(Subquery(last_publishes.values("new_version")[:1])),
        goes_live=_or_none("new_version"),
        is_live=_or_none("entity__published__version"),
    )


def _or_none(version: str | Subquery) -> Coalesce:
    # Version 0 does not exist. It stands for no version, because NULL equals nothing in SQL.
    return Coalesce(version, 0, output_field=IntegerField())


def _is_change() -> Q:
    return ~Q(was_live=F("goes_live"))


def _is_ready(*, entity: str, version: str, before: int | None = None) -> Q:
    return covered_by_review(entity=entity, version=version) & ~pins_to_review(version, before=before)


def _must_not_go_live(log_id: int) -> Q:
    # A pinned version that this publish takes live has no review for that. The early refusal names its container, too.
    is_ready = _is_ready(entity="entity", version="new_version", before=log_id)
    is_of_other_entity = Q(new_version__isnull=False) & ~Q(new_version__entity=F("entity"))
    is_contradicted = ~Q(is_live=F("goes_live"))
    return (_is_change() & ~is_ready) | is_of_other_entity | is_contradicted
