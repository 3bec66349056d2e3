"""The refusals of the Python API. Each message is a sentence for the person who meets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import PublishableEntity

__all__ = ["ManyReviewsError", "NothingToReviewError", "ReviewError", "SelfReviewError", "StaleReviewError"]


class ReviewError(Exception):
    """Base class: a review cannot be given."""


class StaleReviewError(ReviewError):
    """Raised when the change to be reviewed is no longer what the draft shows."""

    @classmethod
    def of(cls, title: str) -> Self:
        """Return the error about the item that people call so."""
        return cls(_("“{title}” has changed since: look at its draft again, then review that.").format(title=title))


class NothingToReviewError(ReviewError):
    """Raised when the entity has no unpublished change."""

    @classmethod
    def of(cls, title: str) -> Self:
        """Return the error about the item that people call so."""
        return cls(_("“{title}” has no unpublished change, so there is nothing to review.").format(title=title))


class SelfReviewError(ReviewError):
    """Raised when somebody would review a change of their own."""

    @classmethod
    def of(cls, title: str) -> Self:
        """Return the error about the item that people call so."""
        return cls(_("You made this change to “{title}” yourself; somebody else has to review it.").format(title=title))


class ManyReviewsError(ReviewError):
    """
    Raised when some of many changes cannot be reviewed, and so none was.

    ``errors`` has the reason for each of them, by entity id.
    """

    def __init__(self, errors: Mapping[PublishableEntity.ID, ReviewError]) -> None:
        """Initialize the exception with the reasons."""
        self.errors = dict(errors)
        first = next(iter(self.errors.values()))
        text = ngettext(
            "Nothing was marked: {count} of the changes cannot be reviewed. {first}",
            "Nothing was marked: {count} of the changes cannot be reviewed. The first: {first}",
            len(self.errors),
        )
        super().__init__(text.format(count=len(self.errors), first=first))
