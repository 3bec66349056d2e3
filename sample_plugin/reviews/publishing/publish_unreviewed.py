"""The explicit bypass: publish changes without a review, for a reason that is put on record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.db.transaction import atomic, set_rollback
from openedx_content import api as content_api
from openedx_content.models_api import Draft, LearningPackage

from ..data import ChangedItem, UnreviewedPublish
from ..drafts.changes import changed_entities
from ..drafts.pins import pins_to_review
from ..gate.coverage import get_changed_records
from ..gate.exemptions import bypass_review
from ..models import PublishJudgement, covered_by_review

__all__ = ["preview_unreviewed_publish", "publish_unreviewed"]


def publish_unreviewed(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    reason: str,
    user_id: int | None,
    message: str = "",
    entity_refs: Collection[str] | None = None,
) -> UnreviewedPublish:
    """
    Publish all unpublished changes of the package, reviewed or not, and return what went live and how it was judged.

    With ``entity_refs``, only these entities and what they contain. The gate's judgement keeps the reason and the user.
    One transaction; no ``PublishLog`` if there is nothing to publish. Waits for another publish of the package. Five
    queries besides the publish. Does not check permissions.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        ValidationError: the reason is empty, or core refused; nothing was published.
        EntityPrePublish.PreventPublish: another plugin prevented the publish; nothing was published.
    """
    content_api.get_learning_package(learning_package_id)
    drafts = Draft.objects.filter(entity__learning_package_id=learning_package_id)
    if entity_refs is None:
        drafts = drafts.with_unpublished_changes()
    else:
        drafts = drafts.filter(entity__entity_ref__in=entity_refs)
    with bypass_review(reason=reason, user_id=user_id), atomic():
        publish_log = content_api.publish_from_drafts(
            learning_package_id, drafts, message=message, published_by=user_id
        )
        judgement = PublishJudgement.objects.get(publish_log=publish_log)
        unreviewed = set(judgement.unreviewed)
        rows = get_changed_records(publish_log).values_list(
            "entity_id", "entity__entity_ref", "old_version__title", "new_version__title"
        )
        published = _listed((*row, row[0] in unreviewed) for row in rows)
        if not published:
            # Core also records an empty publish, which would only clutter the history.
            set_rollback(True)
    return UnreviewedPublish(judgement=judgement if published else None, **_parts(published))


def preview_unreviewed_publish(learning_package_id: LearningPackage.ID, /) -> UnreviewedPublish:
    """
    Return what :func:`publish_unreviewed` would take live now, and publish nothing.

    Two queries. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    content_api.get_learning_package(learning_package_id)
    # As the gate judges (``coverage.py``): a version that a container pins goes live with it.
    is_reviewed = covered_by_review(entity="pk", version="draft__version") & ~pins_to_review("draft__version")
    rows = (
        changed_entities(learning_package_id)
        .annotate(is_unreviewed=ExpressionWrapper(~is_reviewed, output_field=BooleanField()))
        .values_list("pk", "entity_ref", "published__version__title", "draft__version__title", "is_unreviewed")
    )
    return UnreviewedPublish(judgement=None, **_parts(_listed(rows)))


def _listed(rows: Any) -> list[tuple[ChangedItem, bool]]:
    """Return the items and whether each is unreviewed: those first, for lists that do not show everything."""
    listed = [(ChangedItem.titled(*row), is_unreviewed) for *row, is_unreviewed in rows]
    return sorted(listed, key=lambda pair: (not pair[1], pair[0].entity_id))


def _parts(listed: list[tuple[ChangedItem, bool]]) -> dict[str, Any]:
    return {
        "published": tuple(item for item, _is_unreviewed in listed),
        "unreviewed_count": sum(is_unreviewed for _item, is_unreviewed in listed),
    }
