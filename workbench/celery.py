"""
The Celery app, as the platform has one: ``shared_task`` runs in it, and it knows the tasks of every app.

There is no worker: a task runs in the process that calls it. But like in a worker, there is no request with a user.
"""

from typing import Any

import crum
from celery import Celery
from celery.signals import task_postrun, task_prerun

app = Celery("workbench")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# By the id of the task that is running: the request from which it was called.
_requests: dict[str, Any] = {}


@task_prerun.connect  # type: ignore[untyped-decorator]
def _leave_the_request(task_id: str, **kwargs: Any) -> None:
    _requests[task_id] = crum.get_current_request()
    crum.set_current_request(None)


@task_postrun.connect  # type: ignore[untyped-decorator]
def _return_to_the_request(task_id: str, **kwargs: Any) -> None:
    crum.set_current_request(_requests.pop(task_id, None))
