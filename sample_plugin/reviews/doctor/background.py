"""Celery: the plugin's own task, and the platform's tasks that import content."""

from __future__ import annotations

from collections.abc import Iterator

from celery import current_app

from .. import tasks
from ..conf import IMPORT_TASKS
from ..settings.common import DEFAULTS
from .findings import Check, Finding, listed, ok, warning

__all__ = ["CHECKS"]

# In seconds. A broker that is there answers at once.
_PATIENCE = 3


def check_imports() -> Iterator[Finding]:
    """An import whose task is not named is refused like any other publish, and the platform rolls all of it back."""
    # A worker does this when it starts, and other processes do not.
    current_app.loader.import_default_modules()
    known = set(current_app.tasks)
    named = set(IMPORT_TASKS.read())
    of_platform = set(DEFAULTS[IMPORT_TASKS.name])  # type: ignore[call-overload]
    hint = f"Correct {IMPORT_TASKS.name}. Without it, the platform's own import tasks count."
    # Each release of the platform has some of its tasks, and none has all of them.
    unknown = sorted(named - known - of_platform)
    forgotten = sorted(of_platform & known - named)
    if unknown:
        yield warning(f"Celery knows no such import tasks: {listed(unknown)}. They may be misspelt.", hint)
    if forgotten:
        yield warning(
            f"Import tasks of the platform are not named: {listed(forgotten)}. Their imports into gated libraries are "
            "rolled back.",
            hint,
        )
    if not named & known:
        yield warning(
            "Celery knows none of the import tasks in this process: imports into gated libraries are rolled back.",
            f"Run this command in Studio (manage.py cms). If this is Studio, add the tasks to {IMPORT_TASKS.name}.",
        )
    elif not unknown and not forgotten:
        yield ok(f"Imports into gated libraries stay drafts: {listed(sorted(named & known))}.")


def check_task() -> Iterator[Finding]:
    """The task that publishes in the background runs in the workers, which have the same code."""
    # Not its own name: an app that does not know the task cannot tell it.
    name = f"{tasks.__name__}.publish_reviewed"
    if name in current_app.tasks:
        yield ok(f"Celery knows the task {name}.")
    else:
        yield warning(
            f"Celery does not know the task {name}: many reviewed items cannot be published at once.",
            "Install the plugin where the workers run, and restart them.",
        )


def check_queue() -> Iterator[Finding]:
    """A large publish is queued."""
    if current_app.conf.task_always_eager:
        yield ok("Tasks run in the process that calls them: there is no queue.")
        return
    try:
        with current_app.connection_for_write(connect_timeout=_PATIENCE) as queue:
            queue.ensure_connection(max_retries=1, interval_start=0.2, timeout=_PATIENCE)
            scheme = queue.transport_cls
    except Exception as exc:  # each kind of broker has errors of its own
        yield warning(
            f"The queue cannot be reached ({exc}): publishing many items fails, and imports do not start.",
            "Start the broker, or correct CELERY_BROKER_URL or what the platform makes it of.",
        )
        return
    if scheme == "memory":
        yield warning(
            "The queue is in the memory of this process, where no worker finds it: a large publish stays pending.",
            "Configure a broker such as Redis.",
        )
    else:
        yield ok("The queue for large publishes can be reached.")


CHECKS = (
    Check("celery.imports", check_imports),
    Check("celery.publish", check_task),
    Check("celery.queue", check_queue),
)
