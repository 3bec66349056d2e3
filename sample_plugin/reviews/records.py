"""
What the plugin puts on record for good: how publishes were judged, changes of policies, and that verdicts changed.

These rows are added and never changed, so that the past is shown as it was. They go when core deletes what they are
about (``CASCADE``). If a user account is deleted, they stay on record without it (``SET_NULL``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import LearningPackage, PublishLog
from openedx_django_lib.fields import MultiCollationTextField, manual_date_time_field

from .conf import ReviewMode

__all__ = ["COLLATIONS", "Basis", "PolicyField", "PublishJudgement", "ReviewActivity", "ReviewPolicyChange"]

# For text that people write, as in core: the default character set of a database may not include emoji.
COLLATIONS = {"sqlite": "NOCASE", "mysql": "utf8mb4_unicode_ci"}


class Basis(models.TextChoices):
    """Why the gate let a publish pass."""

    REVIEWED = "reviewed", _("reviewed")
    BYPASSED = "bypassed", _("bypassed")
    NOT_REQUIRED = "not_required", _("not required")
    RESTORED = "restored", _("restored")
    BEFORE_PLUGIN = "before_plugin", _("before the plugin")


class PolicyField(models.TextChoices):
    """A part of a package's policy, by the name of its field."""

    MODE = "mode", _("review mode")
    REQUIRED_REVIEWERS = "required_reviewers", _("required reviewers")
    WHO_MAY_REVIEW = "who_may_review", _("who may review")
    REVIEW_STARTS = "review_starts", _("a review starts")


class AppendOnlyQuerySet[Record: models.Model](models.QuerySet[Record]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raise ``TypeError``, as nothing is ever changed."""
        _refuse(self.model)

    def delete(self) -> NoReturn:
        """Raise ``TypeError``; the cascades of Django itself do not come here."""
        _refuse(self.model)


class AppendOnly(models.Model):
    """A row that is never changed, and deleted only with what it is about."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises ``TypeError`` for a row that is in the database."""
        if not self._state.adding:
            _refuse(type(self))
        # Without this, a row with a primary key of its own could overwrite the one with that key.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise ``TypeError``."""
        _refuse(type(self))


def _refuse(model: type[models.Model]) -> NoReturn:
    raise TypeError(f"{model.__name__} is a record: add another row, and leave those that exist as they are.")


class PublishJudgement(AppendOnly):
    """
    How the gate judged one publish, and by which policy: the reason why its content is live.

    Written in the transaction of the publish itself, for every publish that comes through the gate. So a publish
    without such a row went around the gate.

    .. pii: The reason is free text and may name people. The user is a foreign key.
    .. pii_types: other
    .. pii_retirement: retained
    """

    publish_log = models.OneToOneField(
        PublishLog, on_delete=models.CASCADE, primary_key=True, related_name="review_judgement"
    )
    basis = models.CharField(max_length=32, choices=Basis, help_text=_("Why the publish was allowed."))
    mode = models.CharField(
        max_length=32,
        choices=ReviewMode,
        blank=True,
        default="",
        help_text=_("The library's review mode at that time; empty if unknown."),
    )
    required_reviewers = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How many reviewers a change needed at that time; empty if unknown.")
    )
    change_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many changes went live; empty if unknown.")
    )
    unreviewed_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many of them were not reviewed; empty if unknown.")
    )
    unreviewed = models.JSONField(
        default=list, blank=True, help_text=_("The ids of the entities whose changes were not reviewed: all of them.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The user who bypassed the review; empty without a bypass, and if the account was deleted since."),
    )
    reason = MultiCollationTextField(
        blank=True,
        default="",
        db_collations=COLLATIONS,
        help_text=_("The reason for the bypass, also if everything turned out to be reviewed; otherwise empty."),
    )
    created = manual_date_time_field()

    class Meta:
        verbose_name = _("Publish judgement")
        verbose_name_plural = _("Publish judgements")
        constraints = [
            # Any other value would leave a live version without an explanation.
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="sample_plugin_review_basis"),
            models.CheckConstraint(
                condition=Q(mode__in=["", *ReviewMode.values]), name="sample_plugin_review_mode_then"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.publish_log_id}: {self.get_basis_display()}"


class ReviewPolicyChange(AppendOnly):
    """
    One change of one part of a package's policy: who, when, why, from what to what.

    .. pii: The reason is free text and may name people. The user is a foreign key.
    .. pii_types: other
    .. pii_retirement: retained
    """

    learning_package = models.ForeignKey(
        LearningPackage, on_delete=models.CASCADE, related_name="review_policy_changes", db_index=False
    )
    field = models.CharField(max_length=32, choices=PolicyField)
    old_value = models.CharField(
        max_length=32, blank=True, default="", help_text=_("The value before; empty: the site's default.")
    )
    new_value = models.CharField(
        max_length=32, blank=True, default="", help_text=_("The value since then; empty: the site's default.")
    )
    # The site's default is not on record anywhere else.
    old_in_force = models.CharField(
        max_length=32, blank=True, default="", help_text=_("What applied before, by policy or default; empty: unknown.")
    )
    new_in_force = models.CharField(
        max_length=32, blank=True, default="", help_text=_("What applied then, by policy or default; empty: unknown.")
    )
    reason = MultiCollationTextField(
        blank=True, default="", db_collations=COLLATIONS, help_text=_("The reason; empty if none was given.")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The user; empty for a script, and if the account was deleted since."),
    )
    changed_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Policy change")
        verbose_name_plural = _("Policy changes")
        constraints = [
            models.CheckConstraint(condition=Q(field__in=PolicyField.values), name="sample_plugin_review_field"),
        ]
        indexes = [
            # A package's history, newest first.
            models.Index(fields=["learning_package", "changed_at"], name="sample_plugin_review_history"),
        ]

    def __str__(self) -> str:
        return f"{self.learning_package}: {self.get_field_display()}"


class ReviewActivity(AppendOnly):
    """
    Something about the verdicts, or the requests for a review, of a package has changed. It does not say what.

    Written in the transaction that changes them, as core's ``DraftChangeLog`` is for drafts. So the number of these
    rows says whether anything has changed, without a look at the verdicts: see ``reading/fingerprint.py``. They are
    rows rather than a counter, because on a counter reviewers would wait for each other.

    .. no_pii:
    """

    learning_package = models.ForeignKey(LearningPackage, on_delete=models.CASCADE, related_name="+")
    happened_at = manual_date_time_field()

    class Meta:
        verbose_name = _("Review activity")
        verbose_name_plural = _("Review activities")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @classmethod
    def put_on_record(cls, learning_package_ids: Iterable[LearningPackage.ID]) -> None:
        """Note that something has changed in these packages, in the caller's transaction. One query."""
        now = datetime.now(tz=timezone.utc)
        cls.objects.bulk_create(
            cls(learning_package_id=package_id, happened_at=now) for package_id in sorted(set(learning_package_ids))
        )
