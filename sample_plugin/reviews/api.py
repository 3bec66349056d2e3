"""
The Python API: the one door to this plugin, for its own views, step, admin and commands as well as for others.

What ``__all__`` lists is public. None of it checks permissions: who may do what is decided where a request comes in.
Ids are primary keys, as in ``openedx_content.api``.
"""

from .changes import ChangeOrder, ReviewState, find_changes, get_package_overview
from .contributors import get_contributors
from .coverage import get_reviewed_entities, get_unreviewed_entities
from .data import (
    ChangedItem,
    ChangeKind,
    EntityOverview,
    OwnChanges,
    PackageOverview,
    PinnedVersion,
    PublishReviewedResult,
    SkippedItem,
    VersionOverview,
)
from .differences import get_difference
from .differences.data import (
    ChildChange,
    ChildDifference,
    ContainerListing,
    Difference,
    FileChange,
    FileDifference,
    FileVersion,
    Image,
    OlxDifference,
    TextState,
)
from .differences.images import get_image
from .exceptions import ManyReviewsError, NothingToReviewError, ReviewError, SelfReviewError, StaleReviewError
from .exemptions import bypass_review
from .imported import ImportOverview, get_import_overviews
from .models import Verdict, WhoMayReview
from .overview import get_entity_overviews, get_reviews
from .policy import (
    get_required_reviewers,
    get_who_may_review,
    is_review_required,
    set_required_reviewers,
    set_review_required,
    set_who_may_review,
)
from .publish_reviewed import publish_reviewed_items
from .reviewing import mark_reviewed, request_changes
from .reviewing_many import mark_change_log_reviewed, mark_many_reviewed
from .taking_back import dismiss_request, withdraw_review
from .versions import get_version_overviews

__all__ = [  # noqa: RUF022, by subject
    # Reviewing
    "mark_reviewed",
    "mark_change_log_reviewed",
    "mark_many_reviewed",
    "request_changes",
    "withdraw_review",
    "dismiss_request",
    "get_reviewed_entities",
    "get_unreviewed_entities",
    "get_contributors",
    # What a screen shows
    "find_changes",
    "get_entity_overviews",
    "get_import_overviews",
    "get_package_overview",
    "get_reviews",
    "get_version_overviews",
    "get_difference",
    "get_image",
    # Publishing
    "publish_reviewed_items",
    "bypass_review",
    # Where a review is required
    "is_review_required",
    "set_review_required",
    "get_required_reviewers",
    "set_required_reviewers",
    "get_who_may_review",
    "set_who_may_review",
    # Values and errors
    "ChangeKind",
    "ChangeOrder",
    "ChangedItem",
    "EntityOverview",
    "ImportOverview",
    "OwnChanges",
    "PackageOverview",
    "PinnedVersion",
    "PublishReviewedResult",
    "ReviewState",
    "SkippedItem",
    "Verdict",
    "VersionOverview",
    "WhoMayReview",
    "ChildChange",
    "ChildDifference",
    "ContainerListing",
    "Difference",
    "FileChange",
    "FileDifference",
    "FileVersion",
    "Image",
    "OlxDifference",
    "TextState",
    "ManyReviewsError",
    "NothingToReviewError",
    "ReviewError",
    "SelfReviewError",
    "StaleReviewError",
]
