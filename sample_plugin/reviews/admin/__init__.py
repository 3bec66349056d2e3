"""
Django admin: lists of draft changes, reviews, review policies and bypasses.

For administrators, and for reviewers if Studio's front end is not available. Records are read-only, and every action
goes through the API.
"""

from .draft_changes import DraftChangeAdmin
from .policies import ReviewPolicyAdmin
from .records import ReviewBypassAdmin, ReviewedStatusAdmin

__all__ = ["DraftChangeAdmin", "ReviewBypassAdmin", "ReviewPolicyAdmin", "ReviewedStatusAdmin"]
