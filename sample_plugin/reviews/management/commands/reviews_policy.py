"""Turn the gate on or off."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from ... import api
from ._base import ReviewsCommand


class Command(ReviewsCommand):
    """``manage.py reviews_policy PACKAGE (--require | --do-not-require)``."""

    help = "Show or set whether a learning package requires a review before anything is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the new policy, if there is to be one."""
        super().add_arguments(parser)
        switch = parser.add_mutually_exclusive_group()
        switch.add_argument("--require", action="store_true", default=None, help="require reviews from now on")
        switch.add_argument(
            "--do-not-require", action="store_false", dest="require", help="let anybody publish unreviewed changes"
        )
        self.add_user_argument(parser, "who decided, for the record")

    def handle(self, package: str, require: bool | None, user: str | None, **options: Any) -> None:
        """Set the policy if asked to, and print the one that holds."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        if require is not None:
            api.set_review_required(learning_package.id, require, changed_by=user_id)
        required = api.is_review_required(learning_package.id)
        self.stdout.write(f"{package}: review is {'required' if required else 'NOT required'}.")
