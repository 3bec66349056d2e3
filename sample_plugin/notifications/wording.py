"""
The sentences of the mails, for the subject, the text and the HTML alike.

Titles and names are people's words. Each is on one line, shows its invisible characters, and is isolated (U+2068 to
U+2069), so that its direction does not change the words beside it.
"""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sample_plugin.reviews.texts import isolated_name

from .kinds import Kind
from .models import Notification

__all__ = ["and_more", "and_others", "headline"]


def headline(notification: Notification, title: str, count: int, due: date | None) -> str:
    """Return what happened, in one sentence. ``title`` is that of the first of the items, isolated."""
    who = isolated_name(notification.by) if notification.by else _("Someone")
    day = formats.date_format(due, "DATE_FORMAT") if due else ""
    match notification.kind:
        case Kind.REVIEW_REQUESTED if due:
            text = ngettext(
                "{who} asks you to review “{title}” by {day}",
                "{who} asks you to review {count} changes by {day}",
                count,
            )
        case Kind.REVIEW_REQUESTED:
            text = ngettext("{who} asks you to review “{title}”", "{who} asks you to review {count} changes", count)
        case Kind.DUE_TOMORROW:
            text = ngettext(
                "Your review of “{title}” is due on {day}", "Your review of {count} changes is due on {day}", count
            )
        case Kind.CHANGES_REQUESTED:
            text = _("{who} requests changes to “{title}”")
        case Kind.ANSWERED:
            text = _("{who} answered in a conversation about “{title}”")
        case Kind.REVIEWED:
            text = ngettext("The change to “{title}” is reviewed", "{count} of your changes are reviewed", count)
        case _:
            text = ngettext("The change to “{title}” is published", "{count} of your changes are published", count)
    return text.format(who=who, title=title, count=count, day=day)


def and_more(count: int) -> str:
    """Return how many items are not named."""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


def and_others(headline: str, count: int) -> str:
    """Return the subject of a mail about several notifications, of which this is the first."""
    text = ngettext("{headline}, and {count} other notification", "{headline}, and {count} other notifications", count)
    return text.format(headline=headline, count=count)
