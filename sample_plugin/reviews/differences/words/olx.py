"""Parse OLX, and the HTML in it. Both are untrusted, and nothing in them makes the parser load or expand anything."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree
from lxml import html as lxml_html

__all__ = ["MAX_DEPTH", "MAX_ELEMENTS", "TooLargeError", "UnreadableOlxError", "parse_html", "parse_olx"]

# Comments and attributes included. A long text in Studio has some hundred.
MAX_ELEMENTS = 3_000
MAX_DEPTH = 60

# libxml2 keeps its own limits, since huge_tree is off.
_OPTIONS = {"no_network": True, "huge_tree": False}
_XML = {**_OPTIONS, "encoding": "utf-8", "resolve_entities": False, "load_dtd": False, "collect_ids": False}

_VOID = re.compile(r"<((?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b[^<>]*?)\s*/?>", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_ENTITIES = {"amp;", "lt;", "gt;", "quot;", "apos;"}

# lxml has no types.
type Element = Any


class UnreadableOlxError(Exception):
    """Raised when something is not OLX."""


class TooLargeError(Exception):
    """Raised when a comparison would take too long."""


def parse_olx(data: bytes) -> Element:
    """
    Return the root element. CDATA is text, and attributes are in the order of their names.

    Raises :class:`UnreadableOlxError`, or :class:`TooLargeError` beyond :data:`MAX_ELEMENTS` or :data:`MAX_DEPTH`.
    """
    # Whatever the XML declaration says. An entity can only be declared by these characters.
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise UnreadableOlxError from exc
    if "<!ENTITY" in text:
        raise UnreadableOlxError
    root = _parse(data)
    if root.getroottree().docinfo.doctype:
        # Could give elements attributes that are not written there.
        raise UnreadableOlxError
    return _checked(root)


def parse_html(text: str) -> tuple[Element, bool]:
    """
    Return an element that holds this HTML, and whether all of the HTML is in there.

    HTML that is also XML, apart from named characters and elements that need no end tag, loses nothing. For any other,
    libxml2's HTML parser decides, and it may drop what it does not understand.

    Raises :class:`TooLargeError`.
    """
    named = _NAMED.sub(_character, text)
    for attempt in (named, _VOID.sub(r"<\1/>", named)):
        try:
            return _checked(_parse(f"<div>{attempt}</div>".encode("utf-8", "replace"))), True
        except UnreadableOlxError:
            continue
    parser = lxml_html.HTMLParser(encoding="utf-8", **_OPTIONS)
    page = f"<html><body>{text}</body></html>".encode("utf-8", "replace")
    try:
        body = lxml_html.document_fromstring(page, parser=parser).find("body")
    except (etree.LxmlError, ValueError):
        body = None
    return _checked(etree.Element("body") if body is None else body), False


def _character(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in _XML_ENTITIES else html5.get(name, match[0])


def _parse(data: bytes) -> Element:
    try:
        root = etree.fromstring(data, etree.XMLParser(**_XML))
    except (etree.LxmlError, ValueError) as exc:
        raise UnreadableOlxError from exc
    if root is None:
        raise UnreadableOlxError
    return root


def _checked(root: Element) -> Element:
    """Return the element, if it is not too large. Not recursive, and stops at the limit."""
    depth = number = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        depth += {"start": 1, "end": -1}.get(event, 0)
        if event != "end":
            number += 1 + len(element.attrib)
        if number > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise TooLargeError
        if event == "start" and len(element.attrib) > 1:
            attributes = sorted(element.attrib.items())
            element.attrib.clear()
            element.attrib.update(attributes)
    return root
