"""
Compare versions: when a save has changed nothing, and when it has kept a part of a discarded version.

Studio makes a new version at every save, even if an author has only opened and saved the item. The database compares
the two versions, so that one rule serves a list of any size. Saves after a discard are few, and compared here.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import batched
from typing import Any

from django.db.models import CharField, Exists, F, Func, Model, OuterRef, Q
from django.db.models.fields import Field
from django.db.models.lookups import Exact, IsNull
from openedx_content.models_api import (
    ComponentVersion,
    ComponentVersionMedia,
    ContainerVersion,
    EntityListRow,
    PublishableEntityVersion,
    Section,
    Subsection,
    Unit,
)

__all__ = ["changed_nothing", "find_kept"]

# Containers that contain only their title and their children. Those of another plugin may contain more, in tables that
# this plugin does not know.
_CONTAINER_TYPES = {Unit.type_code, Subsection.type_code, Section.type_code}


def changed_nothing() -> Q:
    """
    Return the condition under which a ``DraftChangeLogRecord`` replaced a version by one with the same content.

    That is: the same title, and for a component the same files, for a container the same children in the same order and
    pinned to the same versions. Children are not compared. For any entity other than a component, unit, subsection or
    section, every save counts as a change. Never NULL, so that it can be negated.
    """
    is_save = Q(old_version__isnull=False, new_version__isnull=False) & ~Q(new_version=F("old_version"))
    same_files = _both("componentversion") & _same_values(
        "componentversion__", ComponentVersion, besides={"publishable_entity_version", "component"}
    )
    same_children = (
        Q(entity__container__container_type__type_code__in=_CONTAINER_TYPES)
        & _both("containerversion")
        & _same_values(
            "containerversion__", ContainerVersion, besides={"publishable_entity_version", "container", "entity_list"}
        )
    )
    # Files: each is a path and a Media. Core keeps one Media for each hash and media type.
    for one, other in (("old_version", "new_version"), ("new_version", "old_version")):
        same_files &= ~_has_more(ComponentVersionMedia, "component_version", one, other)
        # Children: each is a place in the order, an entity and, if pinned, a version of it.
        same_children &= ~_has_more(EntityListRow, "entity_list__container_versions", one, other)
    same_title = _same_values(
        "", PublishableEntityVersion, besides={"id", "uuid", "entity", "version_num", "created", "created_by"}
    )
    return is_save & same_title & (same_files | same_children)


def find_kept(saves: Collection[tuple[int, int, int]]) -> set[int]:
    """
    Return the new versions that have kept a part of a version that was discarded before.

    openedx-core makes a new version from the newest one. After a discard, the draft shows another one. Then every part
    that the new version does not replace (the title, a file, a child) is as it was in the discarded version. Each save
    is given as three ids: the version that the draft showed, the discarded one, and the new one.

    Three queries for every 200 saves; none without saves.
    """
    kept = set()
    for batch in batched(saves, 200):
        contents = _load_contents({version_id for save in batch for version_id in save})
        for old_id, discarded_id, new_id in batch:
            old, discarded, new = (contents[version_id] for version_id in (old_id, discarded_id, new_id))
            # A part is replaced, not removed, if another file or child has its place.
            removed = _names(old) - _names(discarded) - _names(new)
            if (new & discarded) - old or removed:
                kept.add(new_id)
    return kept


# The content of a version: its title, its files and its children, each with a kind and a name.
type _Contents = set[tuple[object, ...]]


def _load_contents(version_ids: Collection[int]) -> dict[int, _Contents]:
    contents: dict[int, _Contents] = {version_id: set() for version_id in version_ids}
    titles = PublishableEntityVersion.objects.filter(pk__in=version_ids).values_list("pk", "title")
    files = ComponentVersionMedia.objects.filter(component_version__in=version_ids)
    lists = "entity_list__container_versions"
    children = EntityListRow.objects.filter(**{f"{lists}__in": version_ids})
    for kind, rows in (
        ("title", ((version_id, "", title) for version_id, title in titles)),
        ("file", files.values_list("component_version", "path", "media")),
        ("child", children.values_list(lists, "entity", "entity_version", "order_num")),
    ):
        for version_id, *part in rows:
            if version_id in contents:
                contents[version_id].add((kind, *part))
    return contents


def _names(contents: _Contents) -> _Contents:
    return {part[:2] for part in contents}


def _both(kind: str) -> Q:
    """
    Return the condition under which both versions are complete.

    Core makes the version before the component version or container version that belongs to it.
    """
    return Q(**{f"old_version__{kind}__isnull": False, f"new_version__{kind}__isnull": False})


# Not the fields that are known today, but all except those that distinguish one version from another: a field that core
# adds one day then counts as well, and is not overlooked. (Versions never change: core makes a version together with
# its files or children.)
def _fields(model: type[Model], besides: set[str]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if field.name not in besides]


def _same_values(path: str, model: type[Model], *, besides: set[str]) -> Q:
    same = Q()
    for field in _fields(model, besides):
        old, new = (F(f"{side}__{path}{field.attname}") for side in ("old_version", "new_version"))
        same &= _equal(field, old, new)
    return same


def _has_more(model: type[Model], version: str, one: str, other: str) -> Q:
    """Return the condition under which the one version has a row (a file, a child) that the other one lacks."""
    relation = version.partition("__")[0]
    twins = model._default_manager.filter(**{version: OuterRef(OuterRef(other))})
    for field in _fields(model, {"id", relation}):
        twins = twins.filter(_equal(field, F(field.attname), OuterRef(field.attname)))
    return Q(Exists(model._default_manager.filter(~Exists(twins), **{version: OuterRef(one)})))


def _equal(field: Field[Any, Any], one: F, other: F) -> Q:
    if isinstance(field, CharField):
        # Byte by byte: to the database “Salt” and “salt” may be the same.
        one, other = (Func(value, function="HEX", output_field=CharField()) for value in (one, other))  # type: ignore[assignment]
    equal = Q(Exact(one, other))
    return equal | Q(IsNull(one, True)) & Q(IsNull(other, True)) if field.null else equal
