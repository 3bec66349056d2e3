"""Read OLX into parts: a text, a problem, or any other component by its fields."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .data import PartKind
from .flow import FlowReader, source_part
from .olx import Element, parse_html, parse_olx
from .parts import Part, of_lines, of_value
from .problems import read_problem, setting

__all__ = ["read_parts"]


def read_parts(data: bytes, *, names_block_type: bool = True) -> list[Part]:
    """
    Return the parts of a component: its block type, its title, its content, its settings.

    Two components have equal parts only if their OLX means the same: it has the same elements in the same order, with
    the same attributes and texts, whatever the indentation.

    Raises :class:`UnreadableOlxError`, or :class:`TooLargeError` beyond the limits.
    """
    root = parse_olx(data)
    read = {"html": _read_html, "problem": read_problem}.get(root.tag, _read_other)
    return [
        *_read_around(root, preceding=True),
        *([setting("block type", root.tag)] if names_block_type else []),
        *_read_title(root),
        *read(root),
        *_read_settings(root),
        *_read_around(root, preceding=False),
    ]


def _read_around(root: Element, *, preceding: bool) -> Iterator[Part]:
    for sibling in root.itersiblings(preceding=preceding):
        yield source_part(sibling, "before" if preceding else "after")


def _read_title(root: Element) -> Iterator[Part]:
    title = root.get("display_name")
    if title is not None:
        yield Part(PartKind.TITLE, of_value(title))


def _read_settings(root: Element) -> Iterator[Part]:
    """Yield the attributes; last, because it is long, the Markdown that Studio's editor makes the OLX from."""
    for name, value in sorted(root.items(), key=lambda item: (item[0] == "markdown", item)):
        if name != "display_name":
            yield setting(name, value, is_context=True)


def _read_html(root: Element) -> list[Part]:
    """Return the text as Open edX reads it: the text of the element and the source of its children are one HTML."""
    children = (etree.tostring(child, encoding="unicode") for child in root)
    body = "".join([root.text or "", *children])
    parts: list[Part] = []
    element, is_all = parse_html(body)
    FlowReader(parts, PartKind.TEXT).read(element)
    if not is_all:
        # The parser may have dropped something.
        parts.append(Part(PartKind.SOURCE, of_lines(body), name="html", is_context=False))
    return parts


def _read_other(root: Element) -> list[Part]:
    parts = [Part(PartKind.SOURCE, of_lines(root.text), name="text")] if (root.text or "").strip() else []
    for child in root:
        parts.append(source_part(child, ""))
        if (child.tail or "").strip():
            parts.append(Part(PartKind.SOURCE, of_lines(child.tail), name="text"))
    return parts
