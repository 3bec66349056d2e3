"""
Makes of the REST API's OpenAPI schema what ``reference/rest_api.rst`` shows: the endpoints, and the objects.

Sphinx's extension for OpenAPI would spell out an object wherever one is returned, with all that is in it, and every
error of every endpoint. Here each object is described once, and the endpoints link to it; and what any endpoint may
answer is left to the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


def write_pages(schema: Path, folder: Path) -> None:
    """Write ``endpoints.yaml``, for the ``openapi`` directive, and ``objects.rst``, to be included."""
    contents = yaml.safe_load(schema.read_text(encoding="utf-8"))
    objects = contents["components"]["schemas"]
    (folder / "objects.rst").write_text("\n".join(_describe_objects(objects)), encoding="utf-8")
    _shorten([operation for path in contents["paths"].values() for operation in path.values()])
    (folder / "endpoints.yaml").write_text(yaml.safe_dump(contents, allow_unicode=True), encoding="utf-8")


def _describe_objects(objects: dict[str, Any]) -> Iterator[str]:
    for name, described in objects.items():
        if described.get("type") != "object":
            continue
        yield from (name, "=" * len(name), "", described.get("description", ""), "")
        for field, value in described.get("properties", {}).items():
            optional = "" if field in described.get("required", ()) else " (optional)"
            yield f"* **{field}**{optional}: {_type(value, objects)}. {_sentence(value)}".rstrip()
        yield ""


def _type(value: dict[str, Any], objects: dict[str, Any]) -> str:
    """Return what a value is, in words, with a link if it is an object."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        words = f"{name}_" if objects[name].get("type") == "object" else _type(objects[name], objects)
    elif "enum" in value:
        words = ", ".join("null" if choice is None else f"``{choice}``" for choice in value["enum"])
    elif "allOf" in value or "oneOf" in value:
        return ", ".join(_type(choice, objects) for choice in value.get("allOf") or value["oneOf"]) + (
            " or null" if "allOf" in value and value.get("nullable") else ""
        )
    elif value["type"] == "array":
        words = f"list of {_type(value['items'], objects)}"
    else:
        words = value.get("format", value["type"]).replace("-", " and ")
    return f"{words} or null" if value.get("nullable") else words


def _sentence(value: dict[str, Any]) -> str:
    """Return the description, without the list of choices that drf-spectacular adds to it."""
    described: str = value.get("description", "").partition("\n\n* `")[0]
    return described


def _shorten(operations: list[dict[str, Any]]) -> None:
    """Put links in the place of objects, and leave out the errors that every endpoint has."""
    of_all = set.intersection(*(set(operation["responses"]) for operation in operations))
    for operation in operations:
        operation["responses"] = {
            status: {"description": _link(response)}
            for status, response in operation["responses"].items()
            if status not in of_all - {"200"}
        }
        if "requestBody" in operation:
            operation["description"] += f"\n\nTakes {_link(operation.pop('requestBody'))}."
        for parameter in operation.get("parameters", ()):
            choices = _type(parameter["schema"], {}) + "." if "enum" in parameter["schema"] else ""
            parameter["description"] = f"{_sentence(parameter)} {choices}".strip()


def _link(response: dict[str, Any]) -> str:
    """Return the link to the object in it, or say what it has in place of one."""
    if "content" not in response:
        return "Without a body."
    if "application/json" not in response["content"]:
        return "As bytes."
    name: str = response["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return f"{name}_"
