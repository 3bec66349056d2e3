"""The refusals of the Python API and of the gate. Each message is a sentence for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Self

from django.db import DatabaseError, InterfaceError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import PublishableEntity

from .data import ChangedItem
from .filters import EntityPrePublish
from .texts import listed

__all__ = [
    "ManyRequestsError",
    "ManyReviewsError",
    "NobodyToAskError",
    "NothingToReviewError",
    "ReviewError",
    "ReviewerError",
    "SelfReviewError",
    "StaleReviewError",
    "UnreviewedChanges",
    "is_transient",
]


class ReviewError(Exception):
    """Base class: a review cannot be given."""


class StaleReviewError(ReviewError):
    """Raised when the change to be reviewed is no longer what the draft shows."""

    @classmethod
    def of(cls, title: str) -> Self:
        """Return the error about the item with this title."""
        return cls(_("“{title}” has changed since: look at the new draft, then review it.").format(title=title))

    @classmethod
    def without_record(cls, title: str) -> Self:
        """Return the error about a draft of which core has kept no record, so that a request has nothing to pin to."""
        return cls(
            _("Core has kept no record of the change to “{title}”: save it again, then ask.").format(title=title)
        )

    @classmethod
    def in_another_window(cls, title: str) -> Self:
        """Return the error about an item on which the same reviewer gives another verdict at the same time."""
        return cls(
            _("You gave another verdict on “{title}” in another window: look at that first.").format(title=title)
        )


class NothingToReviewError(ReviewError):
    """Raised when the entity has no unpublished change."""

    @classmethod
    def of(cls, title: str) -> Self:
        """Return the error about the item with this title."""
        return cls(_("“{title}” has no unpublished change, so there is nothing to review.").format(title=title))


class SelfReviewError(ReviewError):
    """Raised when the reviewer contributed to the change, and the library's ``who_may_review`` does not allow that."""

    @classmethod
    def of(cls, title: str, changed_at: datetime) -> Self:
        """Return the error about the item with this title, which the reviewer changed at this time."""
        day = formats.date_format(timezone.localtime(changed_at), "DATE_FORMAT")
        return cls(
            _("You changed “{title}” on {day}, so another reviewer has to review it.").format(title=title, day=day)
        )


class ReviewerError(ReviewError):
    """Raised when a review is requested from a person who may not give it."""

    @classmethod
    def who_may_not(cls, name: str) -> Self:
        """Return the error about a person without the permission; for a name that nobody has, it is the same."""
        return cls(_("{name} may not review in this library: ask another person.").format(name=name))

    @classmethod
    def who_contributed(cls, name: str, title: str) -> Self:
        """Return the error about a person who contributed to the change of the item with this title."""
        return cls(_("{name} changed “{title}”, so another person has to review it.").format(name=name, title=title))


class NobodyToAskError(ReviewError):
    """Raised when the reviewers who requested changes are to be asked again, and there are none."""

    @classmethod
    def of(cls, title: str) -> Self:
        """Return the error about the item with this title."""
        return cls(_("No reviewer has requested changes to “{title}”: ask for a review instead.").format(title=title))


class ManyReviewsError(ReviewError):
    """
    Raised when some of many changes cannot be reviewed, and so none was.

    ``errors`` has the reason for each of them, by entity id.
    """

    def __init__(self, errors: Mapping[PublishableEntity.ID, ReviewError]) -> None:
        """Initialize the exception with the reasons."""
        self.errors = dict(errors)
        count, first = len(self.errors), next(iter(self.errors.values()))
        super().__init__(self._sentence(count).format(count=count, first=first))

    def _sentence(self, count: int) -> str:
        return ngettext(
            "Nothing was marked: {count} of the changes cannot be reviewed. {first}",
            "Nothing was marked: {count} of the changes cannot be reviewed. The first: {first}",
            count,
        )


class ManyRequestsError(ManyReviewsError):
    """Raised when a review of some of many changes cannot be requested, and so none was; ``errors`` as above."""

    def _sentence(self, count: int) -> str:
        return ngettext(
            "No review was requested: {count} of the changes stands in the way. {first}",
            "No review was requested: {count} of the changes stand in the way. The first: {first}",
            count,
        )


class UnreviewedChanges(EntityPrePublish.PreventPublish):
    """
    Raised when a publish contains unreviewed changes: a 409 that names them.

    ``unreviewed`` names the first hundred, ``unreviewed_count`` says how many there are, ``change_count`` how many
    changes the publish would have taken live. In the body each has its key, as Studio writes it, or null, and whether
    a reviewer has requested changes of it.
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
                "Have it reviewed, or publish reviewed items only.",
                "Nothing was published: {count} of {total} changes have not been reviewed: {named}. "
                "Have them reviewed, or publish reviewed items only.",
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


_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_MYSQL = {
    1040,  # too many connections
    1053,  # the server shuts down
    1205,  # waited too long for a lock
    1213,  # deadlock
    1927,  # MariaDB: the connection was killed
    2002, 2003,  # the server cannot be reached
    2006, 2013, 2055,  # the connection is lost
    4031,  # MySQL: the connection was closed because it was idle
}  # fmt: skip


def is_transient(exc: BaseException | None) -> bool:
    """Return whether this is a deadlock, a lock timeout or a lost connection."""
    if not isinstance(exc, DatabaseError | InterfaceError):
        return False
    sqlite_code = getattr(exc.__cause__, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite_code & 0xFF in _SQLITE
    if isinstance(exc, InterfaceError):
        return exc.args == (0, "")  # mysqlclient's error for a connection that it has found lost before
    return bool(exc.args) and exc.args[0] in _MYSQL
