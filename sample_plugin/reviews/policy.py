"""What each learning package requires: a review or not, by how many people, and who may give it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timezone

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage

from .conf import MAX_REQUIRED_REVIEWERS, is_number_of_reviewers, required_reviewers_by_default
from .existence import no_learning_package, require_user
from .locks import lock_publishes
from .models import ReviewPolicy, WhoMayReview
from .settings.common import WHO_MAY_REVIEW

__all__ = [
    "PolicyInForce",
    "get_policy",
    "get_required_reviewers",
    "get_who_may_review",
    "is_review_required",
    "policy_of",
    "required_by_default",
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
        return required_by_default() if said is None else said

    @property
    def required_reviewers(self) -> int:
        """How many different people have to review a change. Raises ``ImproperlyConfigured``, see ``conf.py``."""
        said = self.policy.required_reviewers if self.policy else None
        return required_reviewers_by_default() if said is None else said

    @property
    def who_may_review(self) -> WhoMayReview:
        """Which contributors may review a change."""
        said = self.policy.who_may_review if self.policy else ""
        return WhoMayReview(said) if said else _who_may_review_by_default()


def policy_of(learning_package: LearningPackage) -> PolicyInForce:
    """Return what the package requires. No query if its ``review_policy`` was loaded with it."""
    return PolicyInForce(getattr(learning_package, "review_policy", None))


def get_policy(learning_package_id: LearningPackage.ID) -> PolicyInForce:
    """Return what the package requires. One query. Raises ``LearningPackage.DoesNotExist``."""
    package = LearningPackage.objects.select_related("review_policy").filter(pk=learning_package_id).first()
    if package is None:
        raise no_learning_package(learning_package_id)
    return policy_of(package)


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
        require_user(changed_by)
    with atomic():
        # A publish that was judged by the old policy is committed before the new policy applies.
        lock_publishes(learning_package_id)
        policy, _created = ReviewPolicy.objects.update_or_create(
            learning_package_id=learning_package_id,
            defaults={**what, "changed_at": datetime.now(tz=timezone.utc), "changed_by_id": changed_by},
        )
    return policy


def required_by_default() -> bool:
    """Return the site's default. Only a real False opens the gate."""
    return getattr(settings, "SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT", True) is not False


def _who_may_review_by_default() -> WhoMayReview:
    """Return the site's default. Any value but the three words means the strictest of them."""
    value = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW", WHO_MAY_REVIEW)
    if value == WHO_MAY_REVIEW:
        # The older setting. Only a real True allows self-review.
        is_open = getattr(settings, "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW", False) is True
        return WhoMayReview.ANYBODY if is_open else WhoMayReview.NOT_CONTRIBUTORS
    is_known = isinstance(value, str) and value in WhoMayReview.values
    return WhoMayReview(value) if is_known else WhoMayReview.NOT_CONTRIBUTORS
