"""Send mails in a worker, so that no request waits for the mail server."""

from __future__ import annotations

from celery import shared_task

from .sending import send_waiting

__all__ = ["send_notifications"]


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def send_notifications(person_ids: list[int]) -> None:
    """
    Send these people what they want immediately.

    A mail that the mail server does not take stays in the outbox: the next run of ``reviews_notify`` sends it. Running
    it twice, or in two workers at once, sends nothing twice.
    """
    send_waiting(person_ids=person_ids)
