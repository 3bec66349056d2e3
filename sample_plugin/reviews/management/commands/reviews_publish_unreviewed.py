"""Publish without a review."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from openedx_content.models_api import Draft

from ... import api
from ...models import Basis
from ...texts import one_line
from ._base import ReviewsCommand


class Command(ReviewsCommand):
    """``manage.py reviews_publish_unreviewed PACKAGE --reason TEXT``."""

    help = "Publish all unpublished changes of a learning package WITHOUT a review. This is put on record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the reason, and what to publish if not everything."""
        super().add_arguments(parser)
        parser.add_argument("--reason", required=True, help="why this goes live without a review; put on record")
        parser.add_argument(
            "--entity",
            metavar="ENTITY_REF",
            action="append",
            help="publish only this entity and what it contains (may be given several times)",
        )
        parser.add_argument("--message", default="", help="a message that is kept with the publish")
        self.add_user_argument(parser, "the user who takes responsibility; without one, “operator” is put on record")

    def handle(
        self, package: str, reason: str, entity: list[str] | None, message: str, user: str | None, **options: Any
    ) -> None:
        """Publish under a bypass."""
        learning_package = self.get_package(package)
        user_id = self.get_user_id(user)
        if entity:
            drafts = Draft.objects.filter(entity__learning_package=learning_package, entity__entity_ref__in=entity)
            unknown = set(entity).difference(drafts.values_list("entity__entity_ref", flat=True))
            if unknown:
                raise CommandError(f"There is no entity {', '.join(map(one_line, sorted(unknown)))} in {package}.")
        if user_id is None and reason.strip():
            reason = f"{reason.strip()} (operator)"
        with self.publishing("Publishing"):
            publish = api.publish_unreviewed(
                learning_package.id, reason=reason, user_id=user_id, message=message, entity_refs=entity
            )
        if publish.judgement is None:
            self.stdout.write("There is nothing to publish.")
        elif publish.unreviewed_count:
            is_bypass = publish.judgement.basis == Basis.BYPASSED
            how = "a bypass" if is_bypass else publish.judgement.get_basis_display()
            self.stdout.write(
                f"Published: {len(publish.published)}, of which unreviewed: {publish.unreviewed_count}. "
                f"On record as {how}, publish {publish.judgement.publish_log_id}."
            )
        else:
            self.stdout.write(f"Published: {len(publish.published)}, all of them reviewed.")
