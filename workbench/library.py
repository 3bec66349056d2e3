"""
From Studio's keys to openedx-core's objects, and back.

People, URLs and other services name content by opaque keys; openedx-core names it by a learning package and by codes
inside of it. Only this module knows how the two meet:

* ``lib:Org:Slug`` is a library: the learning package whose ``package_ref`` it is
* ``lb:Org:Slug:html:welcome`` is a component: type ``html``, code ``welcome``, in that package
* ``lct:Org:Slug:unit:basics`` is a container: code ``basics`` in that package, of type ``unit``

An ``entity_ref`` is never taken apart: openedx-core does not promise what it looks like.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from opaque_keys import InvalidKeyError
from opaque_keys.edx.locator import LibraryContainerLocator, LibraryLocatorV2, LibraryUsageLocatorV2
from openedx_content import api as content_api
from openedx_content.models_api import Component, Container, LearningPackage, PublishableEntity

# The namespace of every component that is an XBlock, and libraries hold no others.
XBLOCK_NAMESPACE = "xblock.v1"


def find_library(key: str) -> LearningPackage:
    """Return the learning package of the library ``lib:…``. Raises Http404, with a sentence, when there is none."""
    with _not_found(key, "library"):
        return _learning_package(LibraryLocatorV2.from_string(key))


def find_component(key: str) -> Component:
    """
    Return the component ``lb:…``, with its draft and published versions loaded; a deleted one is found too.

    Raises Http404, with a sentence, when there is none.
    """
    with _not_found(key, "component"):
        usage_key = LibraryUsageLocatorV2.from_string(key)
        return content_api.get_component_by_code(
            _learning_package(usage_key.lib_key).id,
            namespace=XBLOCK_NAMESPACE,
            type_name=usage_key.block_type,
            component_code=usage_key.usage_id,
        )


def find_container(key: str, *, include_deleted: bool = False) -> Container:
    """
    Return the unit, subsection or section ``lct:…``.

    Raises Http404, with a sentence, when there is none, or it is deleted.
    """
    with _not_found(key, "container"):
        container_key = LibraryContainerLocator.from_string(key)
        container = content_api.get_container_by_code(
            _learning_package(container_key.lib_key).id,
            container_code=container_key.container_id,
        )
        # The code alone identifies a container. A key with the right code and the wrong type is still a wrong key.
        if container.container_type.type_code != container_key.container_type:
            raise Container.DoesNotExist
        if not include_deleted and container.versioning.draft is None:
            raise Container.DoesNotExist
        return container


def find_item(key: str) -> Component | Container:
    """Return the component or container, unless it is deleted. Raises Http404, with a sentence, when there is none."""
    if key.startswith(f"{LibraryContainerLocator.CANONICAL_NAMESPACE}:"):
        return find_container(key)
    component = find_component(key)
    if component.versioning.draft is None:
        raise Http404(f"There is no component with the key “{key}”.")
    return component


def is_item_key(key: str) -> bool:
    """Tell whether this reads like the key of a component or a container."""
    for locator in (LibraryUsageLocatorV2, LibraryContainerLocator):
        with suppress(InvalidKeyError):
            locator.from_string(key)
            return True
    return False


def children_of(container: Container) -> list[Component | Container]:
    """Return what is in the draft of the container, in order, without what is deleted."""
    children: list[Component | Container] = []
    for entry in content_api.get_entities_in_container(container, published=False):
        entity = entry.entity
        children.append(entity.component if hasattr(entity, "component") else entity.container)
    return children


def is_library(learning_package: LearningPackage) -> bool:
    """Tell a library from the other learning packages, such as a restore that is still under way."""
    try:
        library_key_of(learning_package)
    except InvalidKeyError:
        return False
    return True


def library_key_of(learning_package: LearningPackage) -> LibraryLocatorV2:
    """Return the key ``lib:…``. Raises InvalidKeyError for a package that is no library."""
    return LibraryLocatorV2.from_string(learning_package.package_ref)


def key_of(entity: PublishableEntity, library_key: LibraryLocatorV2) -> LibraryUsageLocatorV2 | LibraryContainerLocator:
    """
    Return the key by which Studio calls an entity of this library.

    Runs no query if the entity came with ``component__component_type`` and ``container__container_type`` selected.
    """
    if hasattr(entity, "component"):
        component = entity.component
        block_type = component.component_type.name
        return LibraryUsageLocatorV2(library_key, block_type, component.component_code)  # type: ignore[abstract]
    container = entity.container
    return LibraryContainerLocator(library_key, container.container_type.type_code, container.container_code)


def _learning_package(library_key: LibraryLocatorV2) -> LearningPackage:
    """Return the learning package of a library, or raise LearningPackage.DoesNotExist."""
    return content_api.get_learning_package_by_ref(str(library_key))


@contextmanager
def _not_found(key: str, kind: str) -> Iterator[None]:
    """Turn each way in which a key can lead nowhere into a 404 that tells which key it was."""
    try:
        yield
    except InvalidKeyError as exc:
        raise Http404(f"“{key}” is not the key of a {kind}.") from exc
    except ObjectDoesNotExist as exc:
        raise Http404(f"There is no {kind} with the key “{key}”.") from exc
