"""Read running text: HTML as blocks, and everything that is not text as parts in between."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from .data import BlockKind, PartKind
from .olx import Element
from .parts import Block, Part, of_lines
from .tokens import Mark, Token, split_source, split_words

__all__ = ["FlowReader", "attribute_text", "source_part", "tag_of"]

_INLINE = frozenset(
    {
        "a", "abbr", "b", "big", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s",
        "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
    }
)  # fmt: skip
# Words in them say something else than without.
_NOT_PLAIN = frozenset({"br", "del", "img", "ins", "q", "s", "strike"})
_SIGNS = {"sub": "_", "sup": "^"}
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "caption", "center", "description", "div", "dl", "figcaption", "figure",
        "footer", "header", "label", "main", "ol", "p", "section", "table", "tbody", "td", "tfoot", "th", "thead",
        "ul",
    }
)  # fmt: skip
_KINDS = {
    **dict.fromkeys(_BLOCKS, BlockKind.PARAGRAPH),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("dd", "dt", "li"), BlockKind.LIST_ITEM),
    "pre": BlockKind.PREFORMATTED,
    "tr": BlockKind.TABLE_ROW,
}
# The attributes that a reader is shown in words.
_SHOWN_ATTRIBUTES = {"a": {"href"}, "img": {"alt", "height", "src", "width"}}
# Studio puts it around every explanation.
_STUDIOS_FRAME = ("div", ' class="detailed-solution"')


def tag_of(element: Element) -> str:
    """Return the name of the element; of a comment, or something else that is not an element, what it is."""
    if isinstance(element.tag, str):
        return element.tag
    return {etree.Comment: "comment", etree.Entity: "entity"}.get(element.tag, "instruction")


def attribute_text(element: Element, without: frozenset[str] | set[str] = frozenset()) -> str:
    """Return the attributes as they are in a start tag."""
    escaped = ((name, value.replace("&", "&amp;").replace("<", "&lt;")) for name, value in element.items())
    return "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in escaped if name not in without)


def source_part(element: Element, place: str) -> Part:
    """Return a part that shows the source of the element, of a comment as well."""
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    return Part(PartKind.SOURCE, of_lines(source), name=tag_of(element), place=place)


class FlowReader:
    """
    Reads elements in the order in which they are written, and appends what it finds to ``parts``.

    Neighbouring blocks become one part of the given kind. Elements that are not text go to ``special``, which appends
    parts of its own and returns True; those that it does not know are shown as source.
    """

    def __init__(
        self,
        parts: list[Part],
        kind: PartKind,
        *,
        place: str = "",
        is_correct: bool | None = None,
        special: Callable[[Element, str], bool] | None = None,
    ) -> None:
        self._parts = parts
        self._kind = kind
        self._place = place
        self._is_correct = is_correct
        self._special = special or (lambda element, place: False)
        self._blocks: list[Block] = []
        self._line: list[Token] = []
        self._is_continued = False
        self._must_begin = False

    def read(self, element: Element, *, even_if_empty: bool = False) -> None:
        """Read what is in the element, but not the element itself. With a part even if it is empty, if that counts."""
        self._must_begin = even_if_empty
        self._read_content(element)
        self._end_part()

    def _read_content(self, element: Element) -> None:
        self._add_text(element.text)
        for child in element:
            if _is_inline(child):
                self._line += _inline_tokens(child, split_words)
            elif child.tag in _KINDS or child.tag in _INLINE:
                self._end_line()
                self._read_block(child)
            else:
                self._end_part()
                if not self._special(child, self._place):
                    self._parts.append(source_part(child, self._place))
            self._add_text(child.tail)
        self._end_line()

    def _read_block(self, element: Element) -> None:
        tokens = _leaf_tokens(element)
        start, end = _start(element), _end(element)
        if tokens:
            kind = BlockKind.IMAGE if _is_image(tokens) else _KINDS[element.tag]
            self._blocks.append(Block(kind, (start, *tokens, end)))
        else:
            self._blocks.append(Block(None, (start,)))
            self._read_content(element)
            self._blocks.append(Block(None, (end,)))

    def _add_text(self, text: str | None) -> None:
        if text:
            self._line += split_words(text)

    def _end_line(self) -> None:
        tokens = _trim(self._line)
        if tokens:
            kind = BlockKind.IMAGE if _is_image(tokens) else BlockKind.PARAGRAPH
            self._blocks.append(Block(kind, tuple(tokens)))
        self._line = []

    def _end_part(self) -> None:
        self._end_line()
        if self._blocks or self._must_begin:
            self._parts.append(
                Part(
                    self._kind,
                    tuple(self._blocks),
                    is_correct=self._is_correct,
                    place=self._place,
                    is_continued=self._is_continued,
                )
            )
            # Questions and texts go on all the time, and nothing depends on where they begin.
            self._is_continued = self._kind not in (PartKind.QUESTION, PartKind.TEXT)
        self._must_begin = False
        self._blocks = []


def _is_inline(element: Element) -> bool:
    """Return whether the element is text with nothing else in it. Stops at the first element that is not."""
    return all(isinstance(each.tag, str) and each.tag in _INLINE for each in element.iter())


def _trim(tokens: list[Token]) -> list[Token]:
    """Return the tokens of a block: whitespace at its ends does not count, and its first word has a space as others."""
    first, last = 0, len(tokens)
    while last and tokens[last - 1] == " ":
        last -= 1
    while first < last and tokens[first] == " ":
        first += 1
    trimmed = tokens[first:last]
    for n, token in enumerate(trimmed):
        if isinstance(token, str):
            # A space within an element at the beginning is kept apart.
            trimmed[n] = token if n == 0 and token.startswith(" ") else f" {token}"
            break
    return trimmed


def _is_image(tokens: list[Token]) -> bool:
    return [token.tag if isinstance(token, Mark) else "" for token in tokens] == ["img"]


def _leaf_tokens(element: Element) -> list[Token]:
    """Return the tokens of an element that is one block; none if it has other blocks in it, or is empty."""
    if element.tag not in _KINDS:
        return []
    if element.tag == "tr" and len(element) and all(child.tag in _CELLS for child in element):
        return _row_tokens(element)
    if not all(map(_is_inline, element)):
        return []
    if element.tag == "pre":
        return _content_tokens(element, split_source)
    return _trim(_content_tokens(element, split_words))


def _row_tokens(row: Element) -> list[Token]:
    tokens = _trim(split_words(row.text or ""))
    for cell in row:
        if not all(map(_is_inline, cell)):
            return []
        tokens += [_start(cell), *_trim(_content_tokens(cell, split_words)), _end(cell)]
        tokens += _trim(split_words(cell.tail or ""))
    return tokens


def _content_tokens(element: Element, split: Callable[[str], list[Token]]) -> list[Token]:
    tokens = split(element.text or "")
    for child in element:
        tokens += _inline_tokens(child, split)
        tokens += split(child.tail or "")
    return tokens


def _inline_tokens(element: Element, split: Callable[[str], list[Token]]) -> list[Token]:
    """Return the tokens of an element within a block."""
    if element.tag in ("img", "br") and not len(element) and not element.text:
        return [_empty(element)]
    return [_start(element), *_content_tokens(element, split), _end(element)]


def _start(element: Element) -> Mark:
    tag = element.tag
    rest = attribute_text(element, _SHOWN_ATTRIBUTES["a"] if tag == "a" else set())
    return Mark(
        "start",
        tag,
        rest,
        text=" |" if tag in _CELLS and element.getprevious() is not None else _SIGNS.get(tag, ""),
        is_plain=(not rest and tag not in _NOT_PLAIN) or (tag, rest) == _STUDIOS_FRAME,
        source=f"<{tag}{attribute_text(element)}>",
    )


def _end(element: Element) -> Mark:
    address = element.get("href") if element.tag == "a" else None
    text = "" if address is None else f" ({address})"
    return Mark("end", element.tag, text=text, is_quiet=True, is_plain=True, source=f"</{element.tag}>")


def _empty(element: Element) -> Mark:
    source = f"<{element.tag}{attribute_text(element)}/>"
    if element.tag == "br":
        rest = attribute_text(element)
        return Mark("empty", "br", rest, text="\n", is_plain=not rest, source=source)
    rest = attribute_text(element, _SHOWN_ATTRIBUTES["img"])
    size = [f"{name} {element.get(name)}" for name in ("width", "height") if element.get(name) is not None]
    details = ", ".join([element.get("src", ""), *size])
    # Without an alternative text, or with an empty one: these look the same.
    rest += "" if element.get("alt") is not None else " no alt"
    rest += "" if element.get("src") is not None else " no src"
    text = f" {element.get('alt') or ''} ({details})".replace("  (", " (")
    return Mark("empty", "img", rest, text=text, is_plain=rest in ("", " no alt"), source=source)
