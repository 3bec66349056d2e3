"""
What the app stores: conversations, their comments, when they were resolved, and whether a library requires that.

All rows refer to openedx-core's content, and must not keep core from deleting its own rows. An entity takes its
conversations with it (``CASCADE``). If core deletes a version, or an operator deletes an account, the words stay
(``SET_NULL``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishableEntityVersion
from openedx_django_lib.fields import MultiCollationTextField, manual_date_time_field

from .anchors import Anchor, AnchorKind

__all__ = ["DELETION", "Comment", "Conversation", "ConversationPolicy", "Resolution"]

# The ``version_num`` of a conversation about a deletion. Versions are numbered from 1.
DELETION = 0

# As in core: the default character set of a database may not include emoji.
_COLLATIONS = {"sqlite": "NOCASE", "mysql": "utf8mb4_unicode_ci"}


def _user(help_text: Any, *, blank: bool = False) -> models.ForeignKey[models.Model | None, models.Model | None]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=blank,
        related_name="+",
        help_text=help_text,
    )


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Query methods for conversations."""

    def open(self) -> ConversationQuerySet:
        """Leave out resolved conversations."""
        return self.exclude(Exists(Resolution.objects.filter(conversation=OuterRef("pk"), reopened_at=None)))

    def count_by_entity(self, entity_ids: Collection[PublishableEntity.ID]) -> dict[PublishableEntity.ID, int]:
        """Return how many of them each of these entities has; those without are missing. One query."""
        counted = self.filter(entity__in=entity_ids).values("entity").annotate(count=Count("pk"))
        return dict(counted.values_list("entity", "count"))


class Conversation(models.Model):
    """
    A conversation about one version of an entity, or about its deletion.

    Its comments are in order of their ids; the first one started it. It is resolved while it has a ``Resolution`` that
    was not ended. Its anchor is what it is about in the version; :mod:`.anchors` finds that in other versions.

    .. no_pii:
    """

    entity = models.ForeignKey(PublishableEntity, on_delete=models.CASCADE, related_name="conversations")
    version = models.ForeignKey(
        PublishableEntityVersion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The version on which it was started; empty for a deletion, or if core has removed it since."),
    )
    version_num = models.PositiveIntegerField(help_text=_("The number of that version; 0 for a deletion."))
    about = models.CharField(max_length=32, choices=AnchorKind, help_text=_("What it is about in the version."))
    # JSON is stored as ASCII, so that every character set can hold it.
    anchor = models.JSONField(default=dict, blank=True, help_text=_("What is needed to find that in other versions."))

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Conversation")
        verbose_name_plural = _("Conversations")
        constraints = [
            # With another value, nothing would know how to find its place.
            models.CheckConstraint(condition=Q(about__in=AnchorKind.values), name="sample_plugin_conv_about"),
        ]

    def __str__(self) -> str:
        what = _("deletion") if self.version_num == DELETION else f"v{self.version_num}"
        return f"{self.entity} ({what})"

    def get_anchor(self) -> Anchor:
        """Return the anchor as a value."""
        return Anchor.from_json(AnchorKind(self.about), self.anchor)

    @property
    def resolution(self) -> Resolution | None:
        """The resolution in force; None while the conversation is open. No query if they were prefetched."""
        return next((one for one in self.resolutions.all() if one.reopened_at is None), None)


class Comment(models.Model):
    """
    What one person wrote in a conversation. If they delete it, the row stays as a trace and the words go.

    .. pii: The body is free text and may name people. The author is a foreign key.
    .. pii_types: other
    .. pii_retirement: retained
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="comments")
    author = _user(_("The author; empty if the account was deleted since."))
    body = MultiCollationTextField(blank=True, db_collations=_COLLATIONS, help_text=_("Empty once it is deleted."))
    created = manual_date_time_field()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Comment")
        verbose_name_plural = _("Comments")
        ordering = ["pk"]
        constraints = [
            # The author of a deleted comment relies on this: the words are gone.
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(body=""), name="sample_plugin_conv_deleted"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Resolution(models.Model):
    """
    One time that a conversation was resolved, and who opened it again. The rows are the history; none is deleted.

    .. no_pii:
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="resolutions")
    resolved_by = _user(_("The user; empty if the account was deleted since."))
    resolved_at = manual_date_time_field()
    reopened_by = _user(_("The user; empty while it is resolved, or if the account was deleted since."), blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Resolution")
        verbose_name_plural = _("Resolutions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConversationPolicy(models.Model):
    """
    Whether a library requires that conversations are resolved before a publish. Without a row, it does not.

    .. no_pii:
    """

    learning_package = models.OneToOneField(
        LearningPackage, on_delete=models.CASCADE, primary_key=True, related_name="conversation_policy"
    )
    resolution_required = models.BooleanField(
        default=False, help_text=_("Whether changes with open conversations cannot be published.")
    )
    changed_by = _user(_("The user; empty for a script, and if the account was deleted since."), blank=True)
    changed_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Conversation policy")
        verbose_name_plural = _("Conversation policies")

    def __str__(self) -> str:
        return str(self.learning_package)
