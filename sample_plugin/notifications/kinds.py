"""What a person can be told about, and when."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

__all__ = ["Kind", "Timing"]


class Kind(TextChoices):
    """What a mail is about. The value is also the name of the message in edx-ace, and of its folder of templates."""

    REVIEW_REQUESTED = "review_requested", _("an author asks you for a review")
    DUE_TOMORROW = "due_tomorrow", _("a review that you were asked for is due tomorrow")
    CHANGES_REQUESTED = "changes_requested", _("a reviewer requests changes")
    ANSWERED = "answered", _("someone answers in a conversation in which you wrote")
    REVIEWED = "reviewed", _("your change has all the reviews that it needs")
    PUBLISHED = "published", _("your change is published")


class Timing(TextChoices):
    """When a person is told."""

    OFF = "off", _("never")
    IMMEDIATELY = "immediately", _("immediately")
    DAILY = "daily", _("once a day")
