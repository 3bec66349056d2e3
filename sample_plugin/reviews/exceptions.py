"""The refusals of the Python API. Each message is a sentence for the person who meets it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from django.utils import formats, timezone
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
    """Raised when the reviewer contributed to the change, and the library's ``who_may_review`` does not allow that."""

    @classmethod
    def of(cls, title: str, changed_at: datetime) -> Self:
        """Return the error about the item that people call so, which the reviewer changed at this time."""
        day = formats.date_format(timezone.localtime(changed_at), "DATE_FORMAT")
        return cls(_("You changed “{title}” on {day}, so someone else has to review it.").format(title=title, day=day))


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
