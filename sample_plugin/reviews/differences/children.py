"""Compare the children of two versions of a container: which were added, removed or moved, and what is pinned."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from django.db.models import Count
from openedx_content.models_api import ContainerVersion, EntityListRow, PublishableEntity, PublishableEntityVersion

from ..drafts.changes import latest_title, title_of
from ..drafts.pins import find_unready
from ..keys import with_keys
from .data import ChildChange, ChildDifference, TextState
from .matching import BoundedMatcher, TooMuchWorkError

__all__ = ["MAX_CHILDREN", "MAX_CHILDREN_SHOWN", "compare_children"]

# In either version.
MAX_CHILDREN = 2_000
MAX_CHILDREN_SHOWN = 500

# A child, and the number of the version that it is pinned to.
type Child = tuple[PublishableEntity.ID, int | None]
# The old position, the new position, both from 0, and the kind of change.
type Place = tuple[int | None, int | None, ChildChange]
type Children = tuple[tuple[ChildDifference, ...], TextState, int]


def compare_children(old: PublishableEntityVersion | None, new: PublishableEntityVersion | None) -> Children:
    """
    Return the change of each child, whether anything has changed, and how many there are; None stands for no version.

    At most :data:`MAX_CHILDREN_SHOWN`, and none if there are more than :data:`MAX_CHILDREN`. Three queries.
    """
    versions = {version.id for version in (old, new) if version}
    counts = dict(
        ContainerVersion.objects.filter(pk__in=versions)
        .annotate(child_count=Count("entity_list__entitylistrow"))
        .values_list("pk", "child_count")
    )
    too_large: Children = (), TextState.TOO_LARGE, max(counts.values(), default=0)
    if too_large[2] > MAX_CHILDREN:
        return too_large
    children: dict[int, list[Child]] = defaultdict(list)
    container_version = "entity_list__container_versions"
    rows = EntityListRow.objects.filter(**{f"{container_version}__in": versions}).order_by("order_num")
    for version_id, *child in rows.values_list(container_version, "entity_id", "entity_version__version_num"):
        children[version_id].append((child[0], child[1]))
    before, after = (children[version.id] if version else [] for version in (old, new))
    try:
        places = list(_places(before, after))
    except TooMuchWorkError:
        return too_large
    changed = [place for place in places if place[2] != ChildChange.SAME]
    shown = (places if len(places) <= MAX_CHILDREN_SHOWN else changed)[:MAX_CHILDREN_SHOWN]
    state = TextState.CHANGED if changed else TextState.SAME
    return tuple(_load(shown, before, after)), state, len(places)


def _places(before: list[Child], after: list[Child]) -> Iterator[Place]:
    """Yield the change of each child: in the new order, the removed ones where they were."""
    matcher = BoundedMatcher([child for child, _pin in before], [child for child, _pin in after], autojunk=False)
    opcodes = matcher.get_opcodes()
    # A child may be listed twice. So a child that is not where it was is matched with its old places, the first one
    # first.
    left: dict[PublishableEntity.ID, deque[int]] = defaultdict(deque)
    for tag, old_from, old_to, _new_from, _new_to in opcodes:
        if tag != "equal":
            for old in range(old_from, old_to):
                left[before[old][0]].append(old)
    moved = {}
    for tag, _old_from, _old_to, new_from, new_to in opcodes:
        if tag != "equal":
            for new in range(new_from, new_to):
                if left[after[new][0]]:
                    moved[new] = left[after[new][0]].popleft()
    removed = {old for olds in left.values() for old in olds}

    for tag, old_from, old_to, new_from, new_to in opcodes:
        if tag == "equal":
            for old, new in zip(range(old_from, old_to), range(new_from, new_to), strict=True):
                yield old, new, _pinned(before[old][1], after[new][1])
        else:
            for old in range(old_from, old_to):
                if old in removed:
                    yield old, None, ChildChange.REMOVED
            for new in range(new_from, new_to):
                yield moved.get(new), new, ChildChange.MOVED if new in moved else ChildChange.ADDED


def _pinned(old_pin: int | None, new_pin: int | None) -> ChildChange:
    if old_pin == new_pin:
        return ChildChange.SAME
    if old_pin is None:
        return ChildChange.PINNED
    return ChildChange.UNPINNED if new_pin is None else ChildChange.REPINNED


def _load(places: list[Place], before: list[Child], after: list[Child]) -> Iterator[ChildDifference]:
    """Yield the details of these places. One query, and one more if versions are pinned."""
    rows = [
        (before[old] if old is not None else None, after[new] if new is not None else None) for old, new, _ in places
    ]
    ids = {row[0] for pair in rows for row in pair if row}
    entities = (
        with_keys(PublishableEntity.objects.filter(pk__in=ids))
        .annotate(latest_title=latest_title())
        .select_related("draft__version", "published__version")
        .in_bulk()
    )
    unready = find_unready([(now[0], now[1]) for _was, now in rows if now and now[1] is not None])
    for (old, new, change), (was, now) in zip(places, rows, strict=True):
        entity = entities[(now or was or (None,))[0]]
        draft = getattr(entity, "draft", None)
        yield ChildDifference(
            entity=entity,
            title=title_of(entity),
            change=change,
            old_position=None if old is None else old + 1,
            new_position=None if new is None else new + 1,
            old_pin=was[1] if was else None,
            new_pin=now[1] if now else None,
            pin_needs_review=now in unready,
            is_deleted=draft is not None and draft.version is None,
        )
