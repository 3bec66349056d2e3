"""Publish reviewed items."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from kombu.exceptions import OperationalError

from ... import api
from ...texts import one_line
from ._base import ReviewsCommand


class Command(ReviewsCommand):
    """``manage.py reviews_publish PACKAGE``."""

    help = "Publish all reviewed changes of a learning package, deletions included, and nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what to publish and how, and what to record."""
        super().add_arguments(parser)
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="only show what would be published and skipped")
        how.add_argument(
            "--background", action="store_true", help="publish in a worker; needs --user, who may publish there"
        )
        parser.add_argument(
            "--change-log",
            metavar="ID",
            type=int,
            help="publish only the changes of this draft change log, such as an import (see reviews_status)",
        )
        parser.add_argument("--message", default="", help="a message that is kept with the publish")
        self.add_user_argument(parser, "the user who publishes, for the record")

    def handle(
        self,
        package: str,
        dry_run: bool,
        background: bool,
        change_log: int | None,
        message: str,
        user: str | None,
        **options: Any,
    ) -> None:
        """Publish, and print the published and the skipped items; or queue the publish for a worker."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        if change_log is not None:
            self.require_change_log(change_log, learning_package)
        if background:
            if user_id is None:
                raise CommandError("--background needs --user: name the user who publishes.", returncode=2)
            try:
                publish = api.publish_reviewed_items_in_background(
                    learning_package.id, user_id=user_id, message=message, draft_change_log_id=change_log
                )
            except OperationalError as exc:
                raise CommandError(
                    f"Nothing was published: the queue cannot be reached ({exc}). Try again later."
                ) from exc
            self.stdout.write(f"Publishing in the background: {publish.id} ({publish.state})")
            return
        with self.publishing("Publishing reviewed items"):
            if dry_run or user_id is None:
                # A dry run has no result to record, and a task needs a user.
                result = api.publish_reviewed_items(
                    learning_package.id,
                    published_by=user_id,
                    message=message,
                    dry_run=dry_run,
                    draft_change_log_id=change_log,
                )
            else:
                publish = api.run_publish(
                    learning_package.id, user_id=user_id, message=message, draft_change_log_id=change_log
                )
                if publish.result is None:
                    raise CommandError(one_line(publish.error))
                result = publish.result
        self.stdout.write(f"{'Would publish' if dry_run else 'Published'}: {len(result.published)}")
        for item in result.published:
            self.stdout.write(f"  {one_line(item)}  {one_line(item.entity_ref)}")
        if result.skipped:
            self.stdout.write(f"Skipped: {len(result.skipped)}")
            for skipped in result.skipped:
                self.stdout.write(
                    f"  {one_line(skipped.item)}  {one_line(skipped.item.entity_ref)}: {one_line(skipped.reason)}"
                )
