"""Who has reviewed in a learning package, and how much."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count
from openedx_content.models_api import LearningPackage

from ..models import ReviewedStatus

__all__ = ["ReviewCount", "get_review_counts"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewCount:
    """Somebody who has given reviews that are in force, and how many."""

    reviewer: AbstractBaseUser
    reviews: int


def get_review_counts(learning_package_id: LearningPackage.ID, /) -> list[ReviewCount]:
    """
    Return who has given reviews in the package that are in force, and how many, in order of the people's ids.

    Accounts that were deleted since are left out. Two queries. Does not check permissions.
    """
    counts = dict(
        ReviewedStatus.objects.in_force()
        .reviews()
        .filter(entity__learning_package=learning_package_id, reviewer__isnull=False)
        .order_by("reviewer")
        .values_list("reviewer")
        .annotate(count=Count("pk"))
    )
    people = get_user_model().objects.in_bulk(list(counts))
    return [ReviewCount(reviewer=people[pk], reviews=count) for pk, count in counts.items()]
