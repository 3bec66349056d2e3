"""The action "publish reviewed items": it publishes exactly what is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef
from django.db.transaction import atomic
from openedx_content import api as content_api
from openedx_content.models_api import (
    DraftChangeLog,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersionDependency,
    PublishLog,
    PublishLogRecord,
)

from ..data import ChangedItem, PublishReviewedResult
from ..policy import lock_publishes
from .plan import covered_drafts, make_plan, may_go_live

__all__ = ["publish_reviewed_items"]


def publish_reviewed_items(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    published_by: int | None = None,
    message: str = "",
    published_at: datetime | None = None,
    dry_run: bool = False,
    draft_change_log_id: int | None = None,
) -> PublishReviewedResult:
    """
    Publish all unpublished changes of the package that are covered by a review, deletions included, and nothing else.

    With ``draft_change_log_id``, only those that this change log (an import, for example) put in place and that have
    not been edited since. With ``dry_run``, publishes nothing and returns what would be published and skipped.

    Pulls in no dependencies, so unreviewed content stays as it is. Skips a reviewed container if one of its children
    has no live version and is not published with it, or if it pins a version that needs a review. Skips every container
    that contains a skipped one. The result lists what was published, and what was skipped and why.

    One transaction. One ``PublishLog``, and one more for each level of new containers, because core requires the
    content of a new container to be published first (``publish_from_drafts`` with ``publish_dependencies=False``). No
    ``PublishLog`` if there is nothing to publish. A draft that is edited meanwhile is not published. Waits for another
    publish of the package.

    Does not check permissions. The number of the plugin's own queries does not grow with the package.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        DraftChangeLog.DoesNotExist: the package has no such change log.
        EntityPrePublish.PreventPublish: another plugin prevented the publish; nothing was published.
        ValidationError: core refused, for example because the message is too long; nothing was published.
    """
    content_api.get_learning_package(learning_package_id)
    if published_by is not None:
        get_user_model().objects.get(pk=published_by)
    if draft_change_log_id is not None:
        DraftChangeLog.objects.get(pk=draft_change_log_id, learning_package=learning_package_id)
    with atomic():
        if not dry_run:
            # If two publishers start at once, the second finds that it is done.
            lock_publishes(learning_package_id)
        plan = make_plan(learning_package_id, draft_change_log_id)
        if dry_run or not plan.to_publish:
            return PublishReviewedResult(publish_logs=(), published=plan.to_publish, skipped=plan.skipped)
        publish_logs, published = _publish(
            learning_package_id,
            draft_change_log_id,
            skip=[skipped.entity_id for skipped in plan.skipped],
            published_by=published_by,
            message=message,
            published_at=published_at or datetime.now(tz=timezone.utc),
        )
        return PublishReviewedResult(publish_logs=publish_logs, published=published, skipped=plan.skipped)


def _publish(
    learning_package_id: LearningPackage.ID,
    change_log_id: int | None,
    *,
    skip: list[PublishableEntity.ID],
    published_by: int | None,
    message: str,
    published_at: datetime,
) -> tuple[tuple[PublishLog, ...], tuple[ChangedItem, ...]]:
    """Make core publish the covered drafts, except those to ``skip``, from the bottom up."""
    listed = PublishableEntityVersionDependency.objects.filter(
        referring_version=OuterRef("version"), referenced_entity__draft__isnull=False
    )
    # Core requires these to be published before, in a publish of their own.
    lists_never_published = Exists(listed.filter(referenced_entity__published=None))
    # The plan has looked for these as well, but a draft may have changed since.
    lists_missing = Exists(
        listed.filter(
            referenced_entity__published__version=None, referenced_entity__draft__version__isnull=False
        ).exclude(may_go_live(change_log_id, entity="referenced_entity", version="referenced_entity__draft__version"))
    )
    # Core evaluates this inside its transaction, anew each time: a draft that is no longer at the reviewed version is
    # left out, and a container is included once its content has been published.
    publishable = (
        covered_drafts(learning_package_id, change_log_id)
        .exclude(entity_id__in=skip)
        .exclude(lists_never_published)
        .exclude(lists_missing)
    )
    publish_logs: list[PublishLog] = []
    published: dict[PublishableEntity.ID, ChangedItem] = {}
    while publishable.exists():
        publish_log = content_api.publish_from_drafts(
            learning_package_id,
            publishable.all(),
            message,
            published_at,
            published_by,
            publish_dependencies=False,
        )
        went_live = {item.entity_id: item for item in _published_by(publish_log)}
        if not went_live:
            break  # Core has not published them, and would not the next time either.
        publish_logs.append(publish_log)
        published |= went_live
    return tuple(publish_logs), tuple(published[entity_id] for entity_id in sorted(published))


def _published_by(publish_log: PublishLog) -> Iterator[ChangedItem]:
    """Yield the changes that a publish took live, from core's own record of it."""
    for row in (
        PublishLogRecord.objects.filter(publish_log=publish_log)
        .exclude(old_version=F("new_version"))
        .values_list("entity_id", "entity__entity_ref", "old_version__title", "new_version__title")
    ):
        yield ChangedItem.titled(*row)
