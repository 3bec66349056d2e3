"""
Convert Studio's keys to openedx-core's objects, and back.

* ``lib:Org:Slug`` is a library: the learning package with this ``package_ref``
* ``lb:Org:Slug:html:welcome`` is a component: type ``html``, code ``welcome``, in that package
* ``lct:Org:Slug:unit:basics`` is a container: code ``basics`` in that package, of type ``unit``
* ``lb:Org:Slug:html:welcome@3`` is version 3 of that component: our format, because Studio has no keys for versions

This module never takes an ``entity_ref`` apart: openedx-core does not promise its format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from opaque_keys import InvalidKeyError
from opaque_keys.edx.locator import LibraryContainerLocator, LibraryLocatorV2, LibraryUsageLocatorV2
from openedx_content import api as content_api
from openedx_content.models_api import Component, Container, LearningPackage, PublishableEntity

__all__ = [
    "KEY_COLUMNS",
    "KEY_FIELDS",
    "component_key",
    "container_key",
    "find_entities",
    "find_libraries",
    "find_library",
    "key_from_columns",
    "library_key_of",
    "library_key_of_ref",
    "parse_key",
    "parse_keys",
    "parse_library_key",
    "parse_versions",
    "studio_key_of",
    "with_keys",
]

# The namespace of every component that is an XBlock. Libraries contain no other components.
_XBLOCK_NAMESPACE = "xblock.v1"
# The maximum of a PositiveIntegerField in every database that Django supports.
_MAX_VERSION_NUM = 2_147_483_647

type LibraryKey = LibraryLocatorV2
type EntityKey = LibraryUsageLocatorV2 | LibraryContainerLocator


def find_library(key: str) -> LearningPackage:
    """
    Return the learning package of the library ``lib:…``. One query.

    Raises ``InvalidKeyError`` if this is not a library key, and ``LearningPackage.DoesNotExist``.
    """
    return content_api.get_learning_package_by_ref(str(parse_library_key(key)))


def find_libraries(library_keys: Iterable[LibraryKey]) -> dict[LibraryKey, LearningPackage]:
    """Return the learning packages of these libraries; unknown keys are missing. One query."""
    by_ref = {str(key): key for key in library_keys}
    packages = LearningPackage.objects.filter(package_ref__in=list(by_ref))
    # MySQL also matches a reference that ends with a space.
    return {by_ref[package.package_ref]: package for package in packages if package.package_ref in by_ref}


def parse_library_key(key: str) -> LibraryKey:
    """Return the key ``lib:…`` of a library. Raises ``InvalidKeyError``. No query."""
    return LibraryLocatorV2.from_string(_in_one_line(LibraryLocatorV2, key))


def library_key_of(learning_package: LearningPackage) -> LibraryKey | None:
    """Return the key ``lib:…``, or None if the package is not a library. No query."""
    return library_key_of_ref(learning_package.package_ref)


# A library has many items, and the key of each begins with it: parsing it costs more than the rest of the key. And a
# person may have hundreds of libraries.
@lru_cache(maxsize=2_048)
def library_key_of_ref(package_ref: str) -> LibraryKey | None:
    """Return the key ``lib:…`` of the package with this reference, or None if that is not a library. No query."""
    try:
        return LibraryLocatorV2.from_string(package_ref)
    except InvalidKeyError:
        return None


def parse_key(key: str) -> EntityKey:
    """Return the key ``lb:…`` or ``lct:…`` of an entity. Raises ``InvalidKeyError``. No query."""
    if key.startswith(f"{LibraryContainerLocator.CANONICAL_NAMESPACE}:"):
        return LibraryContainerLocator.from_string(_in_one_line(LibraryContainerLocator, key))
    return LibraryUsageLocatorV2.from_string(_in_one_line(LibraryUsageLocatorV2, key))


def _in_one_line(kind: type[Any], key: str) -> str:
    """
    Return the key. Raises ``InvalidKeyError`` for a line feed.

    opaque-keys allows a line feed at the end of some parts of a key, and openedx-authz crashes on it.
    """
    if "\n" in key:
        raise InvalidKeyError(kind, key)
    return key


def parse_keys(keys: Iterable[str]) -> dict[str, EntityKey]:
    """Return these keys, parsed; invalid keys are missing. No query."""
    parsed = {}
    for key in keys:
        with suppress(InvalidKeyError):
            parsed[key] = parse_key(key)
    return parsed


def parse_versions(names: Iterable[str]) -> dict[str, tuple[EntityKey, int]]:
    """Return these versions ``key@number``, parsed; invalid names are missing. No query."""
    parsed = {}
    for name in names:
        key, _at, number = name.rpartition("@")
        if re.fullmatch(r"[0-9]{1,10}", number) and int(number) <= _MAX_VERSION_NUM:
            with suppress(InvalidKeyError):
                parsed[name] = (parse_key(key), int(number))
    return parsed


def find_entities(
    keys: Collection[EntityKey], packages: Iterable[LearningPackage]
) -> dict[EntityKey, PublishableEntity]:
    """
    Return the entities with these keys in these packages, deleted ones too; unknown keys are missing. Two queries.

    Each comes with its learning package, and what its key is made of. No query without keys or without packages.
    """
    wanted = set(keys)
    by_id = {package.id: package for package in packages}
    if not wanted or not by_id:
        return {}
    usage_ids = {key.usage_id for key in wanted if isinstance(key, LibraryUsageLocatorV2)}
    container_ids = {key.container_id for key in wanted if isinstance(key, LibraryContainerLocator)}
    # Each query finds more than is wanted (any type, any of these libraries); the whole key decides.
    found = {}
    for entities in (
        PublishableEntity.objects.filter(
            component__learning_package__in=list(by_id),
            component__component_type__namespace=_XBLOCK_NAMESPACE,
            component__component_code__in=usage_ids,
        ),
        PublishableEntity.objects.filter(
            container__learning_package__in=list(by_id), container__container_code__in=container_ids
        ),
    ):
        for entity in with_keys(entities):
            entity.learning_package = by_id[entity.learning_package_id]
            key = _key_of(entity)
            if key in wanted:
                found[key] = entity
    return found


def _key_of(entity: PublishableEntity) -> EntityKey | None:
    library_key = library_key_of(entity.learning_package)
    item: Component | Container | None = getattr(entity, "component", None) or getattr(entity, "container", None)
    if library_key is None or item is None:
        return None
    if isinstance(item, Container):
        return container_key(library_key, item.container_type.type_code, item.container_code)
    return component_key(library_key, item.component_type.namespace, item.component_type.name, item.component_code)


def component_key(library_key: LibraryKey, namespace: str, name: str, code: str) -> LibraryUsageLocatorV2 | None:
    """Return the key ``lb:…`` of a component of this type; None if Studio has no key for it. No query."""
    if namespace != _XBLOCK_NAMESPACE:
        return None
    with suppress(ValueError):  # opaque-keys raises this if a field cannot be part of a key
        return LibraryUsageLocatorV2(library_key, name, code)  # type: ignore[abstract]
    return None


# The items of a page are in a few containers, which are named with each of them.
@lru_cache(maxsize=1_024)
def container_key(library_key: LibraryKey, type_code: str, code: str) -> LibraryContainerLocator | None:
    """Return the key ``lct:…`` of a container of this type; None if Studio has no key for it. No query."""
    with suppress(ValueError):
        return LibraryContainerLocator(library_key, type_code, code)
    return None


def studio_key_of(entity: PublishableEntity) -> str | None:
    """
    Return the key that Studio uses for the entity, as people see it; None if Studio has no key for it.

    No query if the entity came from :func:`with_keys`.
    """
    key = _key_of(entity)
    return str(key) if key else None


# The columns that a key is made of besides that of its library, for ``values_list``.
KEY_COLUMNS = (
    "component__component_type__namespace",
    "component__component_type__name",
    "component__component_code",
    "container__container_type__type_code",
    "container__container_code",
)


def key_from_columns(
    library_key: LibraryKey | None,
    namespace: str | None,
    component_type: str | None,
    component_code: str | None,
    container_type: str | None,
    container_code: str | None,
) -> str | None:
    """Return the same where only ``KEY_COLUMNS`` were read. No query."""
    key: EntityKey | None = None
    if library_key and component_type is not None:
        key = component_key(library_key, namespace or "", component_type, component_code or "")
    elif library_key and container_type is not None:
        key = container_key(library_key, container_type, container_code or "")
    return str(key) if key else None


# The relations that keys are made of, for ``select_related``.
KEY_FIELDS = ("learning_package", "component__component_type", "container__container_type")


def with_keys(entities: QuerySet[PublishableEntity]) -> QuerySet[PublishableEntity]:
    """Load the relations that keys are made of together with the entities."""
    return entities.select_related(*KEY_FIELDS)
