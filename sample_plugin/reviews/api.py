"""
The Python API: the one door to this plugin, for its own views, step, admin and commands as well as for others.

What ``__all__`` lists is public; what is imported under its own name (``x as x``) is for the plugin's own screens and
commands, and may change. None of it checks permissions: who may do what is decided where a request comes in.
Ids are primary keys, as in ``openedx_content.api``.
"""

from .conf import ReviewMode, ReviewStarts, WhoMayReview
from .courses import CourseLink, NoCourseLinksError
from .data import (
    ChangedItem,
    ChangeKind,
    EntityOverview,
    OpenPeriod,
    OpenRequest,
    OwnChanges,
    PackageOverview,
    PinnedVersion,
    PublishReviewedResult,
    QueueRow,
    QueueState,
    SkippedItem,
    WaitingCounts,
    WaitsFor,
)
from .data import UnreviewedPublish as UnreviewedPublish
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
from .differences.images import IMAGE_TYPES as IMAGE_TYPES
from .differences.images import get_image
from .differences.words import compare_words
from .differences.words.data import (
    BlockDifference,
    BlockKind,
    PartDifference,
    PartKind,
    Run,
    WordChange,
    WordsDifference,
    WordsState,
)
from .doctor.examination import examine as examine
from .doctor.findings import Finding as Finding
from .doctor.findings import Level as Level
from .drafts.changes import shown_by_drafts as shown_by_drafts
from .drafts.changes import title_of as title_of
from .drafts.contributors import get_contributors
from .evidence.data import EvidenceBasis, HistoryEntry, HistoryKind, LiveEvidence
from .evidence.publishes import Evidence, get_live_evidence, get_publish_evidence
from .evidence.timeline import Timeline, get_history
from .evidence.writing import csv_lines as csv_lines
from .evidence.writing import say_added as say_added
from .evidence.writing import to_json as to_json
from .exceptions import (
    ManyRequestsError,
    ManyReviewsError,
    NobodyToAskError,
    NothingToReviewError,
    ReviewerError,
    ReviewError,
    SelfReviewError,
    StaleReviewError,
)
from .gate.coverage import get_reviewed_entities, get_unreviewed_entities
from .gate.exemptions import bypass_review
from .models import Verdict
from .policy import (
    get_required_reviewers,
    get_review_mode,
    get_review_starts,
    get_who_may_review,
    is_review_required,
)
from .policy import lock_publishes as lock_publishes
from .policy_changes import (
    PolicyValues,
    change_policy,
    get_open_periods,
    get_policy_history,
    set_required_reviewers,
    set_review_mode,
    set_review_required,
    set_who_may_review,
)
from .policy_changes import require_reason as require_reason
from .publishing.background import BackgroundPublish, BackgroundState, get_background_publish
from .publishing.publish_reviewed import publish_reviewed_items
from .publishing.publish_unreviewed import preview_unreviewed_publish as preview_unreviewed_publish
from .publishing.publish_unreviewed import publish_unreviewed as publish_unreviewed
from .reading.changes import ChangeOrder, ReviewState, find_changes
from .reading.changes import is_outdated as is_outdated
from .reading.counts import get_package_overview
from .reading.course_approvals import CourseApproval, get_course_approvals
from .reading.course_blocks import CourseBlock, CourseBlocks, get_course_blocks
from .reading.course_blocks import course_csv_lines as course_csv_lines
from .reading.figures import AGES as AGES
from .reading.figures import PERIOD as PERIOD
from .reading.figures import Durations, QueueFigures, get_queue_figures
from .reading.fingerprint import get_fingerprint
from .reading.fingerprint import kept_under as kept_under
from .reading.imports import ImportOverview, get_import_overviews
from .reading.last_publish import get_last_judgement as get_last_judgement
from .reading.my_reviews import MyGroup, MyLibrary, MyReview, MyReviewsInGroup, get_my_reviews
from .reading.overdue import age_in_days as age_in_days
from .reading.overdue import has_waited_too_long as has_waited_too_long
from .reading.overview import get_entity_overviews, get_reviews
from .reading.queue import get_queue
from .reading.versions import VersionOverview, get_version_overviews
from .requests.ask import request_many_reviews, request_review, request_review_again, withdraw_review_request
from .requests.open_requests import get_open_requests
from .requests.people import find_reviewers
from .tasks import publish_reviewed_items_in_background, runs_in_background
from .tasks import run_publish as run_publish
from .verdicts.give import mark_change_log_reviewed, mark_many_reviewed, mark_reviewed, request_changes
from .verdicts.withdraw import dismiss_request, withdraw_review

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
    # Asking for a review
    "request_review",
    "request_many_reviews",
    "request_review_again",
    "withdraw_review_request",
    "get_open_requests",
    "find_reviewers",
    # What a screen shows
    "find_changes",
    "get_entity_overviews",
    "get_fingerprint",
    "get_import_overviews",
    "get_package_overview",
    "get_my_reviews",
    "get_queue",
    "get_queue_figures",
    "get_reviews",
    "get_version_overviews",
    "get_course_approvals",
    "get_course_blocks",
    "get_difference",
    "compare_words",
    "get_image",
    # Publishing
    "publish_reviewed_items",
    "runs_in_background",
    "publish_reviewed_items_in_background",
    "get_background_publish",
    "bypass_review",
    # Where a review is required
    "is_review_required",
    "set_review_required",
    "get_review_mode",
    "set_review_mode",
    "get_required_reviewers",
    "set_required_reviewers",
    "get_who_may_review",
    "set_who_may_review",
    "get_review_starts",
    "change_policy",
    "get_policy_history",
    "get_open_periods",
    # What is live, and why
    "get_live_evidence",
    "get_publish_evidence",
    "get_history",
    # Values and errors
    "BackgroundPublish",
    "BackgroundState",
    "ChangeKind",
    "ChangeOrder",
    "ChangedItem",
    "CourseApproval",
    "CourseBlock",
    "CourseBlocks",
    "CourseLink",
    "Durations",
    "EntityOverview",
    "Evidence",
    "EvidenceBasis",
    "HistoryEntry",
    "HistoryKind",
    "ImportOverview",
    "LiveEvidence",
    "MyGroup",
    "MyLibrary",
    "MyReview",
    "MyReviewsInGroup",
    "OpenPeriod",
    "OpenRequest",
    "OwnChanges",
    "PackageOverview",
    "PinnedVersion",
    "PolicyValues",
    "PublishReviewedResult",
    "QueueFigures",
    "QueueRow",
    "QueueState",
    "ReviewMode",
    "ReviewStarts",
    "ReviewState",
    "SkippedItem",
    "Timeline",
    "Verdict",
    "VersionOverview",
    "WaitingCounts",
    "WaitsFor",
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
    "BlockDifference",
    "BlockKind",
    "PartDifference",
    "PartKind",
    "Run",
    "WordChange",
    "WordsDifference",
    "WordsState",
    "ManyRequestsError",
    "ManyReviewsError",
    "NoCourseLinksError",
    "NobodyToAskError",
    "NothingToReviewError",
    "ReviewError",
    "ReviewerError",
    "SelfReviewError",
    "StaleReviewError",
]
