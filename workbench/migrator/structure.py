"""What an import makes of the source of a course: components, and containers around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from xml.dom.minidom import Element

from django.utils.text import slugify
from openedx_content import api as content_api
from openedx_content.models_api import Component, Container, LearningPackage

from workbench.authoring import CONTAINER_TYPES, create_container, restore_container, set_olx
from workbench.library import XBLOCK_NAMESPACE

# From the outside in, by what they are called in a course and in a library.
LEVELS = {"chapter": "section", "sequential": "subsection", "vertical": "unit"}

type Item = Component | Container


@dataclass(frozen=True)
class Import:
    """How to import: into which library, in whose name, and what to do with what is there already."""

    target: LearningPackage
    user_id: int
    created: datetime
    composition_level: str
    repeat_handling_strategy: str
    preserve_url_slugs: bool
    # Older releases name nobody in the versions of components.
    names_author: bool = True
    # Older releases publish each item as soon as it is there.
    after_each: Callable[[Item], None] = lambda item: None
    made: set[str] = field(default_factory=set)

    def run(self, node: Element) -> Item | None:
        """
        Import what is in the node, then the node itself, and return the item that was made of it.

        Of the course, and of what is above the level that was asked for, only what is in it is imported.
        """
        is_course = node.tagName == "course"
        if not is_course and node.tagName not in LEVELS:
            return self._component(node)
        children = [self.run(child) for child in node.childNodes if isinstance(child, Element)]
        if is_course or not self._is_wanted(LEVELS[node.tagName]):
            return None
        return self._container(node, [child for child in children if child])

    def _component(self, node: Element) -> Component:
        block_type = node.tagName
        component_type = content_api.get_or_create_component_type(XBLOCK_NAMESPACE, block_type)
        components = content_api.get_components(self.target.id).filter(component_type=component_type)
        code = self._code(node, lambda code: components.filter(component_code=code).exists())
        component = components.filter(component_code=code).first()
        if component is None:
            component = content_api.create_component(
                self.target.id,
                component_type=component_type,
                component_code=code,
                created=self.created,
                created_by=self.user_id,
            )
        elif component.versioning.draft and self.repeat_handling_strategy == "skip":
            return component
        set_olx(component, node.toxml(), created_by=self.user_id if self.names_author else None)
        self.after_each(component)
        return component

    def _container(self, node: Element, children: list[Item]) -> Container:
        title = node.getAttribute("display_name")
        containers = content_api.get_containers(self.target.id, include_deleted=True)
        code = self._code(node, lambda code: containers.filter(container_code=code).exists())
        container = containers.filter(container_code=code).first()
        if container is None:
            container = create_container(
                self.target,
                LEVELS[node.tagName],
                title=title,
                user_id=self.user_id,
                code=code,
                created=self.created,
            )
        elif container.versioning.draft is None:
            restore_container(container)
        elif self.repeat_handling_strategy == "skip":
            return container
        content_api.create_next_container_version(
            container.id, title=title, entities=list(children), created=self.created, created_by=self.user_id
        )
        self.after_each(container)
        return container

    def _code(self, node: Element, is_taken: Callable[[str], bool]) -> str:
        """Return the last part of the key: that of what was imported before, unless a copy was asked for."""
        title, url_name = node.getAttribute("display_name"), node.getAttribute("url_name")
        base = url_name if self.preserve_url_slugs else slugify(title) or url_name
        code, number = base, 0
        while f"{node.tagName}:{code}" in self.made or (self.repeat_handling_strategy == "fork" and is_taken(code)):
            number += 1
            code = f"{base}_{number}"
        self.made.add(f"{node.tagName}:{code}")
        return code

    def _is_wanted(self, level: str) -> bool:
        levels = [*CONTAINER_TYPES, "component"]
        return levels.index(level) >= levels.index(self.composition_level)
