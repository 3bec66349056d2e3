"""
The Python API of the app: the one door for its views and its step as well as for others.

None of it checks the caller's permissions.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timezone
from itertools import groupby
from operator import attrgetter
from unicodedata import category

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import OuterRef
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.texts.readable import readable

from .models import MAX_NAME, NamedReviewer, ShownLibrary
from .settings.common import SHOW_TO_LEARNERS

__all__ = ["ReviewedBy", "find_reviewed_by", "get_name", "is_shown", "is_shown_on_site", "set_name", "set_shown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedBy:
    """What learners may know about the review of one block."""

    names: tuple[str, ...]
    """The reviewers who agreed to be named. There may be others, who did not."""
    day: date
    """The day of the last review by one of them, or of the last one if none is named. In UTC."""
    synced_at: datetime
    """When the course got this version, in its draft. Learners have it from the next publish of the course on."""


def is_shown_on_site() -> bool:
    """Return whether the site lets libraries show their reviews to learners. No query."""
    # A string such as "false" is true, too.
    return getattr(settings, SHOW_TO_LEARNERS, False) is True


def is_shown(learning_package_id: LearningPackage.ID, /) -> bool:
    """Return whether the library wants learners to see its reviews, whatever the site's setting is. One query."""
    return ShownLibrary.objects.filter(pk=learning_package_id, is_shown=True).exists()


def set_shown(learning_package_id: LearningPackage.ID, /, shown: bool, *, changed_by: int | None) -> None:
    """Decide whether learners see the library's reviews, and put on record who did. Up to four queries."""
    ShownLibrary.objects.update_or_create(
        pk=learning_package_id, defaults={"is_shown": shown, "changed_by_id": changed_by, "changed_at": _now()}
    )


def get_name(user_id: int, /) -> str | None:
    """Return the name that learners see of this reviewer; None if the reviewer did not agree. One query."""
    return NamedReviewer.objects.filter(pk=user_id).values_list("name", flat=True).first()


def set_name(user_id: int, /, name: str | None) -> None:
    """
    Have learners see this name of the reviewer, in earlier reviews, too; None: no name. Up to four queries.

    Raises ``ValidationError`` for a name that is empty, too long or has characters that cannot be seen.
    """
    if name is None:
        NamedReviewer.objects.filter(pk=user_id).delete()
        return
    # Any kind of space is a plain one: they look alike.
    name = "".join(" " if category(character) == "Zs" else character for character in name).strip()
    if not name:
        raise ValidationError({"name": _("Enter a name, or null if learners should not see one.")})
    if len(name) > MAX_NAME:
        raise ValidationError({"name": _("Enter at most {count} characters.").format(count=MAX_NAME)})
    if readable(name) != name or not {"\t", "\n"}.isdisjoint(name):
        raise ValidationError({"name": _("The name contains a character that cannot be seen. Remove it.")})
    NamedReviewer.objects.update_or_create(pk=user_id, defaults={"name": name, "agreed_at": _now()})


def find_reviewed_by(usage_keys: Collection[str], /) -> dict[str, ReviewedBy]:
    """
    Return what learners may know about these blocks of courses, by their keys. One query.

    Blocks are missing that do not come from a library which shows its reviews, and those whose version was not
    reviewed. Does not ask for the site's setting. Raises as :func:`~sample_plugin.reviews.api.get_course_approvals`.
    """
    approvals = reviews_api.get_course_approvals(
        usage_keys,
        packages=ShownLibrary.objects.filter(is_shown=True).values("pk"),
        # Accounts that the platform has retired are inactive.
        names=NamedReviewer.objects.filter(pk=OuterRef("reviewer_id"), user__is_active=True).values("name"),
    )
    of_block = attrgetter("usage_key")
    found = {}
    # Sorting is stable, so the approvals of a block stay in the order of time.
    for usage_key, group in groupby(sorted(approvals, key=of_block), key=of_block):
        given = list(group)
        named = [approval for approval in given if approval.name]
        found[usage_key] = ReviewedBy(
            names=tuple(dict.fromkeys(approval.name for approval in named if approval.name)),
            # Not the day on which a reviewer acted who did not agree to be named.
            day=(named or given)[-1].given_at.date(),
            synced_at=given[-1].synced_at,
        )
    return found


def _now() -> datetime:
    return datetime.now(tz=timezone.utc)
