"""The refusals of the Python API and of the gate. Each message is a sentence for the person who meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Self

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import PublishableEntity

from .data import ChangedItem
from .filters import EntityPrePublish
from .texts import listed

__all__ = [
    "ManyReviewsError",
    "NothingToReviewError",
    "ReviewError",
    "SelfReviewError",
    "StaleReviewError",
    "UnreviewedChanges",
]


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


class UnreviewedChanges(EntityPrePublish.PreventPublish):
    """
    Raised when a publish contains changes that nobody reviewed: a 409 that names them.

    ``unreviewed`` names the first hundred, ``unreviewed_count`` says how many there are, ``change_count`` how many
    changes the publish would have taken live. In the body each has its key, as Studio writes it, or null, and whether
    somebody has requested changes of it.
    """

    default_code = "unreviewed_changes"

    def __init__(
        self,
        unreviewed: Sequence[ChangedItem],
        unreviewed_count: int,
        change_count: int,
        *,
        keys: Mapping[PublishableEntity.ID, str | None] | None = None,
    ) -> None:
        """Initialize the exception with what is missing."""
        self.unreviewed = tuple(unreviewed)
        self.unreviewed_count = unreviewed_count
        self.change_count = change_count
        named = listed([str(item) for item in self.unreviewed[:3]], more=unreviewed_count > 3)
        super().__init__(
            ngettext(
                "Nothing was published: {count} of {total} changes has not been reviewed: {named}. "
                "Have it reviewed, or publish only what was.",
                "Nothing was published: {count} of {total} changes have not been reviewed: {named}. "
                "Have them reviewed, or publish only what was.",
                unreviewed_count,
            ).format(count=unreviewed_count, total=change_count, named=named)
        )
        # Set after APIException is done with it: that one turns every number in a detail into a string.
        self.detail = {
            **self.detail,
            "unreviewed": [
                {**asdict(item), "key": keys.get(item.entity_id) if keys else None} for item in self.unreviewed
            ],
            "unreviewed_count": unreviewed_count,
            "change_count": change_count,
        }
