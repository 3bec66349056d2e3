"""Lock a learning package, so that publishes and actions that could change their judgement run one by one."""

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
    Wait for other publishes of this package, and hold up new ones until the transaction ends.

    A publish takes the lock, so that its judgement is still correct when it is committed. Actions that could change the
    judgement take it as well: withdrawing a review, and changing the policy. Edits and new reviews do not wait.

    One query. Raises ``LearningPackage.DoesNotExist``, ``OperationalError`` if the database gives up waiting, and
    ``TransactionManagementError`` outside of a transaction.
    """
    if PublishLock.objects.select_for_update().filter(pk=learning_package_id).first() is None:
        # The package was created where this plugin is not installed.
        require_learning_package(learning_package_id)
        _make_lock(learning_package_id)


def install() -> None:
    """Create a lock for every new package. Safe to call again."""
    post_save.connect(_make_lock_with_package, sender=LearningPackage, dispatch_uid="sample_plugin.reviews.locks")


def _make_lock_with_package(instance: LearningPackage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # Not at the first publish: if that publish is refused, its new row is rolled back, and other publishes that wait
    # for the row conflict with each other in MySQL.
    if created and not raw:
        _make_lock(instance.id)


def _make_lock(learning_package_id: LearningPackage.ID) -> None:
    """Create the row, or lock the row that another transaction has created meanwhile."""
    PublishLock.objects.bulk_create(
        [PublishLock(learning_package_id=learning_package_id, created=datetime.now(tz=timezone.utc))],
        update_conflicts=True,
        update_fields=["created"],
        unique_fields=["learning_package"] if connection.features.supports_update_conflicts_with_target else None,
    )
