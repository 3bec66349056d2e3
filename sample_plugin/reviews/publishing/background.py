"""
Record a publish in the background: the task writes the record, and callers read from it how far the task is.

django-user-tasks keeps the record, as for everything else that Studio does in the background: a ``UserTaskStatus``, and
an artifact for each fact that becomes known on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog
from user_tasks.models import UserTaskArtifact, UserTaskStatus

from ..data import ChangedItem, ChangeKind, PublishReviewedResult, SkippedItem

__all__ = [
    "BackgroundPublish",
    "BackgroundState",
    "find_record",
    "get_background_publish",
    "has_result",
    "put_on_record",
    "store_failure",
    "store_result",
    "store_total",
]

# Names of artifacts. The last one is django-user-tasks' own.
_TOTAL, _RESULT, _REFUSAL, _ERROR = "Total", "Result", "Refusal", "Error"

# Characters that MySQL refuses to store if the character set of a table is utf8mb3.
_BEYOND_UTF8MB3 = re.compile("[\U00010000-\U0010ffff]")
_INCORRECT_STRING = 1366


class BackgroundState(StrEnum):
    """The state of a publish in the background."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class BackgroundPublish:
    """
    A publish in the background, as it was when the caller asked.

    ``total`` is how many items are to be published, None until that is known; ``done`` is how many have been published.
    All of them go live at once, so ``done`` is 0 until the end. Then it is the number of items that went live: fewer
    than ``total`` if authors have edited meanwhile. ``result`` is set if the publish has succeeded, and ``error``, a
    sentence, if it has failed.
    """

    id: UUID
    state: BackgroundState
    total: int | None
    done: int
    result: PublishReviewedResult | None
    error: str | None


def put_on_record(learning_package_id: LearningPackage.ID, *, user_id: int) -> UserTaskStatus:
    """
    Return the record of a publish that has not begun. Raises ``LearningPackage.DoesNotExist``, ``User.DoesNotExist``.

    django-user-tasks would create a record itself: when the task is queued, or, if the task runs at once, when it
    begins, and then inside any transaction that is open. This way the record always exists before the task can begin.
    """
    get_user_model().objects.get(pk=user_id)
    package = content_api.get_learning_package(learning_package_id)
    publish_id = uuid4()

    def create(name: str) -> UserTaskStatus:
        return UserTaskStatus.objects.create(
            uuid=publish_id,
            user_id=user_id,
            task_id=_task_id(learning_package_id, publish_id),
            task_class="sample_plugin.reviews.tasks.publish_reviewed",
            name=name,
            # Not the number of items: the field takes no more than 32,767.
            total_steps=1,
        )

    # Studio sends the user an e-mail with this name when the task has ended.
    return _as_far_as_it_fits(create, _("Publishing reviewed items in “{title}”").format(title=package.title)[:255])


def find_record(task_id: str) -> UserTaskStatus | None:
    """Return the record of the task; None if it was deleted, as it is together with the user's account."""
    return UserTaskStatus.objects.filter(task_id=task_id).first()


def get_background_publish(learning_package_id: LearningPackage.ID, publish_id: UUID, /) -> BackgroundPublish:
    """
    Return the state of a publish in the background.

    Two queries, and one more if it has succeeded. Does not check permissions.

    Raises:
        UserTaskStatus.DoesNotExist: the package has no such publish, or no longer: it is kept as long as the site keeps
            its user tasks.
    """
    status = UserTaskStatus.objects.get(task_id=_task_id(learning_package_id, publish_id))
    # The first artifact of each name: a task may be delivered twice, and the second run finds nothing left to publish.
    known = dict(status.artifacts.order_by("-pk").values_list("name", "text"))
    result = _load(known[_RESULT]) if _RESULT in known else None
    error = None
    if result:
        # Whatever else is recorded: the result was committed together with the publish.
        state = BackgroundState.SUCCEEDED
    elif status.state in (UserTaskStatus.FAILED, UserTaskStatus.CANCELED):
        state = BackgroundState.FAILED
        error = json.loads(known[_REFUSAL]) if _REFUSAL in known else known.get(_ERROR)
        error = error or _("Nothing was published: the publish was cancelled.")
    elif status.state in (UserTaskStatus.PENDING, UserTaskStatus.RETRYING):
        state = BackgroundState.PENDING
    else:
        state = BackgroundState.RUNNING
    return BackgroundPublish(
        id=publish_id,
        state=state,
        total=int(known[_TOTAL]) if _TOTAL in known else None,
        done=len(result.published) if result else 0,
        result=result,
        error=error,
    )


def store_total(status: UserTaskStatus, total: int) -> None:
    """Record how many items are to be published."""
    UserTaskArtifact.objects.create(status=status, name=_TOTAL, text=str(total))


def store_result(status: UserTaskStatus, result: PublishReviewedResult) -> None:
    """Record what was published, and what was skipped and why."""
    UserTaskArtifact.objects.create(status=status, name=_RESULT, text=_dump(result))


def store_failure(status: UserTaskStatus, sentence: str) -> None:
    """Record why nothing was published, and that the task has failed."""
    with atomic():
        UserTaskArtifact.objects.create(status=status, name=_REFUSAL, text=json.dumps(sentence))
        _as_far_as_it_fits(status.fail, sentence)


def has_result(status: UserTaskStatus) -> bool:
    """Return whether this publish is committed."""
    found: bool = UserTaskArtifact.objects.filter(status=status, name=_RESULT).exists()
    return found


def _as_far_as_it_fits[Stored](store: Callable[[str], Stored], text: str) -> Stored:
    """
    Store the text in a column of django-user-tasks, without emoji and the like if the database refuses those.

    The character set of its columns depends on the database's default. Our own artifacts are in ASCII.
    """
    try:
        with atomic():
            return store(text)
    except DatabaseError as exc:
        if exc.args[:1] != (_INCORRECT_STRING,):
            raise
    return store(_BEYOND_UTF8MB3.sub("\N{REPLACEMENT CHARACTER}", text))


def _task_id(learning_package_id: LearningPackage.ID, publish_id: UUID) -> str:
    # The id contains the kind of task and the package, so a unique index serves both look-ups.
    return f"publish-reviewed-{learning_package_id}-{publish_id}"


# Lists rather than objects, because there may be thousands. In ASCII, which every database accepts, whatever a title
# contains.


def _dump(result: PublishReviewedResult) -> str:
    return json.dumps(
        {
            "publish_logs": [publish_log.id for publish_log in result.publish_logs],
            "published": [astuple(item) for item in result.published],
            "skipped": [astuple(skipped) for skipped in result.skipped],
        },
        separators=(",", ":"),
    )


def _load(text: str) -> PublishReviewedResult:
    stored = json.loads(text)
    return PublishReviewedResult(
        publish_logs=tuple(PublishLog.objects.filter(pk__in=stored["publish_logs"]).order_by("pk")),
        published=tuple(_item(*row) for row in stored["published"]),
        skipped=tuple(
            SkippedItem(item=_item(*row), reason=reason, code="".join(code))  # older releases stored no code
            for row, reason, *code in stored["skipped"]
        ),
    )


def _item(
    entity_id: PublishableEntity.ID, entity_ref: str, title: str, change: str, *changes_requested: bool
) -> ChangedItem:
    # Published items have no open request; a result that an older release stored does not contain the field.
    return ChangedItem(entity_id=entity_id, entity_ref=entity_ref, title=title, change=ChangeKind(change))
