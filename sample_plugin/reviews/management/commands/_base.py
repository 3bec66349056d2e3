"""Shared by the commands: finding the learning package and the user, and reporting errors."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLog, LearningPackage
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from ... import api
from ...exceptions import is_transient
from ...filters import EntityPrePublish
from ...texts import one_line


class ReviewsCommand(BaseCommand):
    """
    A command about one learning package.

    Exit codes: 0 done; 1 refused or failed, with the reason on stderr and nothing changed; 2 wrong arguments.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the learning package."""
        parser.add_argument("package", metavar="PACKAGE", help="the package_ref, for a library its key: lib:Org:Slug")

    @staticmethod
    def add_user_argument(parser: ArgumentParser, purpose: str) -> None:
        """Add the optional user."""
        parser.add_argument("--user", metavar="USERNAME", help=purpose)

    @staticmethod
    def get_package(package_ref: str) -> LearningPackage:
        """Return the package. Raises ``CommandError``, which names up to ten packages that exist."""
        try:
            return content_api.get_learning_package_by_ref(package_ref)
        except LearningPackage.DoesNotExist as exc:
            known = LearningPackage.objects.order_by("package_ref").values_list("package_ref", flat=True)[:10]
            raise CommandError(
                f"There is no learning package “{package_ref}”. "
                + (f"Existing ones: {', '.join(map(one_line, known))}." if known else "None exists yet.")
            ) from exc

    @staticmethod
    def require_change_log(change_log_id: int, learning_package: LearningPackage) -> None:
        """Raise ``CommandError`` unless this is a draft change log of the package."""
        known = DraftChangeLog.objects.filter(learning_package=learning_package.id)
        # No id is larger than this, and SQLite crashes on what is.
        if not 0 < change_log_id < 2**63 or not known.filter(pk=change_log_id).exists():
            raise CommandError(
                f"{one_line(learning_package.package_ref)} has no draft change log {change_log_id}. "
                "Run reviews_status to see the ids of imports."
            )

    @staticmethod
    def get_user_id(username: str | None) -> int | None:
        """Return the id of the user, if one was named."""
        if username is None:
            return None
        users = get_user_model()
        try:
            return users.objects.get_by_natural_key(username).pk
        except users.DoesNotExist as exc:
            raise CommandError(f"There is no user “{username}”.") from exc

    @staticmethod
    def describe_policy(mode: api.ReviewMode, reviewers: int) -> str:
        """Return in words whether a review is required, and by how many people if one is not enough."""
        by = f"by {reviewers} people" if reviewers > 1 else ""
        if mode == api.ReviewMode.REQUIRED:
            return f"review is required, {by}" if by else "review is required"
        what = [
            *(
                ["advisory mode: unreviewed changes are published and put on record"]
                if mode != api.ReviewMode.OFF
                else []
            ),
            *([f"if turned on: {by}"] if by else []),
        ]
        return f"review is NOT required ({'; '.join(what)})" if what else "review is NOT required"

    @contextmanager
    def publishing(self, what: str) -> Iterator[None]:
        """
        Show progress while core publishes, and raise a refusal as ``CommandError``.

        Core publishes in one call that reports no progress, so the bar counts its database statements. The bar has no
        end, because their number is not known in advance.
        """
        # A log message, such as a refusal, gets a line of its own and is not written behind the bar.
        with tqdm(desc=what, unit=" statements", disable=None, leave=False) as bar, logging_redirect_tqdm():

            def count(execute: Any, *args: Any) -> Any:
                bar.update()
                return execute(*args)

            try:
                with connection.execute_wrapper(count):
                    yield
            except EntityPrePublish.PreventPublish as exc:
                raise CommandError(one_line(exc)) from exc
            except ValidationError as exc:
                raise CommandError(one_line(" ".join(exc.messages))) from exc
            except DatabaseError as exc:
                if not is_transient(exc):
                    raise
                raise CommandError(
                    f"The database is busy or could not be reached ({exc}). Try again: nothing is done twice."
                ) from exc
