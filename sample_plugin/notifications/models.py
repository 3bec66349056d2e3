"""
What the app stores: the outbox, with a row for each person and cause, and when each person wants to be told.

No words are stored. They are read when a mail is sent, so that a deleted comment or a withdrawn request is not mailed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import LearningPackage
from openedx_django_lib.fields import manual_date_time_field

from .kinds import Kind, Timing

__all__ = ["DropReason", "Notification", "Preference", "State"]


class State(models.TextChoices):
    """What became of a notification."""

    WAITING = "waiting", _("waiting")
    #: Set before the mail server sees the mail. If it stays, only the mail server knows whether it has the mail.
    SENDING = "sending", _("handed over")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")


class DropReason(models.TextChoices):
    """Why a notification is not sent."""

    SWITCHED_OFF = "switched_off", _("the person or the site does not want it")
    NO_ADDRESS = "no_address", _("the person has no address, or the account is inactive")
    NO_PERMISSION = "no_permission", _("the person may not view the library")
    OVER = "over", _("it is over: withdrawn, deleted, published or done")


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Query methods for notifications."""

    def waiting(self, now: datetime) -> NotificationQuerySet:
        """Return those to send by now, and answers: they go with a mail that is sent earlier."""
        return self.filter(Q(send_after__lte=now) | Q(kind=Kind.ANSWERED), state=State.WAITING)


class Notification(models.Model):
    """
    One person is to be told about one cause: the outbox.

    The unique key makes an event that comes twice one notification. Rows with the same ``mail`` are sent in one mail.

    .. no_pii: The people are foreign keys, and no words are stored.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32, choices=Kind)
    cause_id = models.PositiveBigIntegerField(
        help_text=_("The id of the request, review, comment or publish log. Of many, the first.")
    )
    learning_package = models.ForeignKey(LearningPackage, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The person who acted; empty if unknown, or if the account was deleted since."),
    )
    # Not a relation: an import has thousands of items, and each of them can be gone when the mail is sent.
    entity_ids = models.JSONField(help_text=_("The ids of the items."))
    send_after = manual_date_time_field()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    dropped_because = models.CharField(max_length=16, choices=DropReason, blank=True, default="")
    mail = models.UUIDField(null=True, blank=True, db_index=True, help_text=_("Also in the mail's Message-ID."))
    handed_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Notification")
        verbose_name_plural = _("Notifications")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "cause_id"], name="sample_plugin_note_once"),
            # Sending rests on this: a row without a mail was never handed over.
            models.CheckConstraint(
                condition=Q(mail__isnull=True, state__in=[State.WAITING, State.DROPPED])
                | Q(mail__isnull=False, state__in=[State.SENDING, State.SENT]),
                name="sample_plugin_note_mail",
            ),
        ]
        indexes = [models.Index(fields=["state", "send_after"], name="sample_plugin_note_due")]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.kind})"


class Preference(models.Model):
    """
    When one person wants to be told about one kind. Without a row, the site's default applies.

    .. no_pii:
    """

    person: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=32, choices=Kind)
    timing = models.CharField(max_length=16, choices=Timing)

    class Meta:
        verbose_name = _("Notification preference")
        verbose_name_plural = _("Notification preferences")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="sample_plugin_note_choice")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.timing}"
