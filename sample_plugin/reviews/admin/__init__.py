"""
Django admin: lists of draft changes, reviews, judgements of publishes, and review policies with their history.

For administrators, and for reviewers if Studio's front end is not available. Records are read-only, and every action
goes through the API.
"""

from .draft_changes import DraftChangeAdmin
from .policies import ReviewPolicyAdmin, ReviewPolicyChangeAdmin
from .records import PublishJudgementAdmin, ReviewedStatusAdmin

__all__ = [
    "DraftChangeAdmin",
    "PublishJudgementAdmin",
    "ReviewPolicyAdmin",
    "ReviewPolicyChangeAdmin",
    "ReviewedStatusAdmin",
]
