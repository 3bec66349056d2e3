"""One after the other: what publishes in a learning package, and what takes away the right to."""

from __future__ import annotations

from datetime import datetime, timezone

from django.db import connection
from openedx_content.models_api import LearningPackage

from .existence import require_learning_package
from .models import PublishLock

__all__ = ["lock_publishes"]


def lock_publishes(learning_package_id: LearningPackage.ID) -> None:
    """
    Wait until nobody else publishes in this package, and keep everybody else from it until the transaction ends.

    For a publish, so that what it has judged is still so when it is committed; and for whatever could make that untrue:
    the withdrawal of a review, and a change of the policy. Edits and new reviews do not wait.

    Two queries. Raises ``LearningPackage.DoesNotExist``, and ``OperationalError`` if the database gives up waiting.
    """
    require_learning_package(learning_package_id)
    # One statement that makes the row or locks the one that is there. (To look for it first and then to make it is how
    # two who are the first get into each other's way.)
    PublishLock.objects.bulk_create(
        [PublishLock(learning_package_id=learning_package_id, taken_at=datetime.now(tz=timezone.utc))],
        update_conflicts=True,
        update_fields=["taken_at"],
        unique_fields=["learning_package"] if connection.features.supports_update_conflicts_with_target else None,
    )
