"""
"Publish reviewed items" in the background, for more of them than a request should wait for.

The work is the same, ``api.publish_reviewed_items``, and here too it is all or nothing. So there is no half-way to
show: that it has begun and with how many items is on record before, and what was published is from the commit on. Finer
progress was rejected. It would have to go around the transaction, through a cache, and there is little to count: newer
cores write everything in a few statements, and of the levels of containers the first has nearly all items.
"""

from __future__ import annotations

import logging
from functools import partial

from celery import shared_task
from django.core.exceptions import ValidationError
from django.db import close_old_connections
from django.db.transaction import atomic, on_commit
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage
from user_tasks.exceptions import TaskCanceledException
from user_tasks.models import UserTaskStatus
from user_tasks.tasks import UserTask

from . import api, background
from .background import BackgroundPublish, BackgroundState, get_publish
from .filters import EntityPrePublish
from .limits import publish_in_background_from
from .transient import is_transient

__all__ = [
    "BackgroundPublish",
    "BackgroundState",
    "UserTaskStatus",
    "get_publish",
    "publish_reviewed",
    "run_publish",
    "runs_in_background",
    "start_publish",
]

log = logging.getLogger(__name__)

# How often it is tried again after a deadlock or a lost connection; after 1, 2 and 4 seconds.
_RETRIES = 3


def runs_in_background(count: int) -> bool:
    """Return whether publishing this many items takes longer than somebody should have to wait. No query."""
    return count >= publish_in_background_from()


def start_publish(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    user_id: int,
    message: str = "",
    draft_change_log_id: int | None = None,
) -> BackgroundPublish:
    """
    Queue the publish of what is reviewed in the package, in the name of the user, and return how far it is.

    It is queued when the caller's transaction is committed, and at once where there is none.

    Does not check permissions, nor does the task. What keeps it from publishing is said by :func:`get_publish`.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        kombu.exceptions.OperationalError: the queue cannot be reached; nothing will be published.
    """
    status = background.put_on_record(learning_package_id, user_id=user_id)
    on_commit(partial(_queue, status, _arguments(learning_package_id, user_id, message, draft_change_log_id)))
    return get_publish(learning_package_id, status.uuid)


def run_publish(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    user_id: int,
    message: str = "",
    draft_change_log_id: int | None = None,
) -> BackgroundPublish:
    """
    Do the same here and now, and return how it ended.

    Does not check permissions. Raises ``LearningPackage.DoesNotExist``, ``User.DoesNotExist``.
    """
    status = background.put_on_record(learning_package_id, user_id=user_id)
    arguments = _arguments(learning_package_id, user_id, message, draft_change_log_id)
    publish_reviewed.apply(kwargs=arguments, task_id=status.task_id)
    return get_publish(learning_package_id, status.uuid)


def _arguments(
    learning_package_id: LearningPackage.ID, user_id: int, message: str, draft_change_log_id: int | None
) -> dict[str, int | str | None]:
    return {
        "learning_package_id": learning_package_id,
        "user_id": user_id,
        "message": message,
        "draft_change_log_id": draft_change_log_id,
    }


def _queue(status: UserTaskStatus, arguments: dict[str, int | str | None]) -> None:
    try:
        publish_reviewed.apply_async(kwargs=arguments, task_id=status.task_id)
    except Exception:
        # Or else it would be pending for ever.
        status.delete()
        raise


# acks_late: what a worker was at when it was stopped is done again by another one. Twice is no harm, see below.
@shared_task(base=UserTask, bind=True, acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def publish_reviewed(
    self: UserTask,
    learning_package_id: LearningPackage.ID,
    user_id: int,
    message: str = "",
    draft_change_log_id: int | None = None,
) -> None:
    """
    Publish what is reviewed in the package, and put on record what came of it.

    What was published is committed together with the publish. So a second run of the same task finds that it is done.

    After a deadlock or a lost connection, when nothing has happened, it is tried again, three times.

    Does not check permissions. A failure is not raised but put on record as a sentence; a crash is logged as well.
    """
    try:
        status = self.status
        if background.has_result(status):
            return
        plan = api.publish_reviewed_items(
            learning_package_id, published_by=user_id, dry_run=True, draft_change_log_id=draft_change_log_id
        )
        background.store_total(status, len(plan.published))
        with atomic():
            result = api.publish_reviewed_items(
                learning_package_id,
                published_by=user_id,
                message=message,
                draft_change_log_id=draft_change_log_id,
            )
            background.store_result(status, result)
            # Raises TaskCanceledException if somebody has cancelled the task; then it has not happened.
            status.increment_completed_steps()
    except TaskCanceledException:
        return
    except EntityPrePublish.PreventPublish as exc:
        status.fail(str(exc))
    except ValidationError as exc:
        status.fail(" ".join(exc.messages))
    except LearningPackage.DoesNotExist:
        status.fail(_("Nothing was published: the library has been deleted meanwhile."))
    except Exception as exc:
        if is_transient(exc):
            close_old_connections()  # or else a lost one would also keep us from saying so
            status = self.status
            if status.state == UserTaskStatus.CANCELED:
                return
            if self.request.retries < _RETRIES:
                raise self.retry(exc=exc, countdown=2**self.request.retries) from exc
        log.exception("Publishing what is reviewed in the learning package %s failed.", learning_package_id)
        # It may have come from somebody who was told of the publish after its commit.
        if not background.has_result(status):
            status.fail(
                _("Nothing was published: something went wrong. Should it happen again, tell who runs this site.")
            )
