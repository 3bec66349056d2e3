"""Tokens: what texts are compared by. Words are strings; everything that is not a word is a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

__all__ = ["Mark", "Token", "marks_of", "source_of", "split_source", "split_words"]

# Whitespace as in XML: a no-break space is a character like any other.
_SPACES = re.compile(r"[ \t\r\n]+")
# A word or signs, with the space before; a last space stands alone.
_WORDS = re.compile(r" ?(?:\w+|[^\w ]+)|[ ]")
_EXACT_WORDS = re.compile(r"[ \t\r\n]*(?:\w+|[^\w \t\r\n]+)|[ \t\r\n]+")
# A formula stays in one piece. Each end belongs to the nearest beginning of its kind.
_FORMULA_END = {r"\(": r"\)", r"\[": r"\]", "[mathjaxinline]": "[/mathjaxinline]", "[mathjax]": "[/mathjax]"}
_FORMULA = re.compile(r"(\\[()\[\]]|\[/?mathjax(?:inline)?\])")


@dataclass(frozen=True, slots=True)
class Mark:
    """
    What is not a word: a tag, an image, a line break, the address of a link.

    Two marks are equal if nothing about them has changed.
    """

    role: Literal["start", "end", "empty"]
    tag: str
    rest: str = ""
    """Everything else that it stands for."""
    text: str = ""
    """What a reader sees of it."""
    is_quiet: bool = False
    """Whether a reader sees the text only where it has changed."""
    is_plain: bool = False
    """Whether nothing of it is hidden from a reader who sees the text, and the kind of the block."""
    source: str = field(default="", compare=False)


type Token = str | Mark


def split_words(text: str) -> list[Token]:
    """Return the words of a text in which any whitespace is one space."""
    return list(_split(_SPACES.sub(" ", text), _WORDS))


def split_source(text: str) -> list[Token]:
    """Return the words of a text in which whitespace counts."""
    return list(_EXACT_WORDS.findall(text))


def source_of(tokens: tuple[Token, ...]) -> str:
    """Return the OLX that the tokens of a block stand for."""
    pieces = [escape(token, quote=False) if isinstance(token, str) else token.source for token in tokens]
    first = next((n for n, token in enumerate(tokens) if isinstance(token, str)), None)
    if first is not None:
        pieces[first] = pieces[first].removeprefix(" ")
    return "".join(pieces)


def marks_of(tokens: Sequence[Token]) -> list[Mark]:
    """Return the marks among the tokens."""
    return [token for token in tokens if isinstance(token, Mark)]


def _split(text: str, words: re.Pattern[str]) -> Iterator[str]:
    pieces = _FORMULA.split(text) if "\\" in text or "[" in text else [text]
    # Each end by its last place, to know without a search whether a formula ends.
    last = {piece: index for index, piece in enumerate(pieces)}
    index = 0
    while index < len(pieces):
        end = _FORMULA_END.get(pieces[index])
        if end and last.get(end, -1) > index:
            first = index
            while pieces[index] != end:
                index += 1
            yield "".join(pieces[first : index + 1])
        else:
            yield from words.findall(pieces[index])
        index += 1
