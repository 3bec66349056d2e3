"""The step that this plugin adds to ``EntityPrePublish``: nothing goes live that nobody reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.utils.translation import ngettext
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog
from openedx_filters.filters import PipelineStep

from . import coverage, exemptions, imports
from .data import ChangedItem
from .filters import EntityPrePublish
from .keys import KEY_FIELDS, studio_key_of, with_keys
from .models import changes_requested
from .policy import is_review_required
from .texts import listed

__all__ = ["RequireReview", "UnreviewedChanges", "require_review", "require_reviews_of_drafts", "was_judged"]

# How many unreviewed items a refusal names in full. The total is always there.
MAX_NAMED = 100


class UnreviewedChanges(EntityPrePublish.PreventPublish):
    """
    Raised when a publish contains changes that nobody reviewed: a 409 that names them.

    ``unreviewed`` names the first hundred, ``unreviewed_count`` says how many there are, ``change_count`` how many
    changes the publish would have taken live. In the body each has its key, as Studio writes it, or null, and whether
    somebody has requested changes of it.
    """

    default_code = "unreviewed_changes"

    def __init__(
        self,
        unreviewed: Sequence[ChangedItem],
        unreviewed_count: int,
        change_count: int,
        *,
        keys: Mapping[PublishableEntity.ID, str | None] | None = None,
    ) -> None:
        """Initialize the exception with what is missing."""
        self.unreviewed = tuple(unreviewed)
        self.unreviewed_count = unreviewed_count
        self.change_count = change_count
        named = listed([str(item) for item in self.unreviewed[:3]], more=unreviewed_count > 3)
        super().__init__(
            ngettext(
                "Nothing was published: {count} of {total} changes has not been reviewed: {named}. "
                "Have it reviewed, or publish only what was.",
                "Nothing was published: {count} of {total} changes have not been reviewed: {named}. "
                "Have them reviewed, or publish only what was.",
                unreviewed_count,
            ).format(count=unreviewed_count, total=change_count, named=named)
        )
        # Set after APIException is done with it: that one turns every number in a detail into a string.
        self.detail = {
            **self.detail,
            "unreviewed": [
                {**asdict(item), "key": keys.get(item.entity_id) if keys else None} for item in self.unreviewed
            ],
            "unreviewed_count": unreviewed_count,
            "change_count": change_count,
        }


class RequireReview(PipelineStep):
    """
    Prevent a publish that contains unreviewed changes.

    Configure it first, and with ``fail_silently: False``; ``settings/common.py`` does.
    """

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Raise ``UnreviewedChanges``, or hand on to the next step: returning None would end the pipeline."""
        require_review(publish_log)
        return {"publish_log": publish_log}


def require_review(publish_log: PublishLog) -> None:
    """
    Raise ``UnreviewedChanges`` if ``publish_log`` takes anything live that needs a review and has none.

    One query where everything is in order, three for a refusal. Judges what core wrote in the records, never a later
    look at the drafts.
    """
    unreviewed = coverage.get_unreviewed_records(publish_log)
    found = list(
        unreviewed.select_related("old_version", "new_version", *(f"entity__{name}" for name in KEY_FIELDS))
        .annotate(is_requested=_is_requested(entity="entity", version="new_version"))
        .order_by("entity")[:MAX_NAMED]
    )
    if found and not exemptions.is_restore(publish_log):
        unreviewed_count, change_count = coverage.count_changes(publish_log)
        if not exemptions.record_bypass(publish_log, unreviewed_count=unreviewed_count):
            raise UnreviewedChanges(
                [
                    replace(
                        ChangedItem.between(record.entity, record.old_version, record.new_version),
                        changes_requested=bool(record.is_requested),
                    )
                    for record in found
                ],
                unreviewed_count,
                change_count,
                keys={record.entity_id: studio_key_of(record.entity) for record in found},
            )
    # On the object itself: whether its filter has run.
    publish_log._sample_plugin_reviews_judged = True  # type: ignore[attr-defined]


def require_reviews_of_drafts(learning_package_id: LearningPackage.ID) -> None:
    """
    Raise ``UnreviewedChanges`` if to publish everything in the package would end with that.

    A look at the drafts decides on early refusals and nothing else: what this lets pass, :func:`require_review` judges.
    Three queries, and two more for a refusal. Raises ``LearningPackage.DoesNotExist``.
    """
    if exemptions.may_apply() or imports.is_running() or not is_review_required(learning_package_id):
        return
    unreviewed = coverage.get_unreviewed_entities(learning_package_id)
    found = list(
        with_keys(unreviewed)
        .select_related("draft__version", "published__version")
        .annotate(is_requested=_is_requested(entity="pk", version="draft__version"))
        .order_by("pk")[:MAX_NAMED]
    )
    if found:
        raise UnreviewedChanges(
            [
                replace(
                    ChangedItem.of_draft(entity, entity.draft.version),
                    changes_requested=bool(getattr(entity, "is_requested", False)),
                )
                for entity in found
            ],
            unreviewed.count(),
            coverage.changed_entities(learning_package_id).count(),
            keys={entity.id: studio_key_of(entity) for entity in found},
        )


def _is_requested(*, entity: str, version: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(changes_requested(entity=entity, version=version), output_field=BooleanField())


def was_judged(publish_log: PublishLog) -> bool:
    """Return whether :func:`require_review` has let this very object pass."""
    return getattr(publish_log, "_sample_plugin_reviews_judged", False)
