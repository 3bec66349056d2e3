"""The action "publish reviewed items": it publishes exactly what is reviewed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.transaction import atomic
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

from ..composed import composed_once
from ..data import ChangedItem, ChangeKind, PublishReviewedResult, SkippedItem
from ..drafts.changes import put_there_by
from ..drafts.pins import find_pins_to_review, pins_to_review
from ..models import covered_by_review
from ..policy import lock_publishes

__all__ = ["count_skipped", "publish_reviewed_items"]


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
        plan = _make_plan(learning_package_id, draft_change_log_id)
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


def count_skipped(learning_package_id: LearningPackage.ID) -> int:
    """Return how many reviewed changes :func:`publish_reviewed_items` would skip. Four queries."""
    return len(_make_plan(learning_package_id).skipped)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    to_publish: tuple[ChangedItem, ...]
    skipped: tuple[SkippedItem, ...]


def _may_go_live(change_log_id: int | None, *, entity: str, version: str) -> Q:
    """Return the condition under which a row's draft is covered and, if a change log is given, was put there by it."""
    covered = covered_by_review(entity=entity, version=version)
    if change_log_id is None:
        return covered
    return covered & Q(Exists(put_there_by(draft_change_log=change_log_id).filter(entity=OuterRef(entity))))


def _covered_drafts(learning_package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft]:
    drafts: QuerySet[Draft] = (
        Draft.objects.filter(entity__learning_package_id=learning_package_id)
        .with_unpublished_changes()
        .filter(_may_go_live(change_log_id, entity="entity", version="version"))
        .order_by("pk")
    )
    return drafts


def _make_plan(learning_package_id: LearningPackage.ID, change_log_id: int | None = None) -> _Plan:
    """
    Decide what can be published. Four queries, for titles rather than objects: there may be thousands.

    A few more queries if a container pins a version that needs a review.
    """
    where = {"package_id": learning_package_id, "change_log_id": change_log_id}
    reviewed: dict[PublishableEntity.ID, ChangedItem] = {
        entity_id: ChangedItem.titled(entity_id, *rest) for entity_id, *rest in _load_reviewed(**where)
    }
    # Items that block a container that lists them: they have no live version, and get none now. (An item that was
    # deleted with a publish is meant to be missing.)
    missing: dict[PublishableEntity.ID, ChangedItem] = {
        entity_id: ChangedItem.titled(entity_id, entity_ref, None, title)
        for entity_id, entity_ref, title in _load_missing(**where)
    }
    listed_by: dict[PublishableEntity.ID, list[PublishableEntity.ID]] = defaultdict(list)
    for container_id, listed_id in PublishableEntityVersionDependency.objects.filter(
        referring_version__draft__entity__learning_package_id=learning_package_id
    ).values_list("referring_version__entity_id", "referenced_entity_id"):
        if container_id in reviewed:
            listed_by[listed_id].append(container_id)

    # From the missing items up to everything that lists them, directly or through a skipped item.
    reasons = _reasons_of_pins([entity_id for (entity_id,) in _find_pinning(**where)]) if reviewed else {}
    blockers = [*missing, *reasons]
    for blocker_id in blockers:  # grows during the loop
        for container_id in listed_by[blocker_id]:
            if container_id not in reasons:
                reasons[container_id] = _reason(missing.get(blocker_id), reviewed.get(blocker_id))
                blockers.append(container_id)

    return _Plan(
        to_publish=tuple(item for entity_id, item in reviewed.items() if entity_id not in reasons),
        skipped=tuple(
            SkippedItem(item=item, reason=reasons[entity_id])
            for entity_id, item in reviewed.items()
            if entity_id in reasons
        ),
    )


@composed_once(Draft)
def _load_reviewed(package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft, Any]:
    return _covered_drafts(package_id, change_log_id).values_list(
        "entity_id", "entity__entity_ref", "entity__published__version__title", "version__title"
    )


@composed_once(Draft)
def _load_missing(package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft, Any]:
    without_live_version = Q(entity__published=None) | Q(entity__published__version=None, version__isnull=False)
    return (
        Draft.objects.filter(without_live_version, entity__learning_package_id=package_id)
        .exclude(_may_go_live(change_log_id, entity="entity", version="version"))
        .values_list("entity_id", "entity__entity_ref", "version__title")
    )


@composed_once(Draft)
def _find_pinning(package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft, Any]:
    return _covered_drafts(package_id, change_log_id).filter(pins_to_review("version")).values_list("entity_id")


def _reason(missing: ChangedItem | None, skipped: ChangedItem | None) -> str:
    if missing is None:
        return _("It contains “{title}”, which is skipped as well.").format(title=_name(skipped))
    if missing.change == ChangeKind.DELETED:
        return _(
            "It still lists “{title}”, which was deleted before it was ever published. Save it again without that "
            "item, or publish it in Studio."
        ).format(title=_name(missing))
    return _("It contains “{title}”, which has no published version and is not published with it.").format(
        title=_name(missing)
    )


def _reasons_of_pins(containers: list[PublishableEntity.ID]) -> dict[PublishableEntity.ID, str]:
    """Return why these containers are skipped: they pin a version that needs a review."""
    pins = find_pins_to_review(containers) if containers else {}
    reasons = {}
    for container_id in containers:
        first = next(iter(pins.get(container_id, ())), None)
        reasons[container_id] = (
            _("It pins version {number} of “{title}”, which needs a review of its own.").format(
                number=first.version_num, title=first.title or first.entity.entity_ref
            )
            if first
            else _("It pins a version that needs a review of its own.")
        )
    return reasons


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
        ).exclude(_may_go_live(change_log_id, entity="referenced_entity", version="referenced_entity__draft__version"))
    )
    # Core evaluates this inside its transaction, anew each time: a draft that is no longer at the reviewed version is
    # left out, and a container is included once its content has been published.
    publishable = (
        _covered_drafts(learning_package_id, change_log_id)
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


def _name(item: ChangedItem | None) -> str:
    return item.title or item.entity_ref if item else ""
