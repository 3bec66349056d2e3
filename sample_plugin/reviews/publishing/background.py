"""
What is on record of a publish in the background: written by the task, read by whoever asks how far it is.

django-user-tasks keeps it, as for everything else that Studio does in the background: a ``UserTaskStatus``, and beside
it an artifact for each thing that becomes known on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import DatabaseError
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog
from user_tasks.models import UserTaskArtifact, UserTaskStatus

from ..data import ChangedItem, ChangeKind, PublishReviewedResult, SkippedItem
from ..existence import no_learning_package, require_user

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

# Names of artifacts. The last is django-user-tasks' own.
_TOTAL, _RESULT, _REFUSAL, _ERROR = "Total", "Result", "Refusal", "Error"

# Which MySQL refuses to store where the character set of a table is utf8mb3.
_BEYOND_UTF8MB3 = re.compile("[\U00010000-\U0010ffff]")
_INCORRECT_STRING = 1366


class BackgroundState(StrEnum):
    """How far a publish in the background is."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class BackgroundPublish:
    """
    A publish in the background, as it was when it was asked for.

    ``total`` is how many items are to be published, None until that is known; ``done`` is how many are. All of them go
    live at once, so ``done`` is 0 until the end, and then what was published: fewer than ``total`` if somebody has
    edited meanwhile. ``result`` is there if it has succeeded, and ``error``, a sentence, if it has failed.
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

    django-user-tasks would make one by itself: when the task is queued, or, where it runs at once, when it begins, and
    then inside of whatever transaction is open. This way there is one in any case, and before the task can begin.
    """
    require_user(user_id)
    package = LearningPackage.objects.filter(pk=learning_package_id).values("title").first()
    if package is None:
        raise no_learning_package(learning_package_id)
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

    # Studio sends the user an e-mail with this name in it when the task has ended.
    return _as_far_as_it_fits(
        create, _("Publishing what is reviewed in “{title}”").format(title=package["title"])[:255]
    )


def find_record(task_id: str) -> UserTaskStatus | None:
    """Return the record of the task; None if it is gone, which happens when the user's account is deleted."""
    return UserTaskStatus.objects.filter(task_id=task_id).first()


def get_background_publish(learning_package_id: LearningPackage.ID, publish_id: UUID, /) -> BackgroundPublish:
    """
    Return how far a publish in the background is.

    Two queries, and one more for what has succeeded. Does not check permissions.

    Raises:
        UserTaskStatus.DoesNotExist: there is no such publish of this package, or no longer: they are kept as long as
            the site keeps its user tasks.
    """
    status = UserTaskStatus.objects.get(task_id=_task_id(learning_package_id, publish_id))
    # The first of each name: a task may be delivered twice, and the second run finds nothing left to publish.
    known = dict(status.artifacts.order_by("-pk").values_list("name", "text"))
    result = _load(known[_RESULT]) if _RESULT in known else None
    error = None
    if result:
        # Whatever else is on record: this was committed together with the publish.
        state = BackgroundState.SUCCEEDED
    elif status.state in (UserTaskStatus.FAILED, UserTaskStatus.CANCELED):
        state = BackgroundState.FAILED
        error = json.loads(known[_REFUSAL]) if _REFUSAL in known else known.get(_ERROR)
        error = error or _("Nothing was published: it was cancelled.")
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
    """Put on record how many items are to be published."""
    UserTaskArtifact.objects.create(status=status, name=_TOTAL, text=str(total))


def store_result(status: UserTaskStatus, result: PublishReviewedResult) -> None:
    """Put on record what was published, and what was skipped and why."""
    UserTaskArtifact.objects.create(status=status, name=_RESULT, text=_dump(result))


def store_failure(status: UserTaskStatus, sentence: str) -> None:
    """Put on record why nothing was published, and that the task has failed."""
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

    What character set its columns have depends on the database's default. Our own artifacts are in ASCII.
    """
    try:
        with atomic():
            return store(text)
    except DatabaseError as exc:
        if exc.args[:1] != (_INCORRECT_STRING,):
            raise
    return store(_BEYOND_UTF8MB3.sub("\N{REPLACEMENT CHARACTER}", text))


def _task_id(learning_package_id: LearningPackage.ID, publish_id: UUID) -> str:
    # It says of what kind the task is and to which package it belongs, so both are looked up by a unique index.
    return f"publish-reviewed-{learning_package_id}-{publish_id}"


# Lists rather than objects, for there may be thousands. In ASCII, which every database takes, whatever is in a title.


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
        skipped=tuple(SkippedItem(item=_item(*row), reason=reason) for row, reason in stored["skipped"]),
    )


def _item(
    entity_id: PublishableEntity.ID, entity_ref: str, title: str, change: str, *changes_requested: bool
) -> ChangedItem:
    # What was published was not asked to be changed; a result that an older release has stored does not say so.
    return ChangedItem(entity_id=entity_id, entity_ref=entity_ref, title=title, change=ChangeKind(change))
