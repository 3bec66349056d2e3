"""
What the plugin stores: reviews of draft changes, and where a review is required.

``records.py`` has what is only added, ``review_requests.py`` what authors ask for.

All rows refer to openedx-core's content, and must not keep core from deleting its own rows. A learning package takes
everything with it (``CASCADE``). If core deletes another row (a change log record that a bulk edit undoes, an old
version, a user account), the review stays on record without it (``SET_NULL``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import (
    DraftChangeLog,
    DraftChangeLogRecord,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
    Published,
    PublishLogRecord,
)
from openedx_django_lib.fields import MultiCollationTextField, manual_date_time_field

from .conf import MAX_REQUIRED_REVIEWERS, REQUIRED_REVIEWERS, ReviewMode, ReviewStarts, WhoMayReview
from .records import COLLATIONS, Basis, PolicyField, PublishJudgement, ReviewActivity, ReviewPolicyChange
from .review_requests import ReviewRequest

__all__ = [
    "DELETION",
    "Basis",
    "DraftChange",
    "ImportedChangeLog",
    "LiveContent",
    "PolicyField",
    "PublishJudgement",
    "ReviewActivity",
    "ReviewPolicy",
    "ReviewPolicyChange",
    "ReviewRequest",
    "ReviewedStatus",
    "Verdict",
    "changes_requested",
    "covered_by_review",
    "has_been_live",
    "has_review",
    "has_verdict_of",
    "is_live",
    "newest_deletion",
]

# The ``version_num`` of a review of a deletion. Versions are numbered from 1.
DELETION = 0


class Verdict(models.TextChoices):
    """A reviewer's verdict on a draft change."""

    REVIEWED = "reviewed", _("reviewed")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")


def covered_by_review(*, entity: str, version: str) -> Q:
    """
    Return the condition under which a row is covered: the one rule, which all other code asks.

    A row is covered if as many different reviewers have approved it as the package's policy requires, or else the
    site's default, and no request for changes is open.

    ``entity`` and ``version`` name the row's fields for the entity and for the version that would go live, so that one
    rule serves a ``Draft``, a ``PublishLogRecord`` and a ``PublishableEntity`` alike.

    A review covers exactly its version. The version stays covered when the draft moves away from it and comes back. The
    versions that a container pins need their own verdicts, see ``drafts/pins.py``.

    A deletion has no version that distinguishes it from the next one, so a review of the newest recorded deletion
    covers it. If an author restores the entity and deletes it again, the deletion needs another review. All of this
    applies to a request for changes as well.
    """
    return _has_verdicts(lambda verdicts: verdicts.that_suffice(), entity=entity, version=version)


def has_review(*, entity: str, version: str) -> Q:
    """Return the condition under which a row has a review, enough of them or not; the fields as above."""
    return _has_verdicts(lambda verdicts: verdicts.reviews(), entity=entity, version=version)


def has_verdict_of(reviewer_id: int | OuterRef, *, entity: str, version: str) -> Q:
    """Return the condition under which a row has a verdict in force by this person; the fields as above."""
    return _has_verdicts(lambda verdicts: verdicts.filter(reviewer=reviewer_id), entity=entity, version=version)


def changes_requested(*, entity: str, version: str) -> Q:
    """Return the condition under which a row has an open request for changes; the fields as above."""
    return _has_verdicts(lambda verdicts: verdicts.requests(), entity=entity, version=version)


def _has_verdicts(such: Callable[[ReviewedStatusQuerySet], Any], *, entity: str, version: str) -> Q:
    """Return the condition under which a row has such verdicts in force."""
    of_version = ReviewedStatus.objects.of_version(OuterRef(version))
    of_deletion = ReviewedStatus.objects.of_newest_deletion(OuterRef(entity))
    return Q(Exists(such(of_version))) | Q(Exists(such(of_deletion)), **{f"{version}__isnull": True})


def newest_deletion(entity: OuterRef) -> Subquery:
    """Return the id of the newest record of a deletion of this entity."""
    deletions = DraftChangeLogRecord.objects.filter(entity=entity, new_version=None)
    return Subquery(deletions.order_by("-pk").values("pk")[:1])


def is_live() -> Q:
    """Return the condition under which the result of a ``DraftChangeLogRecord`` is what is published."""
    # NULL equals nothing in SQL, so a deletion that is live, or was never needed, needs its own condition.
    return Q(entity__published__version=F("new_version")) | Q(entity__published__version=None, new_version=None)


def has_been_live(version: str | OuterRef, *, before: int | None = None) -> Exists:
    """
    Return the condition under which the version in this field of a row is published, or once was.

    ``before``: the id of a publish that is being judged. What it takes live does not count.
    """
    outer = version if isinstance(version, OuterRef) else OuterRef(version)
    publishes = PublishLogRecord.objects.filter(new_version=outer)
    return Exists(publishes if before is None else publishes.exclude(publish_log=before))


class ReviewedStatusQuerySet(models.QuerySet["ReviewedStatus"]):
    """Query methods for verdicts."""

    def in_force(self) -> ReviewedStatusQuerySet:
        """Leave out withdrawn verdicts."""
        return self.filter(in_force=True)

    def reviews(self) -> ReviewedStatusQuerySet:
        """Leave out requests for changes."""
        return self.filter(verdict=Verdict.REVIEWED)

    def requests(self) -> ReviewedStatusQuerySet:
        """Keep only requests for changes."""
        return self.filter(verdict=Verdict.CHANGES_REQUESTED)

    def last_given_by(self, user_id: int) -> ReviewedStatusQuerySet:
        """Keep this user's verdicts on versions, withdrawn ones included, and put the last one first."""
        # A deletion has no version to compare with.
        return self.filter(reviewer=user_id, version__isnull=False).order_by("-created", "-pk")

    def with_replaced(self) -> ReviewedStatusQuerySet:
        """Add ``is_replaced``: whether the verdict was withdrawn because its reviewer gave the next one."""
        # The next one on the same version or deletion; it was there when this one was withdrawn.
        is_of_same = Q(version=OuterRef("version")) | Q(
            version=None, version_num=DELETION, draft_change_log_record=OuterRef("draft_change_log_record")
        )
        following = ReviewedStatus.objects.filter(
            is_of_same,
            entity=OuterRef("entity"),
            reviewer=OuterRef("reviewer"),
            version_num=OuterRef("version_num"),
            created__lte=OuterRef("withdrawn_at"),
            pk__gt=OuterRef("pk"),
        )
        return self.annotate(is_replaced=Exists(following.filter(reviewer=OuterRef("withdrawn_by"))))

    def of_version(self, version: OuterRef) -> ReviewedStatusQuerySet:
        """Keep the verdicts in force on this version."""
        return self.in_force().filter(version=version)

    def of_newest_deletion(self, entity: OuterRef) -> ReviewedStatusQuerySet:
        """Keep the verdicts in force on this entity's newest deletion."""
        # The look-up starts from the outer row, not from the review: MariaDB then finds the review by its unique key.
        # Otherwise it reads all reviews of the site.
        return self.in_force().filter(draft_change_log_record=newest_deletion(OuterRef(entity)), version_num=DELETION)

    def that_suffice(self) -> Any:
        """Keep these verdicts on one version (or deletion) if they are enough to publish it, and otherwise none."""
        needed = "entity__learning_package__review_policy__required_reviewers"
        return (
            self.order_by()
            .values(needed)
            .annotate(
                # All deleted accounts count as one person, because they may have been one person.
                people=Count(Coalesce("reviewer", 0), filter=Q(verdict=Verdict.REVIEWED), distinct=True),
                requests=Count("pk", filter=Q(verdict=Verdict.CHANGES_REQUESTED)),
            )
            .filter(people__gte=Coalesce(needed, REQUIRED_REVIEWERS.read()), requests=0)
        )


class ReviewedStatus(models.Model):
    """
    One person's verdict on one draft change: a review, or a request for changes.

    A verdict is pinned to what the reviewer looked at: the draft change, and the version that the change put in place.
    The version is stored beside the change because a review must not move along when core rewrites a
    ``DraftChangeLogRecord``, as it does while a bulk edit runs (``v1 → v2`` becomes ``v1 → v3``).

    Whether a verdict covers a draft is never stored, see :func:`covered_by_review`, so an edit needs no clean-up. Each
    person has one verdict in force on a version: giving another one withdraws the first.

    .. pii: The notes are free text written by reviewers and may name people. The people are foreign keys.
    .. pii_types: other
    .. pii_retirement: retained
    """

    entity = models.ForeignKey(PublishableEntity, on_delete=models.CASCADE, related_name="reviews", db_index=False)
    draft_change_log_record = models.ForeignKey(
        DraftChangeLogRecord,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        help_text=_("The change that the reviewer looked at; empty if core has removed it since."),
    )
    version = models.ForeignKey(
        PublishableEntityVersion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        db_index=False,
        help_text=_("The version that the change had put in place; empty for a deletion."),
    )
    version_num = models.PositiveIntegerField(
        help_text=_("The number of that version; 0 for a deletion."),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The reviewer; empty if the account was deleted since. The review stays in force."),
    )
    verdict = models.CharField(max_length=32, choices=Verdict, default=Verdict.REVIEWED)
    note = MultiCollationTextField(
        blank=True,
        default="",
        db_collations=COLLATIONS,
        help_text=_("The reviewer's comment; in a request for changes, what is missing."),
    )
    carried_over_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The review that this one repeats after a save that changed nothing; empty if a reviewer gave it."),
    )
    created = manual_date_time_field()
    in_force = models.BooleanField(
        null=True,
        default=True,
        verbose_name=_("still counts?"),
        # Never False, see the constraints.
        help_text=_("Yes until it is withdrawn, and unknown from then on."),
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = MultiCollationTextField(
        blank=True,
        default="",
        db_collations=COLLATIONS,
        help_text=_("The reason why the request was dismissed; otherwise empty."),
    )

    objects = ReviewedStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("Review")
        verbose_name_plural = _("Reviews")
        constraints = [
            # Reviewing the same change twice leaves one review, even if two requests race. A withdrawn review must not
            # prevent a new one. MySQL has no conditional constraints, but like every database it allows any number of
            # rows whose unique key contains a NULL. So a withdrawn review has NULL here, not False.
            models.UniqueConstraint(
                fields=["draft_change_log_record", "reviewer", "version_num", "in_force"],
                name="sample_plugin_review_uniq",
            ),
            # One verdict of a person on a version, whichever of its records the person looked at: a version that is
            # brought back has several. Deletions have no version, so the constraint above applies to them.
            models.UniqueConstraint(
                fields=["version", "reviewer", "in_force"],
                name="sample_plugin_review_version",
            ),
            # Any other value would neither cover a change nor block it.
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="sample_plugin_review_verdict"),
            models.CheckConstraint(
                # (NULL = True is neither true nor false, and a check accepts that; hence the first condition.)
                condition=Q(in_force__isnull=False, in_force=True, withdrawn_at__isnull=True)
                | Q(in_force__isnull=True, withdrawn_at__isnull=False),
                name="sample_plugin_review_withdrawn",
            ),
        ]
        indexes = [
            # Is this version covered? Asked for every record of a publish.
            models.Index(fields=["version", "in_force"], name="sample_plugin_review_covers"),
            # Which verdicts has this person given on this entity? Without this index SQLite reads all verdicts that the
            # person ever gave. The index also finds the history of an entity, which is short enough to be sorted.
            models.Index(fields=["entity", "reviewer"], name="sample_plugin_review_given"),
        ]

    def __str__(self) -> str:
        what = _("deletion") if self.version_num == DELETION else f"v{self.version_num}"
        return f"{self.entity} ({what})"

    @property
    def origin_id(self) -> int:
        """The id of the verdict that the reviewer gave, however many saves ago: this one, or its source."""
        return self.carried_over_from_id or self.pk


class ReviewPolicy(models.Model):
    """
    What one learning package requires: whether unreviewed changes are refused, how many reviewers, who, and when.

    Every package has one row. An unset field falls back to the site's default. The row is also the one on which
    publishes of the package queue, see ``lock_publishes`` in ``policy.py``: a row of the plugin's own, so that authors'
    edits do not queue.

    .. no_pii:
    """

    learning_package = models.OneToOneField(
        LearningPackage, on_delete=models.CASCADE, primary_key=True, related_name="review_policy"
    )
    mode = models.CharField(
        max_length=32,
        choices=ReviewMode,
        blank=True,
        default="",
        help_text=_("What happens to unreviewed changes that are to be published; empty: the site's default."),
    )
    required_reviewers = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_REQUIRED_REVIEWERS)],
        help_text=_("How many different reviewers must approve a change; empty: the site's default."),
    )
    who_may_review = models.CharField(
        max_length=32,
        choices=WhoMayReview,
        blank=True,
        default="",
        help_text=_("Which of the users with the permission may review a change; empty: the site's default."),
    )
    review_starts = models.CharField(
        max_length=32,
        choices=ReviewStarts,
        blank=True,
        default="",
        help_text=_("When a change waits for a review; empty: the site's default."),
    )
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was last changed; empty if the site's defaults apply unchanged.")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Review policy")
        verbose_name_plural = _("Review policies")
        constraints = [
            # With 0, everything would be covered.
            models.CheckConstraint(
                condition=Q(required_reviewers__isnull=True) | Q(required_reviewers__gte=1),
                name="sample_plugin_review_people",
            ),
            # With an unknown value, no rule would apply.
            models.CheckConstraint(
                condition=Q(mode__in=["", *ReviewMode.values]),
                name="sample_plugin_review_mode",
            ),
            models.CheckConstraint(
                condition=Q(who_may_review__in=["", *WhoMayReview.values]),
                name="sample_plugin_review_who",
            ),
            models.CheckConstraint(
                condition=Q(review_starts__in=["", *ReviewStarts.values]),
                name="sample_plugin_review_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.learning_package)

    @property
    def review_required(self) -> bool | None:
        """Whether the package's own policy requires reviews; None if it leaves the mode to the site's default."""
        return self.mode == ReviewMode.REQUIRED if self.mode else None


class ImportedChangeLog(models.Model):
    """
    A change log of openedx-core that one of the platform's import tasks made. It marks the import as one thing.

    .. pii: The source may be named after a person. The user is a foreign key.
    .. pii_types: other
    .. pii_retirement: retained
    """

    draft_change_log = models.OneToOneField(
        DraftChangeLog, on_delete=models.CASCADE, primary_key=True, related_name="review_import"
    )
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The user who started the import; empty if unknown."),
    )
    source = MultiCollationTextField(
        blank=True,
        default="",
        db_collations=COLLATIONS,
        help_text=_("What was imported, such as the key of a course; empty if unknown."),
    )

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")

    def __str__(self) -> str:
        return self.source or f"#{self.draft_change_log_id}"


class DraftChange(DraftChangeLogRecord):
    """
    A draft change that waits to be published, with its own name and permissions for the admin.

    .. no_pii:
    """

    class Meta:
        proxy = True
        verbose_name = _("Draft change")
        verbose_name_plural = _("Draft changes")


class LiveContent(Published):
    """
    An item that is live, with its own name and permission for the admin.

    .. no_pii:
    """

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("Live content")
        verbose_name_plural = _("Live content")
