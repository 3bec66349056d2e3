"""
Change what a learning package requires, and tell what it required when: every change stays on record.

A rule that gets weaker lets something pass that it stopped before. Readers of the record will want to know why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any, TypedDict, Unpack

from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Count, QuerySet, Sum
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage

from .conf import MAX_REQUIRED_REVIEWERS, ReviewMode, ReviewStarts, WhoMayReview, is_number_of_reviewers
from .data import OpenPeriod
from .models import Basis, PolicyField, PublishJudgement, ReviewPolicy, ReviewPolicyChange
from .policy import PolicyInForce, get_policy, lock_publishes
from .texts import require_text

__all__ = [
    "PolicyValues",
    "change_policy",
    "get_open_periods",
    "get_policy_history",
    "require_reason",
    "set_required_reviewers",
    "set_review_mode",
    "set_review_required",
    "set_who_may_review",
]

log = logging.getLogger(__name__)

# From the weakest rule to the strictest.
_MODES: tuple[str, ...] = tuple(ReviewMode.values)
_RULES: tuple[str, ...] = tuple(reversed(WhoMayReview.values))

# For the log.
_SENTENCES: dict[str, Callable[[ReviewPolicyChange], str]] = {
    PolicyField.MODE: lambda change: {
        ReviewMode.REQUIRED: "review is required from now on",
        ReviewMode.ADVISORY: "review is NOT required (advisory) from now on",
        ReviewMode.OFF: "review is NOT required from now on",
    }[ReviewMode(change.new_in_force)],
    PolicyField.REQUIRED_REVIEWERS: lambda change: (
        "a change has to be reviewed by " + (change.new_value or "as many as the site's default says") + " from now on"
    ),
    PolicyField.WHO_MAY_REVIEW: lambda change: (
        "from now on changes may be reviewed by: " + (change.new_value or "as the site's default says")
    ),
    PolicyField.REVIEW_STARTS: lambda change: (
        "from now on a change waits for a review: " + (change.new_value or "as the site's default says")
    ),
}


class PolicyValues(TypedDict, total=False):
    """New values for parts of a policy; None for the site's default. What is left out stays as it is."""

    mode: ReviewMode | str | None
    required_reviewers: int | None
    who_may_review: WhoMayReview | str | None
    review_starts: ReviewStarts | str | None


def change_policy(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    changed_by: int | None,
    reason: str,
    **values: Unpack[PolicyValues],
) -> ReviewPolicy:
    """
    Change parts of this package's policy, all of them or none, and return the policy.

    ``changed_by`` is a user id, None for a script. Each part that gets another value leaves a ``ReviewPolicyChange``;
    setting what is already set changes nothing. A new number of reviewers applies at once, also to changes that are
    already reviewed; a new rule about who may review applies to verdicts from now on. ``review_starts`` applies at
    once, also to changes that wait; what may be published does not depend on it. Waits for a running publish of the
    package. Does not check permissions.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        ValidationError: a value is not valid; the reason is not text; the reason is empty and the policy gets weaker.
    """
    return _change(learning_package_id, changed_by, reason, values, is_reason_needed=True)


def set_review_mode(
    learning_package_id: LearningPackage.ID,
    /,
    mode: ReviewMode | str | None,
    *,
    changed_by: int | None,
    reason: str,
) -> ReviewPolicy:
    """
    Set whether unreviewed changes are refused (``required``), pointed out (``advisory``) or published (``off``).

    None: the site's default. See :func:`change_policy`, also for the errors: an empty reason is refused when the mode
    gets weaker.
    """
    return change_policy(learning_package_id, changed_by=changed_by, reason=reason, mode=mode)


def set_review_required(
    learning_package_id: LearningPackage.ID, /, required: bool, *, changed_by: int | None, reason: str = ""
) -> ReviewPolicy:
    """
    Set the mode ``required`` or ``off`` for this package, whatever the site's default is, and return the policy.

    For scripts: needs no reason. Otherwise like :func:`change_policy`, also in its errors.

    Raises ``ValidationError`` if ``required`` is not a boolean. (The string "false" would be true.)
    """
    if not isinstance(required, bool):
        raise ValidationError({"required": _("Say True or False, not {value!r}.").format(value=required)})
    mode = ReviewMode.REQUIRED if required else ReviewMode.OFF
    return _change(learning_package_id, changed_by, reason, {"mode": mode})


def set_required_reviewers(
    learning_package_id: LearningPackage.ID, /, number: int | None, *, changed_by: int | None, reason: str = ""
) -> ReviewPolicy:
    """
    Set how many different people must review a change in this package, and return the policy. None: the site's default.

    Applies at once, also to changes that are already reviewed. For scripts: needs no reason. Otherwise like
    :func:`change_policy`.

    Raises ``ValidationError`` if ``number`` is neither None nor from 1 to 20.
    """
    return _change(learning_package_id, changed_by, reason, {"required_reviewers": number})


def set_who_may_review(
    learning_package_id: LearningPackage.ID,
    /,
    who: WhoMayReview | str | None,
    *,
    changed_by: int | None,
    reason: str = "",
) -> ReviewPolicy:
    """
    Set which contributors may review in this package, and return the policy.

    ``who`` is ``not_contributors``, ``not_last_editor`` or ``anybody``; None for the site's default. Applies to
    verdicts from now on; earlier verdicts stay in force. For scripts: needs no reason. Otherwise like
    :func:`change_policy`.

    Raises ``ValidationError`` if ``who`` is not one of these.
    """
    return _change(learning_package_id, changed_by, reason, {"who_may_review": who})


def require_reason(policy: PolicyInForce, /, *, reason: str, **values: Unpack[PolicyValues]) -> None:
    """
    Raise ``ValidationError`` for an empty reason if any of these values is weaker than what is in force.

    Weaker are: required → advisory → off; fewer reviewers; more people who may review. Compares what applies, so the
    site's default counts where a value is None. No query.

    Raises ``ValidationError`` as well for an invalid value, and for a reason that is not text.
    """
    require_text("reason", reason)
    is_weaker = any(
        _strictness(field, after) < _strictness(field, before)
        for field, before, after in _compared(policy, _stored(values))
    )
    if is_weaker and not reason.strip():
        raise ValidationError({"reason": _("Say why the rule gets weaker; the reason is put on record.")})


def get_policy_history(learning_package_id: LearningPackage.ID, /) -> QuerySet[ReviewPolicyChange]:
    """
    Return the changes of this package's policy, newest first.

    One query now, for the package; the queryset is lazy and loads the users with it. Changes of the site's defaults are
    not on record, and of the changes before the history was kept only the last one is. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    content_api.get_learning_package(learning_package_id)
    changes = ReviewPolicyChange.objects.filter(learning_package=learning_package_id)
    return changes.select_related("changed_by").order_by("-changed_at", "-pk")


def get_open_periods(learning_package_id: LearningPackage.ID, /) -> list[OpenPeriod]:
    """
    Return the times in which unreviewed changes were not refused, newest first, each with what was published meanwhile.

    Such a period begins when the mode stops being ``required``, and ends when it is required again. By the history of
    the package's policy: changes of the site's default are not on record. One query for the package, one for the
    history and one for each period. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    changes = get_policy_history(learning_package_id).filter(field=PolicyField.MODE).reverse()
    periods: list[OpenPeriod] = []
    is_open, since = False, None
    for number, change in enumerate(changes):
        if number == 0 and change.old_in_force not in ("", ReviewMode.REQUIRED):
            is_open = True  # since before the history: the time is not known
        if change.new_in_force != ReviewMode.REQUIRED and not is_open:
            is_open, since = True, change.changed_at
        elif change.new_in_force == ReviewMode.REQUIRED and is_open:
            periods.append(_period(learning_package_id, since, change))
            is_open, since = False, None
    if is_open or (not periods and not get_policy(learning_package_id).review_required):
        periods.append(_period(learning_package_id, since, None))
    return periods[::-1]


def _period(
    learning_package_id: LearningPackage.ID, since: datetime | None, ended_by: ReviewPolicyChange | None
) -> OpenPeriod:
    # By the judgements' own times: the caller of a publish chooses the time of the publish.
    publishes = PublishJudgement.objects.filter(
        publish_log__learning_package=learning_package_id, basis=Basis.NOT_REQUIRED
    )
    if since:
        publishes = publishes.filter(created__gte=since)
    if ended_by:
        publishes = publishes.filter(created__lte=ended_by.changed_at)
    figures = publishes.aggregate(
        publishes=Count("pk"), changes=Sum("change_count"), unreviewed=Sum("unreviewed_count")
    )
    return OpenPeriod(
        since=since,
        until=ended_by.changed_at if ended_by else None,
        ended_by_id=ended_by.pk if ended_by else None,
        publish_count=figures["publishes"],
        change_count=figures["changes"] or 0,
        unreviewed_count=figures["unreviewed"] or 0,
    )


def _change(
    learning_package_id: LearningPackage.ID,
    changed_by: int | None,
    reason: str,
    values: PolicyValues,
    *,
    is_reason_needed: bool = False,
) -> ReviewPolicy:
    require_text("reason", reason)
    reason = reason.strip()
    stored = _stored(values)
    if changed_by is not None:
        get_user_model().objects.get(pk=changed_by)
    with atomic():
        # A publish that was judged by the old policy is committed before the new policy applies.
        before = lock_publishes(learning_package_id)
        policy = before.policy
        assert policy is not None  # noqa: S101, it is the row that is locked
        if is_reason_needed:
            require_reason(before, reason=reason, **values)
        changed_at = datetime.now(tz=timezone.utc)
        changes = [
            ReviewPolicyChange(
                learning_package_id=learning_package_id,
                field=field,
                old_value=_text(getattr(policy, field)),
                new_value=_text(stored[field]),
                old_in_force=_text(old),
                new_in_force=_text(new),
                reason=reason,
                changed_by_id=changed_by,
                changed_at=changed_at,
            )
            for field, old, new in _compared(before, stored)
            if getattr(policy, field) != stored[field]
        ]
        if changes:
            for field, value in stored.items():
                setattr(policy, field, value)
            policy.changed_at, policy.changed_by_id = changed_at, changed_by
            policy.save()
            ReviewPolicyChange.objects.bulk_create(changes)
    for change in changes:
        # Readers of the logs want to know since when the gate was open.
        log.warning(
            "Learning package %s: %s (set by user %s).",
            learning_package_id,
            _SENTENCES[change.field](change),
            changed_by,
        )
    return policy


def _stored(values: PolicyValues) -> dict[str, Any]:
    """Return the values as the policy stores them. Raises ``ValidationError``."""
    stored: dict[str, Any] = {}
    if "mode" in values:
        stored["mode"] = _one_of(ReviewMode.values, "mode", values["mode"])
    if "required_reviewers" in values:
        number = values["required_reviewers"]
        if number is not None and not is_number_of_reviewers(number):
            raise ValidationError(
                {"required_reviewers": _("Ask for 1 to {max} reviewers.").format(max=MAX_REQUIRED_REVIEWERS)}
            )
        stored["required_reviewers"] = number
    if "who_may_review" in values:
        stored["who_may_review"] = _one_of(WhoMayReview.values, "who_may_review", values["who_may_review"])
    if "review_starts" in values:
        stored["review_starts"] = _one_of(ReviewStarts.values, "review_starts", values["review_starts"])
    return stored


def _one_of(choices: list[str], name: str, value: str | None) -> str:
    if value is not None and value not in choices:
        raise ValidationError({name: _("Choose one of these: {choices}.").format(choices=", ".join(choices))})
    return str(value or "")


def _compared(policy: PolicyInForce, stored: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return each of these fields with what is in force, and with what would be."""
    after = PolicyInForce(ReviewPolicy(**stored))
    return [(field, _in_force(policy, field), _in_force(after, field)) for field in stored]


def _in_force(policy: PolicyInForce, field: str) -> Any:
    """Return what applies; None if that is the site's number of reviewers, and it is invalid."""
    try:
        return getattr(policy, field)
    except ImproperlyConfigured:
        return None


def _strictness(field: str, value: Any) -> int:
    match field:
        case PolicyField.MODE:
            return _MODES.index(value)
        case PolicyField.WHO_MAY_REVIEW:
            return _RULES.index(value)
        case PolicyField.REVIEW_STARTS:
            return 0  # the gate refuses the same changes either way
    # As long as the site's number is invalid, nothing can be published.
    return MAX_REQUIRED_REVIEWERS + 1 if value is None else int(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
