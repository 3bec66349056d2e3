"""What the app stores: which libraries show their reviews to learners, and which reviewers agreed to be named."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import LearningPackage
from openedx_django_lib.fields import MultiCollationCharField, manual_date_time_field

__all__ = ["MAX_NAME", "NamedReviewer", "ShownLibrary"]

MAX_NAME = 100


class ShownLibrary(models.Model):
    """
    Whether learners see that the content of a library was reviewed. Without a row, they do not.

    .. no_pii: The user is a foreign key.
    """

    learning_package = models.OneToOneField(
        LearningPackage, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    is_shown = models.BooleanField(default=False, help_text=_("Whether learners see what is reviewed."))
    changed_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The user; empty for a script, and if the account was deleted since."),
    )
    changed_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Library whose reviews learners see")
        verbose_name_plural = _("Libraries whose reviews learners see")

    def __str__(self) -> str:
        return str(self.learning_package)


class NamedReviewer(models.Model):
    """
    A reviewer who agreed that learners see their name, and the name that they want to be seen. Without a row, none is.

    .. pii: The name, as the reviewer typed it. The row is deleted when the account is retired.
    .. pii_types: name
    .. pii_retirement: local_api
    """

    user: models.OneToOneField[Any, Any] = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    name = MultiCollationCharField(
        max_length=MAX_NAME,
        # For names in any script, as in core: the default character set of a database may not have them all.
        db_collations={"sqlite": "NOCASE", "mysql": "utf8mb4_unicode_ci"},
        help_text=_("The name that learners see."),
    )
    agreed_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Reviewer whom learners see by name")
        verbose_name_plural = _("Reviewers whom learners see by name")

    def __str__(self) -> str:
        return f"#{self.pk}"
