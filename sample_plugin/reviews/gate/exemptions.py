"""
The two ways past the gate: a restore from a backup, and an explicit bypass. The gate records both (``judgement.py``).

Both are context variables, so they apply to the code inside the ``with`` block and to no other thread. A task that the
block starts inherits the context, but its exemption ends with the block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishLog

from ..texts import require_text

__all__ = ["Bypass", "bypass_in_force", "bypass_review", "is_restore", "may_apply", "restoring"]


@dataclass(slots=True)
class Bypass:
    """A person's decision to publish without a review."""

    reason: str
    user_id: int | None
    ended: bool = False


class Restore(Protocol):
    """The part of core's ``LearningPackageUnzipper`` that is needed here: the package that it makes."""

    @property
    def learning_package_id(self) -> int | None:
        """The id of the package; None until the package exists."""


_bypass: ContextVar[Bypass | None] = ContextVar("sample_plugin_reviews_bypass", default=None)
_restore: ContextVar[Restore | None] = ContextVar("sample_plugin_reviews_restore", default=None)


@contextmanager
def bypass_review(*, reason: str, user_id: int | None = None) -> Iterator[None]:
    """
    Let publishes inside the block go live without a review, and record that.

    The gate's record of each of them (``PublishJudgement``) has the user and the reason, and lists the unreviewed
    entities. The bypass ends with the block, in this thread and in tasks that
    the block starts. Do not suspend a generator inside the block: its caller would continue under the bypass.

    Does not check permissions. One query, for the user. Raises ``ValidationError`` if the reason is empty, too long, or
    contains control characters, and ``User.DoesNotExist`` for an unknown user.
    """
    require_text("reason", reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this is published without a review; the reason is put on record.")})
    if user_id is not None:
        get_user_model().objects.get(pk=user_id)
    bypass = Bypass(reason=reason.strip(), user_id=user_id)
    token = _bypass.set(bypass)
    try:
        yield
    finally:
        bypass.ended = True
        _bypass.reset(token)


def may_apply() -> bool:
    """Return whether a publish that begins now may turn out to be exempt. No query."""
    return _restore.get() is not None or bypass_in_force() is not None


def bypass_in_force() -> Bypass | None:
    """Return the bypass that applies to this code; None if there is none, or if its block has ended."""
    bypass = _bypass.get()
    return None if bypass is None or bypass.ended else bypass


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
