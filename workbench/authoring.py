"""
Changes of a library's content, as Studio makes them: the calls to openedx-core behind endpoints, clipboard and imports.

Core's functions are looked up on ``content_api`` at the moment of the call, and get the arguments that Studio passes.
In particular, core gets the user only where Studio passes it. Does not check permissions.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4
from xml.etree import ElementTree

from django.db import transaction
from django.utils.text import slugify
from openedx_content import api as content_api
from openedx_content.models_api import (
    Component,
    ComponentVersion,
    Container,
    ContainerVersion,
    LearningPackage,
    MediaType,
    PublishLog,
)

from .library import XBLOCK_NAMESPACE

# The types of components that can be added here, and what a new one is called.
BLOCK_TYPES = {"html": "Text", "problem": "Blank Problem", "video": "Video"}
CONTAINER_TYPES = ["section", "subsection", "unit"]


def publish_component(component: Component, *, user_id: int | None) -> PublishLog:
    """Publish the draft of the component. Publishes nothing if it is deleted: core lists no draft for it."""
    drafts = content_api.get_all_drafts(component.learning_package_id)
    return content_api.publish_from_drafts(
        component.learning_package_id,
        draft_qset=drafts.filter(entity__entity_ref=component.entity_ref),
        published_by=user_id,
    )


def publish_container(container: Container, *, user_id: int | None) -> PublishLog:
    """Publish the draft of the container; core adds whatever has changed inside of it."""
    drafts = content_api.get_all_drafts(container.learning_package_id)
    return content_api.publish_from_drafts(
        container.learning_package_id,
        draft_qset=drafts.filter(entity__pk=container.id),
        published_by=user_id,
    )


def discard_changes(learning_package: LearningPackage, *, user_id: int | None) -> None:
    """Reset all drafts to their published versions. The change log names no user, because the bulk edit does not."""
    with content_api.bulk_draft_changes_for(learning_package.id):
        content_api.reset_drafts_to_published(learning_package.id, reset_by=user_id)


def create_block(
    learning_package: LearningPackage, block_type: str, code: str, *, user_id: int | None, can_stand_alone: bool = True
) -> Component:
    """Return a new, empty component, as a draft. Core raises IntegrityError when the code is taken."""
    now = datetime.now(tz=UTC)
    with transaction.atomic():
        component_type = content_api.get_or_create_component_type(XBLOCK_NAMESPACE, block_type)
        media = content_api.get_or_create_text_media(
            learning_package.id, _media_type(block_type).id, text=f"<{block_type} />", created=now
        )
        component, _version = content_api.create_component_and_version(
            learning_package.id,
            component_type=component_type,
            component_code=code,
            title=default_title(block_type),
            created=now,
            created_by=user_id,
            can_stand_alone=can_stand_alone,
            media={"block.xml": media},
        )
    return component


def set_olx(component: Component, olx: str, *, created_by: int | None = None) -> ComponentVersion:
    """
    Save a new version of the component. Its title is the ``display_name`` in the source, as in Studio.

    Raises ElementTree.ParseError for what is not XML.
    """
    block_type = component.component_type.name
    node = ElementTree.fromstring(olx)  # noqa: S314  (expat itself stops entity bombs)
    # Libraries have the name in the key.
    if node.attrib.pop("url_name", None):
        olx = ElementTree.tostring(node, encoding="unicode")
    now = datetime.now(tz=UTC)
    with transaction.atomic():
        media = content_api.get_or_create_text_media(
            component.learning_package_id, _media_type(block_type).id, text=olx, created=now
        )
        return content_api.create_next_component_version(
            component.id,
            title=node.get("display_name", default_title(block_type)),
            media_to_replace={"block.xml": media.id},
            created=now,
            created_by=created_by,
        )


def get_olx(component: Component) -> str:
    """Return the source of the component's draft: an empty element if it has none, an empty string if it is deleted."""
    version = component.versioning.draft
    if version is None:
        return ""
    media = version.media.filter(componentversionmedia__path="block.xml").first()
    return (media.text if media else None) or f"<{component.component_type.name} />"


def default_title(block_type: str) -> str:
    """Return the title of a component without a name."""
    return BLOCK_TYPES.get(block_type, block_type)


def unique_code(title: str) -> str:
    """Return a code for a new item, which reads like its title."""
    return f"{slugify(title, allow_unicode=True)}-{uuid4().hex[-6:]}"


def create_container(
    learning_package: LearningPackage,
    type_code: str,
    *,
    title: str,
    user_id: int | None,
    code: str | None = None,
    created: datetime | None = None,
) -> Container:
    """Return a new, empty section, subsection or unit, as a draft. Core raises an error when the code is taken."""
    container: Container
    container, _version = content_api.create_container_and_version(
        learning_package.id,
        container_code=code or unique_code(title),
        title=title,
        container_cls=content_api.get_container_subclass(type_code),
        entities=[],
        created=created or datetime.now(tz=UTC),
        created_by=user_id,
    )
    return container


def update_children(
    container: Container,
    children: Iterable[Component | Container],
    *,
    user_id: int | None,
    action: content_api.ChildrenEntitiesAction = content_api.ChildrenEntitiesAction.REPLACE,
) -> ContainerVersion:
    """Add children to the container, remove them, or put them in the place of those that it has."""
    return content_api.create_next_container_version(
        container,
        created=datetime.now(tz=UTC),
        created_by=user_id,
        entities=list(children),
        entities_action=action,
    )


def restore_container(container: Container) -> None:
    """Make the newest version the draft, even one that was discarded. Core does not get the user."""
    content_api.set_draft_version(container.id, container.versioning.latest.pk)


def _media_type(block_type: str) -> MediaType:
    return content_api.get_or_create_media_type(f"application/vnd.openedx.xblock.v1.{block_type}+xml")
