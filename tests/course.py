"""A course that takes items from ``library``."""

from __future__ import annotations

from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_content.models_api import Component

from workbench.models import ComponentLink, ContainerLink

from .content import now
from .rest import key

__all__ = ["COURSE", "take"]

COURSE = "course-v1:Test+Bread+2026"


def take(item: Any, version_num: int, course: str = COURSE) -> str:
    """Put a version of an item into the course, and return the block's key."""
    number = ComponentLink.objects.count() + ContainerLink.objects.count()
    block = f"{course.replace('course', 'block')}+type@html+block@b{number:04}"
    shared: dict[str, Any] = {
        "upstream_context_key": "lib:Test:Gated",
        "downstream_usage_key": UsageKey.from_string(block),
        "downstream_context_key": CourseKey.from_string(course),
        "version_synced": version_num,
        **dict.fromkeys(["created", "updated"], now()),
    }
    if isinstance(item, Component):
        upstream = UsageKey.from_string(key(item))
        ComponentLink.objects.create(upstream_block=item, upstream_usage_key=upstream, **shared)
    else:
        ContainerLink.objects.create(upstream_container=item, upstream_container_key=key(item), **shared)
    return block
