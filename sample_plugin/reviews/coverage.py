"""What is reviewed and what is not: the rule of :func:`.models.covered_by_review`, asked of drafts and of publishes."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog, PublishLogRecord

from .existence import require_learning_package
from .models import ReviewPolicy, covered_by_review
from .policy import required_by_default

__all__ = [
    "changed_entities",
    "count_changes",
    "get_changed_records",
    "get_reviewed_entities",
    "get_unreviewed_entities",
    "get_unreviewed_records",
]


def get_reviewed_entities(learning_package_id: LearningPackage.ID, /) -> QuerySet[PublishableEntity]:
    """
    Return the entities with unpublished changes, deletions included, whose draft is covered by a review in force.

    One query now, for the package; the queryset is lazy and unordered. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    require_learning_package(learning_package_id)
    return changed_entities(learning_package_id).filter(covered_by_review(entity="pk", version="draft__version"))


def get_unreviewed_entities(learning_package_id: LearningPackage.ID, /) -> QuerySet[PublishableEntity]:
    """
    Return the entities with unpublished changes, deletions included, that :func:`get_reviewed_entities` leaves out.

    One query now, for the package; the queryset is lazy and unordered. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    require_learning_package(learning_package_id)
    return changed_entities(learning_package_id).exclude(covered_by_review(entity="pk", version="draft__version"))


def get_changed_records(publish_log: PublishLog) -> QuerySet[PublishLogRecord]:
    """Return the records of ``publish_log`` that take something live (or off it), side effects on parents left out."""
    return (
        PublishLogRecord.objects.filter(publish_log=publish_log)
        .exclude(old_version=F("new_version"))
        .exclude(old_version=None, new_version=None)
    )


def get_unreviewed_records(publish_log: PublishLog) -> QuerySet[PublishLogRecord]:
    """Return the records of ``publish_log`` that need a review and have none. One lazy query."""
    policy = ReviewPolicy.objects.filter(learning_package=OuterRef("publish_log__learning_package"))
    if required_by_default():
        gated = ~Q(Exists(policy.filter(review_required=False)))
    else:
        gated = Q(Exists(policy.filter(review_required=True)))
    return (
        get_changed_records(publish_log)
        .filter(gated)
        .exclude(covered_by_review(entity="entity", version="new_version"))
    )


def count_changes(publish_log: PublishLog) -> tuple[int, int]:
    """Return how many records :func:`get_unreviewed_records` and :func:`get_changed_records` have. One query."""
    counts = get_changed_records(publish_log).aggregate(
        unreviewed=Count("pk", filter=Q(pk__in=get_unreviewed_records(publish_log).values("pk"))),
        changed=Count("pk"),
    )
    return counts["unreviewed"], counts["changed"]


def changed_entities(learning_package_id: LearningPackage.ID) -> QuerySet[PublishableEntity]:
    """Return the entities with unpublished changes of their own, deletions included. One lazy query."""
    return content_api.get_entities_with_unpublished_changes(learning_package_id, include_deleted_drafts=True)
