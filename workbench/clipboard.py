"""
Copying and pasting.

As in Studio, the draft is copied, published or not. The clipboard keeps it in full, so that later edits of the original
do not change the copy. Studio keeps it as one piece of OLX with files; here it is JSON without files.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

from django.db import transaction
from openedx_content import api as content_api
from openedx_content.models_api import Component, Container, LearningPackage

from .authoring import CONTAINER_TYPES, create_container, get_olx, set_olx, unique_code, update_children
from .library import XBLOCK_NAMESPACE, children_of, find_item, key_of, library_key_of
from .models import Clipboard


class Copied(TypedDict):
    """A copied component, with its source, or a copied container, with what was in it."""

    key: str
    library: str
    type: str
    title: str
    olx: str
    children: list[Copied]


def copy(item: Component | Container, *, user_id: int) -> Clipboard:
    """Put the draft of the item into the user's clipboard, in the place of what is there."""
    clipboard, _created = Clipboard.objects.update_or_create(user_id=user_id, defaults={"content": _copied(item)})
    return clipboard


def paste(learning_package: LearningPackage, copied: Copied, *, user_id: int) -> Component | Container:
    """
    Add what was copied to the library, and return it.

    A container takes along what was in it: if that is in this library, as it is there, otherwise as a copy.
    """
    if copied["type"] not in CONTAINER_TYPES:
        return _paste_component(learning_package, copied, user_id)
    with transaction.atomic():
        return _paste_container(learning_package, copied, user_id, {})


def _paste_component(learning_package: LearningPackage, copied: Copied, user_id: int) -> Component:
    """Paste a component. Core gets the user of the component, but not of its version."""
    with transaction.atomic(savepoint=False):
        component = content_api.create_component(
            learning_package.id,
            component_type=content_api.get_or_create_component_type(XBLOCK_NAMESPACE, copied["type"]),
            component_code=unique_code(copied["title"]),
            created=datetime.now(tz=UTC),
            created_by=user_id,
        )
        set_olx(component, copied["olx"])
    return content_api.get_component(component.id)


def _paste_container(
    learning_package: LearningPackage, copied: Copied, user_id: int, pasted: dict[str, Component | Container]
) -> Container:
    """Paste a container; ``pasted`` has what has been copied already, for what is in it twice."""
    container = create_container(learning_package, copied["type"], title=copied["title"], user_id=user_id)
    children: list[Component | Container] = []
    for child in copied["children"]:
        if child["library"] == learning_package.package_ref:
            children.append(find_item(child["key"]))
            continue
        if child["key"] not in pasted:
            pasted[child["key"]] = (
                _paste_container(learning_package, child, user_id, pasted)
                if child["type"] in CONTAINER_TYPES
                else _paste_component(learning_package, child, user_id)
            )
        children.append(pasted[child["key"]])
    update_children(container, children, user_id=user_id)
    return content_api.get_container(container.id)


def _copied(item: Component | Container) -> Copied:
    library_key = library_key_of(item.learning_package)
    return {
        "key": str(key_of(item.publishable_entity, library_key)),
        "library": str(library_key),
        "type": item.component_type.name if isinstance(item, Component) else item.container_type.type_code,
        "title": item.versioning.draft.title,
        "olx": get_olx(item) if isinstance(item, Component) else "",
        "children": [] if isinstance(item, Component) else [_copied(child) for child in children_of(item)],
    }
