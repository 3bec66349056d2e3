"""Ask for a review of all unreviewed changes, of those inside a container, or of an import."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from ... import api, keys
from ...texts import one_line
from ._base import ReviewsCommand


class Command(ReviewsCommand):
    """``manage.py reviews_request PACKAGE --user USERNAME``."""

    help = "Ask for a review of the unreviewed changes of a learning package, from named people or from everyone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add who asks, about what, and whom."""
        super().add_arguments(parser)
        parser.add_argument("--user", metavar="USERNAME", required=True, help="the author who asks")
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--inside", metavar="KEY", help="only this item, lb:… or lct:…, and the changes published with it"
        )
        which.add_argument(
            "--change-log",
            metavar="ID",
            type=int,
            help="only the changes of this draft change log, such as an import (see reviews_status)",
        )
        parser.add_argument(
            "--reviewer",
            metavar="USERNAME",
            action="append",
            default=[],
            help="a person who is asked; repeat it for more people. Without any: everyone who may review",
        )
        parser.add_argument("--message", default="", help="a message to the reviewers")
        parser.add_argument(
            "--due", metavar="DATE", type=date.fromisoformat, help="the day by which the review is needed: 2026-12-24"
        )

    def handle(
        self,
        package: str,
        user: str,
        inside: str | None,
        change_log: int | None,
        reviewer: list[str],
        message: str,
        due: date | None,
        **options: Any,
    ) -> None:
        """Ask, and print for how many changes."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        assert user_id is not None  # noqa: S101, the argument is required
        if change_log is not None:
            self.require_change_log(change_log, learning_package)
        changes = api.find_changes(
            learning_package.id,
            state=api.ReviewState.UNREVIEWED,
            inside=None if inside is None else self._find(inside, learning_package),
            draft_change_log_id=change_log,
        )
        try:
            requests = api.request_many_reviews(
                list(changes.values_list("pk", flat=True)),
                requested_by_id=user_id,
                reviewer_ids=[pk for name in reviewer if (pk := self.get_user_id(name))],
                message=message,
                due=due,
            )
        except (api.ReviewError, ValidationError) as exc:
            text = " ".join(exc.messages) if isinstance(exc, ValidationError) else exc
            raise CommandError(one_line(text)) from exc
        if not requests:
            raise CommandError("There is no unreviewed change to ask about.")
        people = ", ".join(map(one_line, reviewer)) or "everyone who may review"
        self.stdout.write(f"Review requested: {len(requests)}. Asked: {people}.")

    @staticmethod
    def _find(key: str, learning_package: Any) -> Any:
        parsed = keys.parse_keys([key])
        found = keys.find_entities(parsed.values(), [learning_package])
        if not found:
            raise CommandError(f"{one_line(learning_package.package_ref)} has no item “{one_line(key)}”.")
        [entity] = found.values()
        return entity.id
