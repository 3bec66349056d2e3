"""Describe an item in Studio's form. There are no tags here, and no collections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openedx_content import api as content_api
from openedx_content.models_api import Component, Container

from .library import key_of, library_key_of


def describe(item: Component | Container) -> dict[str, Any]:
    """Describe the draft of an item that is not deleted."""
    draft, published = item.versioning.draft, item.versioning.published
    last_publish = item.versioning.last_publish_log
    author = _name(draft.publishable_entity_version.created_by)
    described = {
        "id": str(key_of(item.publishable_entity, library_key_of(item.learning_package))),
        "display_name": draft.title,
        "published_display_name": published.title if published else None,
        "tags_count": 0,
        "last_published": _time(last_publish and last_publish.published_at),
        "published_by": _name(last_publish and last_publish.published_by),
        "last_draft_created": _time(draft.created),
        "created": _time(item.created),
        "modified": _time(draft.created),
        "collections": [],
        "can_stand_alone": item.publishable_entity.can_stand_alone,
    }
    if isinstance(item, Component):
        return {
            **described,
            "block_type": item.component_type.name,
            "last_draft_created_by": author,
            "has_unpublished_changes": item.versioning.has_unpublished_changes,
        }
    return {
        **described,
        "container_type": item.container_type.type_code,
        # Studio does so: of a container whose author is unknown it says "", of a component null.
        "last_draft_created_by": author or "",
        "has_unpublished_changes": content_api.contains_unpublished_changes(item.id),
    }


def _time(when: datetime | None) -> str | None:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def _name(user: Any) -> str | None:
    return user.get_username() if user else None
