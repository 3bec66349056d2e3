"""Publish without a review."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db.transaction import atomic, set_rollback
from openedx_content import api as content_api
from openedx_content.models_api import Draft

from ... import api
from ...models import Basis, PublishJudgement
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
        drafts = Draft.objects.filter(entity__learning_package=learning_package)
        if entity:
            drafts = drafts.filter(entity__entity_ref__in=entity)
            unknown = set(entity).difference(drafts.values_list("entity__entity_ref", flat=True))
            if unknown:
                raise CommandError(f"There is no entity {', '.join(map(one_line, sorted(unknown)))} in {package}.")
        else:
            drafts = drafts.with_unpublished_changes()
        if user_id is None and reason.strip():
            reason = f"{reason.strip()} (operator)"
        with self.publishing("Publishing"), api.bypass_review(reason=reason, user_id=user_id), atomic():
            publish_log = content_api.publish_from_drafts(
                learning_package.id, drafts, message=message, published_by=user_id
            )
            published = api.get_changed_records(publish_log).count()
            judgement = PublishJudgement.objects.get(publish_log=publish_log)
            if not published:
                # Core also records an empty publish, which would only clutter the history.
                set_rollback(True)
        if not published:
            self.stdout.write("There is nothing to publish.")
        elif judgement.unreviewed_count:
            how = "a bypass" if judgement.basis == Basis.BYPASSED else judgement.get_basis_display()
            self.stdout.write(
                f"Published: {published}, of which unreviewed: {judgement.unreviewed_count}. "
                f"On record as {how}, publish {publish_log.pk}."
            )
        else:
            self.stdout.write(f"Published: {published}, all of them reviewed.")
