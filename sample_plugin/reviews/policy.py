"""
What each learning package requires: a review or not, by how many people, and who may give it.

Each package has one row of the plugin's own. It stores the policy, and publishes of the package queue on it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage

from .conf import (
    MAX_REQUIRED_REVIEWERS,
    REQUIRED_BY_DEFAULT,
    REQUIRED_REVIEWERS,
    WhoMayReview,
    is_number_of_reviewers,
    who_may_review_by_default,
)
from .models import ReviewPolicy

__all__ = [
    "PolicyInForce",
    "get_policy",
    "get_required_reviewers",
    "get_who_may_review",
    "install",
    "is_review_required",
    "lock_publishes",
    "policy_of",
    "set_required_reviewers",
    "set_review_required",
    "set_who_may_review",
]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The requirements of one learning package, from its ``ReviewPolicy`` or else from the site's defaults."""

    policy: ReviewPolicy | None

    @property
    def review_required(self) -> bool:
        """Whether the gate is on."""
        said = self.policy.review_required if self.policy else None
        return REQUIRED_BY_DEFAULT.read() if said is None else said

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


def policy_of(learning_package: LearningPackage) -> PolicyInForce:
    """Return what the package requires. No query if its ``review_policy`` was loaded with it."""
    return PolicyInForce(getattr(learning_package, "review_policy", None))


def get_policy(learning_package_id: LearningPackage.ID) -> PolicyInForce:
    """Return what the package requires. One query. Raises ``LearningPackage.DoesNotExist``."""
    return policy_of(LearningPackage.objects.select_related("review_policy").get(pk=learning_package_id))


def is_review_required(learning_package_id: LearningPackage.ID, /) -> bool:
    """
    Return whether the gate is on for this package: by its ``ReviewPolicy``, or else by the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    return get_policy(learning_package_id).review_required


def set_review_required(
    learning_package_id: LearningPackage.ID, /, required: bool, *, changed_by: int | None
) -> ReviewPolicy:
    """
    Switch the gate on or off for this package, whatever the site's default is, and return the policy.

    ``changed_by`` is a user id, None for a script. Waits for a running publish of the package. Does not check
    permissions.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        ValidationError: ``required`` is not a boolean. (The string "false" would be true.)
    """
    if not isinstance(required, bool):
        raise ValidationError({"required": _("Say True or False, not {value!r}.").format(value=required)})
    policy = _change(learning_package_id, changed_by, review_required=required)
    # Readers of the logs want to know since when the gate was open.
    log.warning(
        "Learning package %s: review is %s from now on (set by user %s).",
        learning_package_id,
        "required" if required else "NOT required",
        changed_by,
    )
    return policy


def get_required_reviewers(learning_package_id: LearningPackage.ID, /) -> int:
    """
    Return how many different people must review a change: by the package's ``ReviewPolicy``, or the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``, and ``ImproperlyConfigured`` if the
    site's default is invalid.
    """
    return get_policy(learning_package_id).required_reviewers


def set_required_reviewers(
    learning_package_id: LearningPackage.ID, /, number: int | None, *, changed_by: int | None
) -> ReviewPolicy:
    """
    Set how many different people must review a change in this package, and return the policy. None: the site's default.

    Applies at once, also to changes that are already reviewed. ``changed_by`` is a user id, None for a script. Waits
    for a running publish of the package. Does not check permissions.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        ValidationError: ``number`` is neither None nor from 1 to 20.
    """
    if number is not None and not is_number_of_reviewers(number):
        raise ValidationError(
            {"required_reviewers": _("Ask for 1 to {max} reviewers.").format(max=MAX_REQUIRED_REVIEWERS)}
        )
    policy = _change(learning_package_id, changed_by, required_reviewers=number)
    log.warning(
        "Learning package %s: a change has to be reviewed by %s from now on (set by user %s).",
        learning_package_id,
        "as many as the site's default says" if number is None else number,
        changed_by,
    )
    return policy


def get_who_may_review(learning_package_id: LearningPackage.ID, /) -> WhoMayReview:
    """
    Return which contributors may review: by the package's ``ReviewPolicy``, or else by the site's default.

    One query. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    return get_policy(learning_package_id).who_may_review


def set_who_may_review(
    learning_package_id: LearningPackage.ID, /, who: WhoMayReview | str | None, *, changed_by: int | None
) -> ReviewPolicy:
    """
    Set which contributors may review in this package, and return the policy.

    ``who`` is ``not_contributors``, ``not_last_editor`` or ``anybody``; None for the site's default. Applies to
    verdicts from now on; earlier verdicts stay in force. ``changed_by`` is a user id, None for a script. Waits for a
    running publish of the package. Does not check permissions.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        ValidationError: ``who`` is not one of these.
    """
    if who is not None and who not in WhoMayReview.values:
        raise ValidationError(
            {"who_may_review": _("Choose one of these: {choices}.").format(choices=", ".join(WhoMayReview.values))}
        )
    policy = _change(learning_package_id, changed_by, who_may_review=str(who or ""))
    log.warning(
        "Learning package %s: from now on changes may be reviewed by: %s (set by user %s).",
        learning_package_id,
        "as the site's default says" if who is None else who,
        changed_by,
    )
    return policy


def _change(
    learning_package_id: LearningPackage.ID, changed_by: int | None, **what: bool | int | str | None
) -> ReviewPolicy:
    if changed_by is not None:
        get_user_model().objects.get(pk=changed_by)
    with atomic():
        # A publish that was judged by the old policy is committed before the new policy applies.
        lock_publishes(learning_package_id)
        policy, _created = ReviewPolicy.objects.update_or_create(
            learning_package_id=learning_package_id,
            defaults={**what, "changed_at": datetime.now(tz=timezone.utc), "changed_by_id": changed_by},
        )
    return policy


def lock_publishes(learning_package_id: LearningPackage.ID) -> None:
    """
    Wait for other publishes of this package, and hold up new ones until the transaction ends.

    A publish takes the lock, so that its judgement is still correct when it is committed. Actions that could change the
    judgement take it as well: withdrawing a review, and changing the policy. Edits and new reviews do not wait.

    One query. Raises ``LearningPackage.DoesNotExist``, ``OperationalError`` if the database gives up waiting, and
    ``TransactionManagementError`` outside of a transaction.
    """
    rows = ReviewPolicy.objects.select_for_update().filter(pk=learning_package_id)
    if rows.first() is None:
        # The package was created where this plugin is not installed.
        content_api.get_learning_package(learning_package_id)
        _make_row(learning_package_id)
        rows.get()


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
