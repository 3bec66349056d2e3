"""The action "publish reviewed items": it publishes exactly what is reviewed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.transaction import atomic, set_rollback
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import (
    Draft,
    DraftChangeLog,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersionDependency,
    PublishLog,
    PublishLogRecord,
)

from ..composed import composed_once, composed_once_within
from ..data import ChangedItem, PublishReviewedResult
from ..exceptions import is_transient
from ..filters import EntityPrePublish
from ..policy import lock_publishes
from ..settings.common import STEP
from .plan import Plan, covered_drafts, make_plan, may_go_live

__all__ = ["publish_reviewed_items"]

log = logging.getLogger(__name__)

# How often steps of the filter may refuse some items before the refusal is final. Each time, core publishes anew.
_MOST_VETOES = 10


def publish_reviewed_items(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    published_by: int | None = None,
    message: str = "",
    published_at: datetime | None = None,
    dry_run: bool = False,
    ask_steps: bool = True,
    draft_change_log_id: int | None = None,
) -> PublishReviewedResult:
    """
    Publish all unpublished changes of the package that are covered by a review, deletions included, and nothing else.

    With ``draft_change_log_id``, only those that this change log (an import, for example) put in place and that have
    not been edited since.

    Pulls in no dependencies, so unreviewed content stays as it is. Skips a reviewed container if one of its children
    has no live version and is not published with it, or if it pins a version that needs a review. Skips every container
    that contains a skipped one. If a step of ``EntityPrePublish`` refuses certain items and names them, skips these and
    asks the steps again. The result lists what was published, and what was skipped and why.

    With ``dry_run``, returns what would be published and skipped, or raises what would be raised, and publishes
    nothing: it publishes in a transaction, so that the steps see what core writes, and rolls back. No event is sent. It
    takes as long as the publish, and waits for other publishes as that does. It only looks at the drafts, which takes
    four queries and no lock, with ``ask_steps=False`` or if no plugin has added a step.

    One transaction. One ``PublishLog``, and one more for each level of new containers, because core requires the
    content of a new container to be published first (``publish_from_drafts`` with ``publish_dependencies=False``). No
    ``PublishLog`` if there is nothing to publish. A draft that is edited meanwhile is not published. Waits for another
    publish of the package.

    Does not check permissions. The number of the plugin's own queries does not grow with the package; it grows with the
    number of refusals, of which the eleventh is final.

    Raises:
        LearningPackage.DoesNotExist, User.DoesNotExist: no such package or user.
        DraftChangeLog.DoesNotExist: the package has no such change log.
        EntityPrePublish.PreventPublish: another plugin prevented the publish; nothing was published. In a dry run also
            if a step crashes.
        ValidationError: core refused, for example because the message is too long; nothing was published.
    """
    content_api.get_learning_package(learning_package_id)
    if published_by is not None:
        get_user_model().objects.get(pk=published_by)
    if draft_change_log_id is not None:
        DraftChangeLog.objects.get(pk=draft_change_log_id, learning_package=learning_package_id)
    has_other_steps = _has_other_steps()
    if dry_run and not (ask_steps and has_other_steps):
        plan = make_plan(learning_package_id, draft_change_log_id)
        return PublishReviewedResult(
            publish_logs=(), published=plan.to_publish, skipped=plan.skipped, steps_asked=not has_other_steps
        )
    try:
        with atomic():
            # If two publishers start at once, the second finds that it is done.
            lock_publishes(learning_package_id)
            publish_logs, published, plan = _publish(
                learning_package_id,
                draft_change_log_id,
                published_by=published_by,
                message=message,
                published_at=published_at or datetime.now(tz=timezone.utc),
            )
            if dry_run:
                publish_logs = ()
                set_rollback(True)
    except (EntityPrePublish.PreventPublish, ValidationError):
        raise
    except Exception as exc:
        if not dry_run or is_transient(exc):
            raise
        log.exception("A publish of the reviewed items of the learning package %s would fail.", learning_package_id)
        raise EntityPrePublish.PreventPublish(
            _("Nothing can be published now: the publish would fail. Tell the site's administrator.")
        ) from exc
    return PublishReviewedResult(publish_logs=publish_logs, published=published, skipped=plan.skipped)


def _has_other_steps() -> bool:
    """Return whether the filter has a step whose answer the plan does not have already. No query."""
    steps, _fail_silently, _extra = EntityPrePublish.get_pipeline_configuration()
    return any(step != STEP for step in steps)


def _publish(
    learning_package_id: LearningPackage.ID,
    change_log_id: int | None,
    *,
    published_by: int | None,
    message: str,
    published_at: datetime,
) -> tuple[tuple[PublishLog, ...], tuple[ChangedItem, ...], Plan]:
    """Make core publish what can go live, from the bottom up, without the items that steps of the filter refuse."""
    plan = make_plan(learning_package_id, change_log_id)
    publish_logs: list[PublishLog] = []
    published: dict[PublishableEntity.ID, ChangedItem] = {}
    vetoed: dict[PublishableEntity.ID, EntityPrePublish.PreventPublish] = {}
    vetoes = 0
    while waiting := {item.entity_id for item in plan.to_publish} - published.keys():
        publishable = _find_publishable(learning_package_id, change_log_id, plan)
        if not publishable.exists():
            break  # They have been edited meanwhile.
        try:
            publish_log = content_api.publish_from_drafts(
                learning_package_id,
                publishable.all(),
                message,
                published_at,
                published_by,
                publish_dependencies=False,
            )
        except EntityPrePublish.PreventPublish as veto:
            # This level is rolled back; those below it are not affected.
            vetoes += 1
            named = veto.reasons.keys() & waiting
            if not named or vetoes > _MOST_VETOES:
                raise
            vetoed |= dict.fromkeys(named, veto)
            plan = make_plan(learning_package_id, change_log_id, vetoed)
            continue
        went_live = {item.entity_id: item for item in _published_by(publish_log)}
        if not went_live:
            break  # Core has not published them, and would not the next time either.
        publish_logs.append(publish_log)
        published |= went_live
    return tuple(publish_logs), tuple(published[entity_id] for entity_id in sorted(published)), plan


def _find_publishable(
    learning_package_id: LearningPackage.ID, change_log_id: int | None, plan: Plan
) -> QuerySet[Draft]:
    """Return the drafts that core can publish next: covered, not skipped, and everything that they list is live."""
    # Core evaluates this inside its transaction, anew each time: a draft that is no longer at the reviewed version is
    # left out, and a container is included once its content has been published.
    publishable = _publishable(package_id=learning_package_id, change_log_id=change_log_id)
    skipped = [one.entity_id for one in plan.skipped]
    # The package is named once more for MySQL, which otherwise looks through all drafts of the site.
    drafts = Draft.objects.filter(entity__learning_package_id=learning_package_id, pk__in=publishable)
    return drafts.exclude(pk__in=skipped).order_by("pk")


@composed_once_within
def _publishable(package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft, Any]:
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
    drafts = covered_drafts(package_id, change_log_id)
    return drafts.exclude(lists_never_published).exclude(lists_missing).order_by().values_list("pk")


def _published_by(publish_log: PublishLog) -> Iterator[ChangedItem]:
    """Yield the changes that a publish took live, from core's own record of it. One query."""
    for row in _load_published(log=publish_log.pk):
        yield ChangedItem.titled(*row)


@composed_once(PublishLogRecord)
def _load_published(log: int) -> QuerySet[PublishLogRecord, Any]:
    return (
        PublishLogRecord.objects.filter(publish_log=log)
        .exclude(old_version=F("new_version"))
        .values_list("entity_id", "entity__entity_ref", "old_version__title", "new_version__title")
    )
