"""One after the other: what publishes in a learning package, and what takes away the right to."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from django.db import connection
from django.db.models.signals import post_save
from openedx_content.models_api import LearningPackage

from .existence import require_learning_package
from .models import PublishLock

__all__ = ["install", "lock_publishes"]


def lock_publishes(learning_package_id: LearningPackage.ID) -> None:
    """
    Wait until nobody else publishes in this package, and keep everybody else from it until the transaction ends.

    For a publish, so that what it has judged is still so when it is committed; and for whatever could make that untrue:
    the withdrawal of a review, and a change of the policy. Edits and new reviews do not wait.

    One query. Raises ``LearningPackage.DoesNotExist``, ``OperationalError`` if the database gives up waiting, and
    ``TransactionManagementError`` outside of a transaction.
    """
    if PublishLock.objects.select_for_update().filter(pk=learning_package_id).first() is None:
        # The package was made where this plugin is not installed.
        require_learning_package(learning_package_id)
        _make_lock(learning_package_id)


def install() -> None:
    """Have every package get its lock when it is made. Safe to call again."""
    post_save.connect(_make_lock_with_package, sender=LearningPackage, dispatch_uid="sample_plugin.reviews.locks")


def _make_lock_with_package(instance: LearningPackage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # Not at the first publish: those who wait for a row that is taken back again, because that publish is refused, get
    # into each other's way in MySQL.
    if created and not raw:
        _make_lock(instance.id)


def _make_lock(learning_package_id: LearningPackage.ID) -> None:
    """Make the row, or lock the one that somebody else has made meanwhile."""
    PublishLock.objects.bulk_create(
        [PublishLock(learning_package_id=learning_package_id, created=datetime.now(tz=timezone.utc))],
        update_conflicts=True,
        update_fields=["created"],
        unique_fields=["learning_package"] if connection.features.supports_update_conflicts_with_target else None,
    )
