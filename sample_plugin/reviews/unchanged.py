"""
Comparing versions: when a save has changed nothing, and when it has kept what was discarded before.

Studio makes a new version at every save, also of an item that an author has only opened and saved. The database
compares the two, so that one rule serves a list of any size.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.fields import Field
from django.db.models.lookups import Exact, IsNull
from openedx_content.models_api import (
    ComponentVersion,
    ComponentVersionMedia,
    ContainerVersion,
    DraftChangeLogRecord,
    EntityListRow,
    PublishableEntityVersion,
    Section,
    Subsection,
    Unit,
)

__all__ = ["changed_nothing", "with_kept"]

# Containers that say nothing but their title and their children. Those of another plugin may say more, in tables that
# this plugin does not know.
_CONTAINER_TYPES = {Unit.type_code, Subsection.type_code, Section.type_code}


def changed_nothing() -> Q:
    """
    Return the condition under which a ``DraftChangeLogRecord`` has put a version in place that says what was there.

    That is: the same title, and for a component the same files, for a container the same children in the same order and
    pinned to the same versions. Children are not looked into. Of anything that is neither component nor unit,
    subsection or section, every save counts as a change. Never NULL, so that it can be negated.
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
    # Files: each a path and a Media, of which core keeps one for each hash and media type.
    for one, other in (("old_version", "new_version"), ("new_version", "old_version")):
        same_files &= ~_has_more(ComponentVersionMedia, "component_version", one, other)
        # Children: each a place in the order, an entity and, if pinned, a version of it.
        same_children &= ~_has_more(EntityListRow, "entity_list__container_versions", one, other)
    same_title = _same_values(
        "", PublishableEntityVersion, besides={"id", "uuid", "entity", "version_num", "created", "created_by"}
    )
    return is_save & same_title & (same_files | same_children)


def with_kept(records: QuerySet[DraftChangeLogRecord]) -> QuerySet[DraftChangeLogRecord]:
    """
    Add ``kept``: whether the record's new version has kept something of a version that was discarded before.

    openedx-core makes a new version of the newest one there is. After a discard that is not what the draft shows: what
    the new version does not replace (the title, a file, a child) is as it was in the discarded one.
    """
    earlier = PublishableEntityVersion.objects.filter(
        entity=OuterRef("entity"), version_num__lt=OuterRef("new_version__version_num")
    ).order_by("-version_num")
    old, before, new = (OuterRef(name) for name in ("old_version", "newest_before", "new_version"))
    kept = Q(new_version__title=F("title_before")) & ~Q(old_version__title=F("new_version__title"))
    for model, version, fields in (
        (ComponentVersionMedia, "component_version", ["path", "media"]),
        (EntityListRow, "entity_list__container_versions", ["entity", "entity_version", "order_num"]),
    ):
        added = _rows(model, version, new).filter(
            _is_in(model, version, before, fields), ~_is_in(model, version, old, fields)
        )
        # What has another file or child in its place was replaced, and not removed.
        removed = _rows(model, version, old).filter(
            ~_is_in(model, version, before, fields[:1]), ~_is_in(model, version, new, fields[:1])
        )
        kept |= Q(Exists(added)) | Q(Exists(removed))
    was_discarded = Q(newest_before__isnull=False, old_version__isnull=False) & ~Q(newest_before=F("old_version"))
    # A case, so that versions are compared only where something was discarded.
    return records.alias(
        newest_before=Subquery(earlier.values("pk")[:1]), title_before=Subquery(earlier.values("title")[:1])
    ).annotate(
        kept=Case(
            When(was_discarded, then=ExpressionWrapper(kept, output_field=BooleanField())),
            default=False,
            output_field=BooleanField(),
        )
    )


def _rows(model: type[Model], version: str, of: OuterRef) -> QuerySet[Model]:
    return model._default_manager.filter(**{version: of})


def _is_in(model: type[Model], version: str, of: OuterRef, fields: list[str]) -> Exists:
    """Return the condition under which a row has a twin, by these fields, in the version of the query around it."""
    twins = _rows(model, version, OuterRef(of))
    for name in fields:
        field = model._meta.get_field(name)
        assert isinstance(field, Field)  # noqa: S101, for the type
        twins = twins.filter(_equal(field, F(field.attname), OuterRef(field.attname)))
    return Exists(twins)


def _both(kind: str) -> Q:
    """Return the condition under which both versions are complete: core makes the version before what it is one of."""
    return Q(**{f"old_version__{kind}__isnull": False, f"new_version__{kind}__isnull": False})


# Not the fields that we know of today but all except those that tell one version from another: a field that core adds
# one day counts as well, rather than passing unseen. (Versions never change: core makes a version together with its
# files or children.)
def _fields(model: type[Model], besides: set[str]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if field.name not in besides]


def _same_values(path: str, model: type[Model], *, besides: set[str]) -> Q:
    same = Q()
    for field in _fields(model, besides):
        old, new = (F(f"{side}__{path}{field.attname}") for side in ("old_version", "new_version"))
        same &= _equal(field, old, new)
    return same


def _has_more(model: type[Model], version: str, one: str, other: str) -> Q:
    """Return the condition under which the one version has a row (a file, a child) that the other one has not."""
    relation = version.partition("__")[0]
    twins = model._default_manager.filter(**{version: OuterRef(OuterRef(other))})
    for field in _fields(model, {"id", relation}):
        twins = twins.filter(_equal(field, F(field.attname), OuterRef(field.attname)))
    return Q(Exists(model._default_manager.filter(~Exists(twins), **{version: OuterRef(one)})))


def _equal(field: Field[Any, Any], one: F, other: F) -> Q:
    if isinstance(field, CharField):
        # Byte by byte: for the database “Salt” and “salt” may be the same.
        one, other = (Func(value, function="HEX", output_field=CharField()) for value in (one, other))  # type: ignore[assignment]
    equal = Q(Exact(one, other))
    return equal | Q(IsNull(one, True)) & Q(IsNull(other, True)) if field.null else equal
