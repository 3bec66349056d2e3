"""
Publish reviewed items in the background, if there are too many for a request to wait.

The work is the same as in ``api.publish_reviewed_items``, and all or nothing here too. So there is no partial progress
to show. The start and the number of items are recorded beforehand, and the published items appear with the commit.
Finer progress was rejected: it would have to go around the transaction, through a cache, and there is little to count.
Newer cores write everything in a few statements, and the first level of containers contains nearly all items.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from celery import shared_task
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, close_old_connections, connection
from django.db.transaction import atomic, on_commit
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage
from user_tasks.exceptions import TaskCanceledException
from user_tasks.models import UserTaskStatus
from user_tasks.tasks import UserTask

from .conf import PUBLISH_IN_BACKGROUND_FROM
from .exceptions import is_transient
from .filters import EntityPrePublish
from .publishing import background
from .publishing.background import BackgroundPublish, get_background_publish
from .publishing.publish_reviewed import publish_reviewed_items
from .rules import CAN_PUBLISH_REVIEWED

__all__ = [
    "publish_reviewed",
    "publish_reviewed_items_in_background",
    "run_publish",
    "runs_in_background",
]

log = logging.getLogger(__name__)

# How often the task is retried after a deadlock or a lost connection: after 1, 2 and 4 seconds.
_RETRIES = 3


def runs_in_background(count: int) -> bool:
    """Return whether publishing this many items should run in the background. No query."""
    return count >= PUBLISH_IN_BACKGROUND_FROM.read()


def publish_reviewed_items_in_background(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    user_id: int,
    message: str = "",
    draft_change_log_id: int | None = None,
) -> BackgroundPublish:
    """
    Queue the publish of the package's reviewed items on behalf of the user, and return its state.

    It is queued when the caller's transaction is committed, or at once if there is none.

    Does not check permissions. The task does when it runs: the user needs an active account and
    ``CAN_PUBLISH_REVIEWED``. If the task cannot publish, :func:`get_background_publish` returns the reason.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        kombu.exceptions.OperationalError: the queue cannot be reached; nothing will be published.
    """
    status = background.put_on_record(learning_package_id, user_id=user_id)
    on_commit(partial(_queue, status, _arguments(learning_package_id, user_id, message, draft_change_log_id)))
    return get_background_publish(learning_package_id, status.uuid)


def run_publish(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    user_id: int,
    message: str = "",
    draft_change_log_id: int | None = None,
) -> BackgroundPublish:
    """
    Publish the same items at once, for an operator, and return how it ended. The user is only recorded.

    Does not check permissions, and neither does the task. Raises ``LearningPackage.DoesNotExist``,
    ``User.DoesNotExist``.
    """
    status = background.put_on_record(learning_package_id, user_id=user_id)
    arguments = {**_arguments(learning_package_id, user_id, message, draft_change_log_id), "by_operator": True}
    publish_reviewed.apply(kwargs=arguments, task_id=status.task_id)
    return get_background_publish(learning_package_id, status.uuid)


def _arguments(
    learning_package_id: LearningPackage.ID, user_id: int, message: str, draft_change_log_id: int | None
) -> dict[str, Any]:
    return {
        "learning_package_id": learning_package_id,
        "user_id": user_id,
        "message": message,
        "draft_change_log_id": draft_change_log_id,
    }


def _queue(status: UserTaskStatus, arguments: dict[str, Any]) -> None:
    try:
        publish_reviewed.apply_async(kwargs=arguments, task_id=status.task_id)
    except Exception:
        # Otherwise it would stay pending forever.
        status.delete()
        raise


class _MayNotPublish(PermissionDenied):
    """Raised when the user may no longer publish in the library."""


# acks_late: if a worker is stopped, another one runs its task again. Running it twice does no harm, see below.
@shared_task(base=UserTask, bind=True, acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def publish_reviewed(
    self: UserTask,
    learning_package_id: LearningPackage.ID,
    user_id: int,
    message: str = "",
    draft_change_log_id: int | None = None,
    by_operator: bool = False,
) -> None:
    """
    Publish the package's reviewed items, and record the result.

    The result is committed together with the publish, so a second run of the same task finds that it is done.

    After a deadlock or a lost connection, when nothing has been published, the task is retried three times.

    Checks the user's permission, because hours may have passed since the task was queued; not if an operator runs it. A
    failure is not raised, but recorded as a sentence; a crash is logged as well. If the record was deleted with the
    user's account, nothing is published, and that is logged.
    """
    try:
        # Not self.status: it creates a record if there is none, and fails if there is no user for it.
        status = background.find_record(self.request.id)
        user = get_user_model().objects.filter(pk=user_id).first()
        if status is None or user is None:
            log.warning(
                "Nothing was published in the learning package %s: the account of user %s or the record of the task is "
                "gone.",
                learning_package_id,
                user_id,
            )
            return
        if background.has_result(status):
            return
        if not by_operator and not _may_publish(user, learning_package_id):
            raise _MayNotPublish(_("Nothing was published: you may no longer publish in this library."))
        # For the number only. The publish itself asks the steps.
        plan = publish_reviewed_items(
            learning_package_id,
            published_by=user_id,
            dry_run=True,
            ask_steps=False,
            draft_change_log_id=draft_change_log_id,
        )
        background.store_total(status, len(plan.published))
        with atomic():
            result = publish_reviewed_items(
                learning_package_id,
                published_by=user_id,
                message=message,
                draft_change_log_id=draft_change_log_id,
            )
            background.store_result(status, result)
            # Raises TaskCanceledException if the task was cancelled; then the publish is rolled back.
            status.increment_completed_steps()
    except TaskCanceledException:
        return
    except Exception as exc:
        if is_transient(exc):
            if not connection.in_atomic_block:  # as where a task runs at once, inside of the caller's transaction
                close_old_connections()  # or else a lost one would also prevent recording the failure
            if self.request.retries < _RETRIES and not _is_cancelled(self):
                raise self.retry(exc=exc, countdown=2**self.request.retries) from exc
        _put_failure_on_record(self, learning_package_id, exc)


def _may_publish(user: Any, learning_package_id: LearningPackage.ID) -> bool:
    package = LearningPackage.objects.get(pk=learning_package_id)
    # The account as well as the permission: a site may have replaced our rule.
    return bool(user.is_active and user.has_perm(CAN_PUBLISH_REVIEWED, package))


def _is_cancelled(task: UserTask) -> bool:
    """Return whether the task was cancelled; False if the database cannot be asked."""
    try:
        status = background.find_record(task.request.id)
    except Error:
        return False
    return status is not None and status.state == UserTaskStatus.CANCELED


def _put_failure_on_record(task: UserTask, learning_package_id: LearningPackage.ID, exc: Exception) -> None:
    """Record as a sentence why the task did not publish, and log unexpected errors."""
    match exc:
        case EntityPrePublish.PreventPublish() | _MayNotPublish():
            sentence = str(exc)
        case ValidationError():
            sentence = " ".join(exc.messages)
        case LearningPackage.DoesNotExist():
            sentence = _("Nothing was published: the library has been deleted meanwhile.")
        case _:
            log.error(
                "Publishing the reviewed items of the learning package %s failed.", learning_package_id, exc_info=exc
            )
            sentence = _(
                "Nothing was published: something went wrong. If it happens again, tell the site's administrator."
            )
    try:
        status = background.find_record(task.request.id)
        # The error may come from a receiver that was called after the commit of the publish.
        if status is not None and status.state != UserTaskStatus.CANCELED and not background.has_result(status):
            background.store_failure(status, sentence)
    except Error:
        log.exception("The failure of the publish cannot be recorded.")
