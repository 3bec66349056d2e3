"""Put notifications into the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial

from django.contrib.auth import get_user_model
from django.db.transaction import atomic, on_commit
from openedx_content.models_api import LearningPackage, PublishableEntity

from .conf import kinds_of_site
from .kinds import Kind
from .models import Notification
from .tasks import send_notifications

__all__ = ["notify"]


def notify(
    kind: Kind,
    people: Mapping[int | None, Sequence[PublishableEntity.ID]],
    /,
    *,
    by_id: int | None,
    cause_id: int,
    learning_package_id: LearningPackage.ID,
    send_after: datetime | None = None,
    can_wait: timedelta = timedelta(),
) -> None:
    """
    Put a notification of each of these people about these items into the outbox, and have it sent after the commit.

    One that can wait is sent with the person's next mail, or after this time. One that has a ``send_after`` is sent by
    ``reviews_notify``.

    Leaves out the person who acted, unknown people and inactive accounts. The same call again adds nothing. If the
    queue cannot be reached, the notifications stay in the outbox, and ``reviews_notify`` sends them. Two queries, or
    none.
    """
    wanted = [person_id for person_id in people if person_id not in (None, by_id)]
    if kind not in kinds_of_site() or not wanted:
        return
    with atomic():
        active = sorted(get_user_model().objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True))
        Notification.objects.bulk_create(
            [
                Notification(
                    person_id=person_id,
                    kind=kind,
                    cause_id=cause_id,
                    learning_package_id=learning_package_id,
                    by_id=by_id,
                    entity_ids=list(people[person_id]),
                    send_after=send_after or datetime.now(tz=timezone.utc) + can_wait,
                )
                for person_id in active
            ],
            ignore_conflicts=True,
        )
        if active and send_after is None:
            on_commit(partial(send_notifications.apply_async, [active], countdown=can_wait.total_seconds()))
