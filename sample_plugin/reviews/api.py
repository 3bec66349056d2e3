"""
The Python API: the one door to this plugin, for its own views, step, admin and commands as well as for others.

What ``__all__`` lists is public. None of it checks permissions: who may do what is decided where a request comes in.
Ids are primary keys, as in ``openedx_content.api``.
"""

from .coverage import get_reviewed_entities, get_unreviewed_entities
from .data import (
    ChangedItem,
    ChangeKind,
    EntityOverview,
    PackageOverview,
    PublishReviewedResult,
    SkippedItem,
    VersionOverview,
)
from .exceptions import ManyReviewsError, NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from .exemptions import bypass_review
from .overview import ChangeOrder, ReviewState, find_changes, get_entity_overviews, get_package_overview, get_reviews
from .policy import is_review_required, set_review_required
from .publish_reviewed import publish_reviewed_items
from .reviewing import mark_reviewed, withdraw_review
from .reviewing_many import mark_change_log_reviewed, mark_many_reviewed
from .versions import get_version_overviews

__all__ = [  # noqa: RUF022, by subject
    # Reviewing
    "mark_reviewed",
    "mark_change_log_reviewed",
    "mark_many_reviewed",
    "withdraw_review",
    "get_reviewed_entities",
    "get_unreviewed_entities",
    # What a screen shows
    "find_changes",
    "get_entity_overviews",
    "get_package_overview",
    "get_reviews",
    "get_version_overviews",
    # Publishing
    "publish_reviewed_items",
    "bypass_review",
    # Where a review is required
    "is_review_required",
    "set_review_required",
    # Values and errors
    "ChangeKind",
    "ChangeOrder",
    "ChangedItem",
    "EntityOverview",
    "PackageOverview",
    "PublishReviewedResult",
    "ReviewState",
    "SkippedItem",
    "VersionOverview",
    "ManyReviewsError",
    "NothingToReviewError",
    "ReviewError",
    "SelfReviewError",
    "StaleReviewError",
]
