"""Send the mails that wait, and say which ones are unclear."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ... import api


class Command(BaseCommand):
    """``manage.py reviews_notify``, for cron."""

    help = (
        "Send the notifications about reviews that are due and were not sent: after a failure of the queue or the mail "
        "server, or on the day before a review is due. Running it again sends nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what else to send."""
        parser.add_argument("--digest", action="store_true", help="also send the daily mails; run this once a day")
        parser.add_argument(
            "--again",
            action="store_true",
            help="also send mails again of which it is not known whether they were sent, with the same Message-ID",
        )

    def handle(self, digest: bool, again: bool, **options: Any) -> None:
        """Send, and print how many mails; exit with 1 if the mail server could not be reached."""
        done = api.send_waiting(digest=digest)
        self.stdout.write(f"Sent: {done.sent}.")
        if again:
            repeated = api.send_again()
            self.stdout.write(f"Sent again: {repeated.sent}.")
            done.waiting += repeated.waiting
        unclear = api.find_unclear().values("mail").distinct().count()
        if unclear:
            self.stderr.write(
                f"Unclear: {unclear}. The mail server may have these mails, or not: a process was killed, or the "
                "server gave no answer. Look in its log, or run this with --again to send them once more."
            )
        if done.waiting:
            raise CommandError(f"The mail server could not be reached. In the outbox: {done.waiting}.")
