"""Publish reviewed items."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from ... import api
from ._base import ReviewsCommand


class Command(ReviewsCommand):
    """``manage.py reviews_publish PACKAGE``."""

    help = "Publish exactly what has been reviewed in a learning package, deletions included, and nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what goes on record with the publish."""
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="only show what would be published and skipped")
        parser.add_argument("--message", default="", help="a message that is kept with the publish")
        self.add_user_argument(parser, "who publishes, for the record")

    def handle(self, package: str, dry_run: bool, message: str, user: str | None, **options: Any) -> None:
        """Publish, and print what went live and what stayed behind and why."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        with self.publishing("Publishing reviewed items"):
            result = api.publish_reviewed_items(
                learning_package.id, published_by=user_id, message=message, dry_run=dry_run
            )
        self.stdout.write(f"{'Would publish' if dry_run else 'Published'}: {len(result.published)}")
        for item in result.published:
            self.stdout.write(f"  {item}  {item.entity_ref}")
        if result.skipped:
            self.stdout.write(f"Skipped: {len(result.skipped)}")
            for skipped in result.skipped:
                self.stdout.write(f"  {skipped.item}  {skipped.item.entity_ref}: {skipped.reason}")
