"""
The outline on the library pages: every item of a library in its place, with its state in words.

It reads models directly, as openedx-core allows for queries, and takes two queries for a library of any size.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import OuterRef, Subquery
from opaque_keys.edx.locator import LibraryLocatorV2, LibraryUsageLocatorV2
from openedx_content.models_api import EntityListRow, LearningPackage, PublishableEntity, PublishableEntityVersion

from .library import key_of, library_key_of

# Containers that nothing contains come first, the largest at the top.
_ORDER = ["section", "subsection", "unit"]


class State(StrEnum):
    """The state of an item for its author. The value is the text on the page."""

    NEVER_PUBLISHED = "never published"
    CHANGED = "changed since publish"
    CHANGED_INSIDE = "published, changed inside"
    PUBLISHED = "published"
    TO_BE_DELETED = "deleted, not yet published"
    DELETED = "deleted"


@dataclass
class Item:
    """One line of the outline. A component in two units is one item, and in the children of both."""

    key: str
    type: str
    title: str
    state: State
    is_container: bool
    draft: int | None
    published: int | None
    children: list[Item] = field(default_factory=list)

    @property
    def is_deleted(self) -> bool:
        """Whether authors have deleted it, no matter if learners still see it."""
        return self.draft is None

    @property
    def is_settled(self) -> bool:
        """Whether authors and learners see the same."""
        return self.state in (State.PUBLISHED, State.DELETED)

    @property
    def can_be_published(self) -> bool:
        """Whether publishing this item does anything. A deletion goes live with a container or the whole library."""
        return not self.is_deleted and not self.is_settled


def get_outline(learning_package: LearningPackage) -> list[Item]:
    """Return the items that no container holds, containers first; the others hang below them. Two queries."""
    items = get_items(learning_package)
    contained = {child.key for item in items for child in item.children}
    return [item for item in items if item.key not in contained]


def get_items(learning_package: LearningPackage) -> list[Item]:
    """Return all items, containers first. Two queries."""
    library_key = library_key_of(learning_package)
    items: dict[int, Item] = {entity.id: _item(entity, library_key) for entity in _entities(learning_package)}
    for container_id, child_ids in _children(learning_package).items():
        items[container_id].children = [items[child_id] for child_id in child_ids]
    # From the inside out, so that a change in a component reaches its section by way of unit and subsection.
    for item in sorted(items.values(), key=_rank, reverse=True):
        if item.state is State.PUBLISHED and not all(child.is_settled for child in item.children):
            item.state = State.CHANGED_INSIDE
    return sorted(items.values(), key=_rank)


def _entities(learning_package: LearningPackage) -> list[PublishableEntity]:
    """Load the entities with all that ``_item`` reads of them."""
    # A deleted item has no draft to take the title from.
    latest = PublishableEntityVersion.objects.filter(entity=OuterRef("pk")).order_by("-version_num")
    return list(
        PublishableEntity.objects.filter(learning_package=learning_package)
        .select_related(
            "draft__version", "published__version", "component__component_type", "container__container_type"
        )
        .annotate(latest_title=Subquery(latest.values("title")[:1]))
        .order_by("id")
    )


def _children(learning_package: LearningPackage) -> dict[int, list[int]]:
    """Map each container to its children, in order, as the container's draft has them."""
    rows = (
        EntityListRow.objects.filter(
            entity_list__container_versions__publishable_entity_version__draft__entity__learning_package=learning_package
        )
        .order_by("order_num")
        .values_list("entity_list__container_versions__publishable_entity_version__draft__entity_id", "entity_id")
    )
    children: dict[int, list[int]] = defaultdict(list)
    for container_id, child_id in rows:
        children[container_id].append(child_id)
    return children


def _item(entity: PublishableEntity, library_key: LibraryLocatorV2) -> Item:
    """Describe one entity. Runs no query."""
    key = key_of(entity, library_key)
    draft = entity.draft.version if hasattr(entity, "draft") else None
    published = entity.published.version if hasattr(entity, "published") else None
    return Item(
        key=str(key),
        type=key.block_type if isinstance(key, LibraryUsageLocatorV2) else key.container_type,
        title=draft.title if draft else getattr(entity, "latest_title", None) or "",
        state=_state(draft, published),
        is_container=hasattr(entity, "container"),
        draft=draft.version_num if draft else None,
        published=published.version_num if published else None,
    )


def _state(draft: PublishableEntityVersion | None, published: PublishableEntityVersion | None) -> State:
    """Compare what authors see with what learners see."""
    if draft is None:
        return State.TO_BE_DELETED if published else State.DELETED
    if published is None:
        return State.NEVER_PUBLISHED
    return State.PUBLISHED if draft == published else State.CHANGED


def _rank(item: Item) -> int:
    """Sort key: sections first, components last."""
    return _ORDER.index(item.type) if item.type in _ORDER else len(_ORDER)
