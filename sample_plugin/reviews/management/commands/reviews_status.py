"""Show what is reviewed and what is not."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from ... import api
from ._base import ReviewsCommand


class Command(ReviewsCommand):
    """``manage.py reviews_status PACKAGE``."""

    help = "Show which unpublished changes of a learning package have been reviewed, and which have not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the package, and whether the exit code tells."""
        super().add_arguments(parser)
        parser.add_argument(
            "--check", action="store_true", help="exit with 1 if anything awaits review, for use in scripts"
        )

    def handle(self, package: str, check: bool, **options: Any) -> None:
        """Print one line for each change, unreviewed ones first."""
        learning_package = self.get_package(package)
        required = api.is_review_required(learning_package.id)
        self.stdout.write(
            f"{package} “{learning_package.title}”: review is {'required' if required else 'NOT required'}."
        )
        awaited = self._list("Awaits review", api.get_unreviewed_entities(learning_package.id))
        self._list("Reviewed", api.get_reviewed_entities(learning_package.id))
        if check and awaited:
            raise CommandError(f"Not everything is reviewed. Awaits review: {awaited}.")

    def _list(self, heading: str, entities: Any) -> int:
        count: int = entities.count()
        self.stdout.write(f"\n{heading}: {count}")
        rows = entities.select_related("draft__version", "published__version").order_by("pk").iterator(1000)
        # On a terminal the lines themselves show how far it is, and a bar would end up between them.
        no_bar = self.stdout.isatty() or None
        for entity in tqdm(rows, total=count, desc=heading, disable=no_bar, leave=False):
            item = api.ChangedItem.of_draft(entity, entity.draft.version)
            self.stdout.write(f"  {item}  {item.entity_ref}")
        return count
