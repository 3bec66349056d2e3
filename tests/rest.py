"""The REST API, for tests: its addresses, and what somebody says who has looked at something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openedx_content.models_api import Component

from .content import draft_record

type Api = Callable[..., Any]

V1 = "/api/sample-plugin/reviews/v1/"
LIBRARY = f"{V1}libraries/lib:Test:Gated/"
ENTITIES = f"{LIBRARY}entities/"
MANY = f"{LIBRARY}reviews/"
QUEUE = f"{LIBRARY}queue/"
PUBLISH = f"{LIBRARY}publish-reviewed/"


def key(item: Any) -> str:
    """Return the key of an item of ``library``."""
    if isinstance(item, Component):
        return f"lb:Test:Gated:html:{item.component_code}"
    return f"lct:Test:Gated:{item.container_type.type_code}:{item.container_code}"


def entity(item: Any, what: str = "") -> str:
    """Return the address of an item of ``library``."""
    return f"{V1}entities/{key(item)}/{what}"


def seen(item: Any) -> dict[str, int]:
    """Return what somebody says who has looked at the item."""
    return {"draft_change_log_record_id": draft_record(item).pk}


def keys(listed: Any) -> list[str]:
    """Return the keys in a list."""
    return [shown["key"] for shown in listed["results"]]
