"""The refusals of the Python API. Each message is a sentence for the person who meets it."""

__all__ = ["NothingToReviewError", "ReviewError", "SelfReviewError", "StaleReviewError"]


class ReviewError(Exception):
    """Base class: a review cannot be given."""


class StaleReviewError(ReviewError):
    """Raised when the change to be reviewed is no longer what the draft shows."""


class NothingToReviewError(ReviewError):
    """Raised when the entity has no unpublished change."""


class SelfReviewError(ReviewError):
    """Raised when somebody would review a change of their own."""
