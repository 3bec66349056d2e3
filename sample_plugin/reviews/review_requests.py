"""What the plugin stores when an author asks for a review: of what, from whom, by when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity
from openedx_django_lib.fields import MultiCollationTextField, manual_date_time_field

from .records import COLLATIONS

__all__ = ["ReviewRequest"]


class ReviewRequest(models.Model):
    """
    An author has asked for a review of what an entity's draft shows.

    The last request about an entity is open until it is withdrawn, and until the draft and what is live are the same
    again: see ``requests/open_requests.py``. That is never stored, so a publish or a discard needs no clean-up. Every
    request stays on record.

    .. pii: The message is free text and may name people. The people are foreign keys.
    .. pii_types: other
    .. pii_retirement: retained
    """

    entity = models.ForeignKey(
        PublishableEntity, on_delete=models.CASCADE, related_name="review_requests", db_index=False
    )
    draft_change_log_record = models.ForeignKey(
        DraftChangeLogRecord,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The change that the draft showed; empty if core has removed it since, and the request with it."),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The author who asked; empty if the account was deleted since."),
    )
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text=_("The people who are asked; none for everyone who may review."),
    )
    message = MultiCollationTextField(
        blank=True, default="", db_collations=COLLATIONS, help_text=_("What the author says to the reviewers.")
    )
    due = models.DateField(null=True, blank=True, help_text=_("The day by which the author needs the review."))
    created = manual_date_time_field()
    latest = models.BooleanField(
        null=True,
        default=True,
        verbose_name=_("last request?"),
        # Never False, see the constraints.
        help_text=_("Yes for the last request about an item, and unknown once it is withdrawn or another follows."),
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Review request")
        verbose_name_plural = _("Review requests")
        constraints = [
            # NULL rather than False, as in ReviewedStatus: a unique key may repeat then.
            models.UniqueConstraint(fields=["entity", "latest"], name="sample_plugin_review_asked"),
            models.CheckConstraint(
                condition=Q(latest__isnull=True) | Q(latest=True, withdrawn_at__isnull=True),
                name="sample_plugin_review_ask_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} (#{self.pk})"
