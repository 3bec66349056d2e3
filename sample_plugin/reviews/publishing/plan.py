"""Plan "publish reviewed items": what can go live, and what has to stay behind and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from openedx_content.models_api import (
    Draft,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersionDependency,
)

from ..composed import composed_once
from ..data import ChangedItem, ChangeKind, SkippedItem
from ..drafts.changes import put_there_by
from ..drafts.pins import find_pins_to_review, pins_to_review
from ..filters import EntityPrePublish
from ..models import covered_by_review

__all__ = ["Plan", "Vetoes", "count_skipped", "covered_drafts", "make_plan", "may_go_live"]

# The items that steps of the filter have refused.
type Vetoes = Mapping[PublishableEntity.ID, EntityPrePublish.PreventPublish]


def count_skipped(learning_package_id: LearningPackage.ID) -> int:
    """Return how many reviewed changes "publish reviewed items" would skip. Four queries."""
    return len(make_plan(learning_package_id).skipped)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The changes that can go live, and those that cannot; each in order of their entities."""

    to_publish: tuple[ChangedItem, ...]
    skipped: tuple[SkippedItem, ...]


def may_go_live(change_log_id: int | None, *, entity: str, version: str) -> Q:
    """Return the condition under which a row's draft is covered and, if a change log is given, was put there by it."""
    covered = covered_by_review(entity=entity, version=version)
    if change_log_id is None:
        return covered
    return covered & Q(Exists(put_there_by(draft_change_log=change_log_id).filter(entity=OuterRef(entity))))


def covered_drafts(learning_package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft]:
    """Return the drafts whose unpublished changes are covered and, if a change log is given, were put there by it."""
    drafts: QuerySet[Draft] = (
        Draft.objects.filter(entity__learning_package_id=learning_package_id)
        .with_unpublished_changes()
        .filter(may_go_live(change_log_id, entity="entity", version="version"))
        .order_by("pk")
    )
    return drafts


def make_plan(
    learning_package_id: LearningPackage.ID, change_log_id: int | None = None, vetoed: Vetoes | None = None
) -> Plan:
    """
    Decide what can be published. Four queries, for titles rather than objects: there may be thousands.

    A few more queries if a container pins a version that needs a review.
    """
    # Only this asks what is covered. It is the longest of the queries.
    reviewed: dict[PublishableEntity.ID, ChangedItem] = {
        entity_id: ChangedItem.titled(entity_id, *rest)
        for entity_id, *rest in _load_reviewed(package_id=learning_package_id, change_log_id=change_log_id)
    }
    # These stay drafts, as if nobody had reviewed them.
    refused = {entity_id: veto for entity_id, veto in (vetoed or {}).items() if entity_id in reviewed}
    # Items that block a container that lists them: they have no live version, and get none now. (An item that was
    # deleted with a publish is meant to be missing.)
    missing: dict[PublishableEntity.ID, ChangedItem] = {
        entity_id: ChangedItem.titled(entity_id, entity_ref, None, title)
        for entity_id, entity_ref, title in _load_not_live(package_id=learning_package_id)
        if entity_id not in reviewed
    } | {entity_id: reviewed[entity_id] for entity_id in refused if reviewed[entity_id].change == ChangeKind.NEW}
    listed_by: dict[PublishableEntity.ID, list[PublishableEntity.ID]] = defaultdict(list)
    for container_id, listed_id in _load_listed(package_id=learning_package_id):
        if container_id in reviewed:
            listed_by[listed_id].append(container_id)

    # From the missing items up to everything that lists them, directly or through a skipped item.
    pinning = _reasons_of_pins(
        [entity_id for (entity_id,) in _find_pinning(package_id=learning_package_id) if entity_id in reviewed]
    )
    reasons = pinning | {entity_id: veto.reasons[entity_id] for entity_id, veto in refused.items()}
    blockers = [*missing, *pinning]
    for blocker_id in blockers:  # grows during the loop
        for container_id in listed_by[blocker_id]:
            if container_id not in reasons:
                reasons[container_id] = _reason(missing.get(blocker_id), reviewed.get(blocker_id))
                blockers.append(container_id)

    return Plan(
        to_publish=tuple(item for entity_id, item in reviewed.items() if entity_id not in reasons),
        skipped=tuple(
            SkippedItem(
                item=item,
                reason=reasons[entity_id],
                code=refused[entity_id].default_code if entity_id in refused else "",
            )
            for entity_id, item in reviewed.items()
            if entity_id in reasons
        ),
    )


@composed_once(Draft)
def _load_reviewed(package_id: LearningPackage.ID, change_log_id: int | None) -> QuerySet[Draft, Any]:
    return covered_drafts(package_id, change_log_id).values_list(
        "entity_id", "entity__entity_ref", "entity__published__version__title", "version__title"
    )


@composed_once(Draft)
def _load_not_live(package_id: LearningPackage.ID) -> QuerySet[Draft, Any]:
    without_live_version = Q(entity__published=None) | Q(entity__published__version=None, version__isnull=False)
    return Draft.objects.filter(without_live_version, entity__learning_package_id=package_id).values_list(
        "entity_id", "entity__entity_ref", "version__title"
    )


@composed_once(PublishableEntityVersionDependency)
def _load_listed(package_id: LearningPackage.ID) -> QuerySet[PublishableEntityVersionDependency, Any]:
    """Return each draft's entity with one that the draft lists."""
    return PublishableEntityVersionDependency.objects.filter(
        referring_version__draft__entity__learning_package_id=package_id
    ).values_list("referring_version__entity_id", "referenced_entity_id")


@composed_once(Draft)
def _find_pinning(package_id: LearningPackage.ID) -> QuerySet[Draft, Any]:
    changed = Draft.objects.filter(entity__learning_package_id=package_id).with_unpublished_changes()
    pinning: QuerySet[Draft, Any] = changed.filter(pins_to_review("version")).order_by("pk").values_list("entity_id")
    return pinning


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


def _name(item: ChangedItem | None) -> str:
    return item.title or item.entity_ref if item else ""
