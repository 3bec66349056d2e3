"""
Send what waits in the outbox, and nothing twice.

No mail server takes part in our transactions. So a mail is recorded as handed over, and that is committed, before the
mail server sees it; afterwards it is recorded as sent. After a crash in between, only the mail server knows whether it
has the mail. Such a mail is *unclear*: it is not sent again by itself, and :func:`send_again` sends it with the same
Message-ID when an operator asks for that. See ADR 31.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.db.transaction import atomic
from edx_django_utils.cache import RequestCache

from sample_plugin.reviews.rules import CAN_VIEW

from . import mails, wording
from .contents import Entry, read
from .kinds import Kind, Timing
from .models import DropReason, Notification, State
from .preferences import get_timings

__all__ = ["Outcome", "find_unclear", "send_again", "send_waiting"]

log = logging.getLogger(__name__)

# The name of a mail about several notifications in edx-ace; the name of one about one is its kind.
_OF_SEVERAL = "digest"
_BY_URGENCY = Kind.values
# edx-ace tries for five minutes at most. Until then, a mail that was handed over is being sent.
_UNCLEAR_AFTER = timedelta(minutes=10)


@dataclass(kw_only=True, slots=True)
class Outcome:
    """How many mails were sent, and how many were not."""

    sent: int = 0
    waiting: int = 0
    """The mail server could not be reached; they stay in the outbox."""
    unclear: int = 0
    """They were handed over, and there is no answer."""


def send_waiting(*, person_ids: Collection[int] | None = None, digest: bool = False) -> Outcome:
    """
    Send what these people, or all, want immediately, in one mail each; with ``digest``, also what they want daily.

    What is over is dropped, and so is what the person does not want, or may not see any more (``CAN_VIEW``). All of
    this is asked now. Running it at the same time in several processes sends nothing twice.

    Must not be called in a transaction. About seven queries for each notification.
    """
    outcome = Outcome()
    now = _now()
    waiting = _load(Notification.objects.waiting(now))
    if person_ids is not None:
        waiting = waiting.filter(person__in=person_ids)
    for person, of_person in groupby(waiting, key=lambda one: one.person):
        timings = get_timings(person.pk)
        wanted: dict[Timing, list[Notification]] = {timing: [] for timing in Timing}
        for one in of_person:
            wanted[timings.get(one.kind, Timing.OFF)].append(one)
        for one in wanted[Timing.OFF]:
            _drop(one, DropReason.SWITCHED_OFF)
        if any(one.send_after <= now for one in wanted[Timing.IMMEDIATELY]):
            _send(uuid4(), person, wanted[Timing.IMMEDIATELY], State.WAITING, outcome)
        if digest and wanted[Timing.DAILY]:
            _send(uuid4(), person, wanted[Timing.DAILY], State.WAITING, outcome)
    return outcome


def find_unclear() -> QuerySet[Notification]:
    """Return the notifications of unclear mails: handed over ten minutes ago or more, and not recorded as sent."""
    return Notification.objects.filter(state=State.SENDING, handed_over_at__lte=_now() - _UNCLEAR_AFTER)


def send_again() -> Outcome:
    """
    Send every unclear mail once more, with the same Message-ID, to people who may see its content.

    A person whose mail server had taken it the first time gets it twice, unless the server or the mail program drops
    one by its Message-ID. Must not be called in a transaction.
    """
    outcome = Outcome()
    unclear = _load(find_unclear()).order_by("mail", "pk")
    for mail, rows in groupby(unclear, key=lambda one: one.mail):
        of_mail = list(rows)
        assert mail is not None  # noqa: S101, a constraint of the table
        _send(mail, of_mail[0].person, of_mail, State.SENDING, outcome)
    return outcome


def _load(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    return notifications.select_related("person", "by", "learning_package").order_by("person", "pk")


def _send(mail: UUID, person: Any, rows: Sequence[Notification], before: State, outcome: Outcome) -> None:
    """Send these notifications in one mail, unless nothing is left to say or another process sends them."""
    # openedx-authz keeps its answers here for one request, and in a worker none ends.
    RequestCache.clear_all_namespaces()
    entries = {row.pk: entry for row in rows if (entry := _read_or_drop(row))}
    claimed = _claim(mail, [row for row in rows if row.pk in entries], before)
    if not claimed:
        return
    # What a person has to do comes first.
    told = sorted((row for row in rows if row.pk in claimed), key=lambda row: _BY_URGENCY.index(row.kind))
    subject = entries[told[0].pk].headline
    if len(told) > 1:
        subject = wording.and_others(subject, len(told) - 1)
    of_mail = Notification.objects.filter(mail=mail, state=State.SENDING)
    try:
        name = told[0].kind if len(told) == 1 else _OF_SEVERAL
        is_sent = mails.send(mail, person, name, subject, [entries[row.pk] for row in told])
    except mails.NotHandedOverError:
        log.warning("The mail server cannot be reached, so the mail %s stays in the outbox.", mail, exc_info=True)
        of_mail.update(state=State.WAITING, mail=None, handed_over_at=None)
        outcome.waiting += 1
        return
    except Exception:
        # One person's mail must not keep the others from theirs.
        log.exception("It is not known whether the mail %s was sent.", mail)
        is_sent = False
    if is_sent:
        of_mail.update(state=State.SENT, sent_at=_now())
        outcome.sent += 1
    else:
        outcome.unclear += 1


def _claim(mail: UUID, rows: Sequence[Notification], before: State) -> list[int]:
    """Record that these are handed over in this mail; return the ids of those that no other process has claimed."""
    now = _now()
    # Durable: a caller's transaction would hide it from other processes, and a crash would undo it.
    with atomic(durable=True):
        for row in rows:
            # Their old time, so that of two processes that send an unclear mail again, one finds nothing.
            unclaimed = Notification.objects.filter(pk=row.pk, state=before, handed_over_at=row.handed_over_at)
            unclaimed.update(state=State.SENDING, mail=mail, handed_over_at=now)
        claimed = Notification.objects.filter(mail=mail, state=State.SENDING, handed_over_at=now)
        return list(claimed.order_by("pk").values_list("pk", flat=True))


def _read_or_drop(row: Notification) -> Entry | None:
    """Return what the notification says; None if it must not be sent, which is recorded."""
    person: Any = row.person
    entry = None
    if not (person.is_active and person.email):
        reason = DropReason.NO_ADDRESS
    elif not person.has_perm(CAN_VIEW, row.learning_package):
        reason = DropReason.NO_PERMISSION
    else:
        entry, reason = read(row), DropReason.OVER
    if entry is None:
        _drop(row, reason)
    return entry


def _drop(row: Notification, reason: DropReason) -> None:
    """Do not send it, unless another process has begun to."""
    Notification.objects.filter(pk=row.pk, state=row.state, handed_over_at=row.handed_over_at).update(
        state=State.DROPPED, dropped_because=reason, mail=None, handed_over_at=None
    )


def _now() -> datetime:
    return datetime.now(tz=timezone.utc)
