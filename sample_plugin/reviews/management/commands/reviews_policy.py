"""Set whether unreviewed changes are refused, how many review a change, who, and when; or show that."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from ... import api
from ...conf import MAX_REQUIRED_REVIEWERS, is_number_of_reviewers
from ...models import ReviewPolicyChange
from ...texts import one_line
from ._base import ReviewsCommand

_DEFAULT = "default"


class Command(ReviewsCommand):
    """``manage.py reviews_policy PACKAGE --mode M --reviewers N … --reason TEXT``."""

    help = "Show or set whether a learning package requires a review before anything is published, and by how many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the parts of the new policy."""
        super().add_arguments(parser)
        switch = parser.add_mutually_exclusive_group()
        switch.add_argument(
            "--mode",
            choices=[*api.ReviewMode.values, _DEFAULT],
            help="what happens to unreviewed changes that are to be published: they are refused (required), published "
            f"and put on record (advisory), or published (off); “{_DEFAULT}” for the site's default",
        )
        switch.add_argument(
            "--require",
            action="store_const",
            dest="mode",
            const=api.ReviewMode.REQUIRED.value,
            help="the same as --mode required",
        )
        switch.add_argument(
            "--do-not-require",
            action="store_const",
            dest="mode",
            const=api.ReviewMode.OFF.value,
            help="the same as --mode off",
        )
        parser.add_argument(
            "--reviewers",
            metavar="N",
            type=_number_of_reviewers,
            help=f"how many different reviewers each change needs, 1 to {MAX_REQUIRED_REVIEWERS}; "
            f"“{_DEFAULT}” for the site's default",
        )
        parser.add_argument(
            "--who-may-review",
            choices=[*api.WhoMayReview.values, _DEFAULT],
            help="who may review a change, of those who have the permission: people who did not change it, anyone but "
            f"its last editor, or anybody; “{_DEFAULT}” for the site's default",
        )
        parser.add_argument(
            "--review-starts",
            choices=[*api.ReviewStarts.values, _DEFAULT],
            help="when a change waits for a review: at every save, or when an author has asked for it; "
            f"“{_DEFAULT}” for the site's default",
        )
        parser.add_argument("--reason", default="", help="why; put on record, and needed if the rule gets weaker")
        parser.add_argument("--history", action="store_true", help="print all changes of the policy, newest first")
        self.add_user_argument(parser, "the user who decides, for the record")

    def handle(
        self,
        package: str,
        mode: str | None,
        reviewers: int | str | None,
        who_may_review: str | None,
        review_starts: str | None,
        reason: str,
        history: bool,
        user: str | None,
        **options: Any,
    ) -> None:
        """Set the policy if asked to, and print the policy in force."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        asked = {
            "mode": mode,
            "required_reviewers": reviewers,
            "who_may_review": who_may_review,
            "review_starts": review_starts,
        }
        values: Any = {name: None if value == _DEFAULT else value for name, value in asked.items() if value is not None}
        if reason and not values:
            raise CommandError(
                "--reason needs something to change: say --mode, --reviewers, --who-may-review or --review-starts."
            )
        if values:
            try:
                api.change_policy(learning_package.id, changed_by=user_id, reason=reason, **values)
            except ValidationError as exc:
                hint = "" if reason.strip() else " Add --reason."
                raise CommandError(one_line(" ".join(exc.messages)) + hint) from exc
        policy = self.describe_policy(
            api.get_review_mode(learning_package.id), api.get_required_reviewers(learning_package.id)
        )
        rule = api.get_who_may_review(learning_package.id)
        is_strict = rule == api.WhoMayReview.NOT_CONTRIBUTORS and who_may_review is None
        who = "" if is_strict else f" Who may review: {rule.label}."
        starts = api.get_review_starts(learning_package.id)
        is_usual = starts == api.ReviewStarts.EVERY_SAVE and review_starts is None
        when = "" if is_usual else f" A review starts {starts.label}."
        self.stdout.write(f"{package}: {policy}.{who}{when}")
        if history:
            for change in api.get_policy_history(learning_package.id).iterator(1000):
                self.stdout.write(_line(change))


def _line(change: ReviewPolicyChange) -> str:
    when = timezone.localtime(change.changed_at)
    who = one_line(change.changed_by.get_username()) if change.changed_by else "a script or a deleted account"
    old, new = change.old_value or "the site's default", change.new_value or "the site's default"
    why = one_line(change.reason) or "no reason given"
    return f"  {when:%Y-%m-%d %H:%M %Z}  {change.get_field_display()}: {old} → {new}, by {who}: {why}"


def _number_of_reviewers(text: str) -> int | str:
    if text == _DEFAULT:
        return text
    number = int(text) if text.isdecimal() else None
    if not is_number_of_reviewers(number):
        raise ArgumentTypeError(
            f"{text} is not valid: enter a number from 1 to {MAX_REQUIRED_REVIEWERS} or “{_DEFAULT}”."
        )
    return number
