"""Show which changes are reviewed and which are not."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime, timezone
from itertools import batched
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from ... import api
from ...models import ReviewedStatus, changes_requested
from ...texts import one_line
from ._base import ReviewsCommand

# How many entities are looked up at once: their ids are parameters of a query, and SQLite allows 999.
_AT_ONCE = 500


class Command(ReviewsCommand):
    """``manage.py reviews_status PACKAGE``."""

    help = "Show which unpublished changes of a learning package have been reviewed, and which have not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the package, and whether the exit code tells the state."""
        super().add_arguments(parser)
        parser.add_argument(
            "--check",
            action="store_true",
            help="exit with 1 if anything is not reviewed (with --overdue: is overdue), for use in scripts",
        )
        parser.add_argument(
            "--overdue",
            action="store_true",
            help="show only what has waited too long for a review, see SAMPLE_PLUGIN_REVIEWS_OVERDUE_DAYS",
        )

    def handle(self, package: str, check: bool, overdue: bool, **options: Any) -> None:
        """Print one line for each change, unreviewed ones first."""
        learning_package = self.get_package(package)
        reviewers = api.get_required_reviewers(learning_package.id)
        policy = self.describe_policy(api.get_review_mode(learning_package.id), reviewers)
        self.stdout.write(f"{package} “{one_line(learning_package.title)}”: {policy}.")
        unreviewed = api.get_unreviewed_entities(learning_package.id)
        is_requested = changes_requested(entity="pk", version="draft__version")
        in_progress = api.find_changes(learning_package.id, state=api.ReviewState.IN_PROGRESS).order_by()
        if overdue:
            late = unreviewed.exclude(is_requested).exclude(pk__in=in_progress.values("pk"))
            count = self._list("Overdue", late.filter(api.has_waited_too_long(_now())), _age)
            if check and count:
                raise CommandError(f"Overdue: {count}.")
            return
        for one in api.get_import_overviews(learning_package.id):
            self.stdout.write(_import(one))
        started = self._list("In progress, nobody has asked for a review", in_progress, always=False)
        awaited = self._list(
            "Awaits review",
            unreviewed.exclude(is_requested).exclude(pk__in=in_progress.values("pk")),
            _reviews_so_far if reviewers > 1 else None,
        )
        requested = self._list("Changes requested", unreviewed.filter(is_requested), _requests, always=False)
        self._list("Reviewed", api.get_reviewed_entities(learning_package.id))
        if check and (awaited or requested or started):
            text = f"Not everything is reviewed. Awaits review: {awaited}."
            more = {"Changes requested": requested, "In progress": started}
            raise CommandError(" ".join([text, *(f"{name}: {count}." for name, count in more.items() if count)]))

    def _list(
        self,
        heading: str,
        entities: Any,
        tell: Callable[[api.EntityOverview], str] | None = None,
        *,
        always: bool = True,
    ) -> int:
        """Print a line for each entity, with the details that ``tell`` returns, and return their number."""
        count: int = entities.count()
        if not count and not always:
            return 0
        self.stdout.write(f"\n{heading}: {count}")
        rows = entities.select_related("draft__version", "published__version").order_by("pk").iterator(1000)
        # On a terminal the lines themselves show the progress, and a bar would end up between them.
        no_bar = self.stdout.isatty() or None
        for batch in batched(tqdm(rows, total=count, desc=heading, disable=no_bar, leave=False), _AT_ONCE):
            overviews = api.get_entity_overviews([entity.id for entity in batch], viewer_id=None) if tell else []
            told = {overview.entity.id: f": {tell(overview)}" for overview in overviews if tell}
            for entity in batch:
                item = api.ChangedItem.of_draft(entity, entity.draft.version)
                self.stdout.write(f"  {one_line(item)}  {one_line(item.entity_ref)}{told.get(entity.id, '')}")
        return count


def _import(one: api.ImportOverview) -> str:
    changes = "1 change" if one.change_count == 1 else f"{one.change_count} changes"
    who = one_line(one.imported_by.get_username()) if one.imported_by else "an unknown user"
    source = f" from {one_line(one.source)}" if one.source else ""
    return (
        f"Import: {changes} imported by {who}{source} on {one.imported_at:%Y-%m-%d}, {one.unreviewed} await review "
        f"(--change-log {one.draft_change_log_id})."
    )


def _now() -> datetime:
    return datetime.now(tz=timezone.utc)


def _age(overview: api.EntityOverview) -> str:
    days = api.age_in_days(overview.changed_at, _now()) if overview.changed_at else 0
    return f"waits for {days} days"


def _reviews_so_far(overview: api.EntityOverview) -> str:
    return f"{overview.reviewer_count} of {overview.required_reviewers} reviews"


def _requests(overview: api.EntityOverview) -> str:
    return "changes requested: " + "; ".join(map(_request, overview.requests))


def _request(request: ReviewedStatus) -> str:
    who = request.reviewer.get_username() if request.reviewer else "a deleted account"
    return f"{one_line(who)}: {one_line(next(iter(request.note.splitlines()), ''))}"
