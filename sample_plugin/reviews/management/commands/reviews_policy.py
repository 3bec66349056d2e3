"""Turn the gate on or off, and set how many reviewers it requires and who may review."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.db.transaction import atomic

from ... import api
from ...conf import MAX_REQUIRED_REVIEWERS, is_number_of_reviewers
from ._base import ReviewsCommand

_DEFAULT = "default"


class Command(ReviewsCommand):
    """``manage.py reviews_policy PACKAGE (--require | --do-not-require) --reviewers N --who-may-review RULE``."""

    help = "Show or set whether a learning package requires a review before anything is published, and by how many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the parts of the new policy."""
        super().add_arguments(parser)
        switch = parser.add_mutually_exclusive_group()
        switch.add_argument("--require", action="store_true", default=None, help="require reviews from now on")
        switch.add_argument(
            "--do-not-require", action="store_false", dest="require", help="allow publishing unreviewed changes"
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
        self.add_user_argument(parser, "the user who decides, for the record")

    def handle(
        self,
        package: str,
        require: bool | None,
        reviewers: int | str | None,
        who_may_review: str | None,
        user: str | None,
        **options: Any,
    ) -> None:
        """Set the policy if asked to, and print the policy in force."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        with atomic():
            if require is not None:
                api.set_review_required(learning_package.id, require, changed_by=user_id)
            if reviewers is not None:
                number = None if isinstance(reviewers, str) else reviewers
                api.set_required_reviewers(learning_package.id, number, changed_by=user_id)
            if who_may_review is not None:
                who = None if who_may_review == _DEFAULT else who_may_review
                api.set_who_may_review(learning_package.id, who, changed_by=user_id)
        policy = self.describe_policy(
            api.is_review_required(learning_package.id), api.get_required_reviewers(learning_package.id)
        )
        rule = api.get_who_may_review(learning_package.id)
        is_strict = rule == api.WhoMayReview.NOT_CONTRIBUTORS and who_may_review is None
        who = "" if is_strict else f" Who may review: {rule.label}."
        self.stdout.write(f"{package}: {policy}.{who}")


def _number_of_reviewers(text: str) -> int | str:
    if text == _DEFAULT:
        return text
    number = int(text) if text.isdecimal() else None
    if not is_number_of_reviewers(number):
        raise ArgumentTypeError(
            f"{text} is not valid: enter a number from 1 to {MAX_REQUIRED_REVIEWERS} or “{_DEFAULT}”."
        )
    return number
