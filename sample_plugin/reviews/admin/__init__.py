"""
Django admin: what is live and why, and lists of draft changes, reviews, requests, judgements, and policies.

For administrators, and for reviewers if Studio's front end is not available. Records are read-only, and every action
goes through the API.
"""

from .draft_changes import DraftChangeAdmin
from .live_content import LiveContentAdmin
from .policies import ReviewPolicyAdmin, ReviewPolicyChangeAdmin
from .records import PublishJudgementAdmin, ReviewedStatusAdmin, ReviewRequestAdmin

__all__ = [
    "DraftChangeAdmin",
    "LiveContentAdmin",
    "PublishJudgementAdmin",
    "ReviewPolicyAdmin",
    "ReviewPolicyChangeAdmin",
    "ReviewRequestAdmin",
    "ReviewedStatusAdmin",
]
