"""
Convert the source of a component to fields and back: a title, and the content of a text.

On the platform the component's own class does this; here there are no such classes.
"""

import re
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr


def get_fields(olx: str) -> dict[str, Any]:
    """Return the fields in Studio's form: ``display_name``, ``metadata`` and ``data``."""
    node = ElementTree.fromstring(olx)  # noqa: S314  (it comes from the database)
    fields: dict[str, Any] = {"display_name": node.get("display_name", ""), "metadata": dict(node.attrib)}
    fields["data"] = (node.text or "") if _is_text(node) else _inside(olx)
    return fields


def with_fields(olx: str, *, data: str | None, title: str | None) -> str:
    """Return the source with another title, or another text. None leaves what is there."""
    node = ElementTree.fromstring(olx)  # noqa: S314  (it comes from the database)
    attributes = dict(node.attrib)
    if title is not None:
        attributes["display_name"] = title
    if data is None:
        inside = _inside(olx)
    elif _is_text(node):
        inside = f"<![CDATA[{data.replace(']]>', ']]]]><![CDATA[>')}]]>"
    else:
        inside = data
    head = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{node.tag}{head}>{inside}</{node.tag}>"


def _is_text(node: ElementTree.Element) -> bool:
    """Return whether this is a text, which contains HTML as one string; other components contain XML."""
    return node.tag == "html"


def _inside(olx: str) -> str:
    """Return what is between the outermost tags, to the letter."""
    found = re.search(r"<\w[^>]*[^/]>(.*)</\w[^>]*>\s*$", olx, re.DOTALL)
    return found[1] if found else ""
