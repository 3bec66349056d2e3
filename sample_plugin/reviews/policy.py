"""
What each learning package requires: whether unreviewed changes are refused, how many reviewers, who, and when.

Each package has one row of the plugin's own. It stores the policy, and publishes of the package queue on it.
``policy_changes.py`` changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_save
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage

from .conf import (
    REQUIRED_REVIEWERS,
    ReviewMode,
    ReviewStarts,
    WhoMayReview,
    mode_by_default,
    review_starts_by_default,
    who_may_review_by_default,
)
from .models import ReviewPolicy

__all__ = [
    "PolicyInForce",
    "get_policy",
    "get_required_reviewers",
    "get_review_mode",
    "get_review_starts",
    "get_who_may_review",
    "install",
    "is_review_required",
    "lock_publishes",
    "policy_of",
]


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The requirements of one learning package, from its ``ReviewPolicy`` or else from the site's defaults."""

    policy: ReviewPolicy | None

    @property
    def mode(self) -> ReviewMode:
        """What happens to unreviewed changes that are to be published."""
        said = self.policy.mode if self.policy else ""
        return ReviewMode(said) if said else mode_by_default()

    @property
    def review_required(self) -> bool:
        """Whether unreviewed changes are refused."""
        return self.mode == ReviewMode.REQUIRED

    @property
    def required_reviewers(self) -> int:
        """How many different people have to review a change. Raises ``ImproperlyConfigured``, see ``conf.py``."""
        said = self.policy.required_reviewers if self.policy else None
        return REQUIRED_REVIEWERS.read() if said is None else said

    @property
    def who_may_review(self) -> WhoMayReview:
        """Which contributors may review a change."""
        said = self.policy.who_may_review if self.policy else ""
        return WhoMayReview(said) if said else who_may_review_by_default()

    @property
    def review_starts(self) -> ReviewStarts:
        """When a change waits for a review."""
        said = self.policy.review_starts if self.policy else ""
        return ReviewStarts(said) if said else review_starts_by_default()


def policy_of(learning_package: LearningPackage) -> PolicyInForce:
    """Return what the package requires. No query if its ``review_policy`` was loaded with it."""
    return PolicyInForce(getattr(learning_package, "review_policy", None))


def get_policy(learning_package_id: LearningPackage.ID) -> PolicyInForce:
    """Return what the package requires. One query. Raises ``LearningPackage.DoesNotExist``."""
    return policy_of(LearningPackage.objects.select_related("review_policy").get(pk=learning_package_id))


def is_review_required(learning_package_id: LearningPackage.ID, /) -> bool:
    """
    Return whether unreviewed changes are refused in this package: by its ``ReviewPolicy``, or the site's default.

    False in advisory mode, see :func:`get_review_mode`. One query. Does not check permissions. Raises
    ``LearningPackage.DoesNotExist``.
    """
    return get_policy(learning_package_id).review_required


def get_review_mode(learning_package_id: LearningPackage.ID, /) -> ReviewMode:
    """
    Return the mode of this package, off, advisory or required: by its ``ReviewPolicy``, or else by the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    return get_policy(learning_package_id).mode


def get_required_reviewers(learning_package_id: LearningPackage.ID, /) -> int:
    """
    Return how many different people must review a change: by the package's ``ReviewPolicy``, or the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``, and ``ImproperlyConfigured`` if the
    site's default is invalid.
    """
    return get_policy(learning_package_id).required_reviewers


def get_who_may_review(learning_package_id: LearningPackage.ID, /) -> WhoMayReview:
    """
    Return which contributors may review: by the package's ``ReviewPolicy``, or else by the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    return get_policy(learning_package_id).who_may_review


def get_review_starts(learning_package_id: LearningPackage.ID, /) -> ReviewStarts:
    """
    Return when a change waits for a review: by the package's ``ReviewPolicy``, or else by the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    return get_policy(learning_package_id).review_starts


def lock_publishes(learning_package_id: LearningPackage.ID) -> PolicyInForce:
    """
    Wait for other publishes of this package, hold up new ones until the transaction ends, and return its policy.

    A publish takes the lock, so that its judgement is still correct when it is committed. Actions that could change the
    judgement take it as well: withdrawing a review, and changing the policy. Edits and new reviews do not wait.

    One query. Raises ``LearningPackage.DoesNotExist``, ``OperationalError`` if the database gives up waiting, and
    ``TransactionManagementError`` outside of a transaction.
    """
    rows = ReviewPolicy.objects.select_for_update().filter(pk=learning_package_id)
    policy = rows.first()
    if policy is None:
        # The package was created where this plugin is not installed.
        content_api.get_learning_package(learning_package_id)
        _make_row(learning_package_id)
        policy = rows.get()
    return PolicyInForce(policy)


def install() -> None:
    """Create a row for every new package. Safe to call again."""
    post_save.connect(_make_row_with_package, sender=LearningPackage, dispatch_uid="sample_plugin.reviews.policy")


def _make_row_with_package(instance: LearningPackage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # Not at the first publish: if that publish is refused, its new row is rolled back, and other publishes that wait
    # for the row conflict with each other in MySQL.
    if created and not raw:
        _make_row(instance.id)


def _make_row(learning_package_id: LearningPackage.ID) -> None:
    """Create the row, in which nothing is decided, unless another transaction has created it meanwhile."""
    ReviewPolicy.objects.bulk_create([ReviewPolicy(learning_package_id=learning_package_id)], ignore_conflicts=True)
