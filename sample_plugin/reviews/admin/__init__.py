"""
Django admin: what waits for a review, who said what about it, where a review is required, and who went past the gate.

For site operators, and for reviewers where Studio's front end is not available. Records are read-only here; whatever
changes something goes through the API.
"""

from .draft_changes import DraftChangeAdmin
from .policies import ReviewPolicyAdmin
from .records import ReviewBypassAdmin, ReviewedStatusAdmin

__all__ = ["DraftChangeAdmin", "ReviewBypassAdmin", "ReviewPolicyAdmin", "ReviewedStatusAdmin"]
