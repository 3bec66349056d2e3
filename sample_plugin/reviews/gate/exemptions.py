"""
The two ways past the gate: a restore from a backup, and an explicit bypass that is recorded.

Both are context variables, so they apply to the code inside the ``with`` block and to no other thread. A task that the
block starts inherits the context, but its exemption ends with the block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Protocol

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishLog

from ..models import ReviewBypass
from ..texts import require_text

__all__ = ["bypass_review", "is_restore", "may_apply", "record_bypass", "restoring"]


@dataclass(slots=True)
class _Bypass:
    reason: str
    user_id: int | None
    ended: bool = False


class Restore(Protocol):
    """The part of core's ``LearningPackageUnzipper`` that is needed here: the package that it makes."""

    @property
    def learning_package_id(self) -> int | None:
        """The id of the package; None until the package exists."""


_bypass: ContextVar[_Bypass | None] = ContextVar("sample_plugin_reviews_bypass", default=None)
_restore: ContextVar[Restore | None] = ContextVar("sample_plugin_reviews_restore", default=None)


@contextmanager
def bypass_review(*, reason: str, user_id: int | None = None) -> Iterator[None]:
    """
    Let publishes inside the block go live without a review, and record that.

    Each publish that contains unreviewed changes leaves a ``ReviewBypass`` with the publish, the user, the time and the
    reason, written in the transaction of that publish. The bypass ends with the block, in this thread and in tasks that
    the block starts. Do not suspend a generator inside the block: its caller would continue under the bypass.

    Does not check permissions. One query, for the user. Raises ``ValidationError`` if the reason is empty, too long, or
    contains control characters, and ``User.DoesNotExist`` for an unknown user.
    """
    require_text("reason", reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this is published without a review; the reason is put on record.")})
    if user_id is not None:
        get_user_model().objects.get(pk=user_id)
    bypass = _Bypass(reason=reason.strip(), user_id=user_id)
    token = _bypass.set(bypass)
    try:
        yield
    finally:
        bypass.ended = True
        _bypass.reset(token)


def may_apply() -> bool:
    """Return whether a publish that begins now may turn out to be exempt. No query."""
    return _restore.get() is not None or _bypass_in_force() is not None


def _bypass_in_force() -> _Bypass | None:
    bypass = _bypass.get()
    return None if bypass is None or bypass.ended else bypass


def record_bypass(publish_log: PublishLog, *, unreviewed_count: int) -> bool:
    """Record that ``publish_log`` bypasses the gate, and return True; or return False if there is no bypass."""
    bypass = _bypass_in_force()
    if bypass is None:
        return False
    # A publish is judged by the step and again at the end, when other plugins' steps may have changed what goes live.
    ReviewBypass.objects.update_or_create(
        publish_log=publish_log,
        defaults={"unreviewed_count": unreviewed_count},
        create_defaults={
            "user_id": bypass.user_id,
            "reason": bypass.reason,
            "unreviewed_count": unreviewed_count,
            "created": datetime.now(tz=timezone.utc),
        },
    )
    return True


@contextmanager
def restoring(restore: Restore) -> Iterator[None]:
    """Mark the block as the restore of a backup, for :func:`is_restore`."""
    token = _restore.set(restore)
    try:
        yield
    finally:
        _restore.reset(token)


def is_restore(publish_log: PublishLog) -> bool:
    """
    Return whether ``publish_log`` restores what was live according to a backup.

    Only the first publish of the package that the restore made counts. Publishes by receivers of core's events during
    the restore do not count, and the drafts that the restore leaves behind do not either.
    """
    restore = _restore.get()
    return (
        restore is not None
        and restore.learning_package_id == publish_log.learning_package_id
        and not PublishLog.objects.filter(learning_package_id=publish_log.learning_package_id)
        .exclude(pk=publish_log.pk)
        .exists()
    )
