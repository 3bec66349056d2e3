"""A component as a list of parts, and each part as a list of blocks. Nothing of the OLX is lost in them."""

from __future__ import annotations

from dataclasses import dataclass

from .data import BlockKind, PartKind
from .tokens import Token, split_source

__all__ = ["Block", "Part", "of_lines", "of_value"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or what stands like one."""

    kind: BlockKind | None
    """None if it is only the beginning or the end of an element around other blocks."""
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a component, in one version."""

    kind: PartKind
    blocks: tuple[Block, ...] = ()
    name: str = ""
    is_correct: bool | None = None
    place: str = ""
    """The elements around it."""
    is_continued: bool = False
    """Whether it goes on with the part of this kind before it, after something else in between."""
    is_context: bool = True
    """Whether to show it if it is the same."""
    is_shown: bool = True
    """Whether to show it at all: not the usual element around other parts."""


def of_value(value: str) -> tuple[Block, ...]:
    """Return the blocks of a value that is replaced as a whole, or line by line if it has several."""
    if "\n" in value:
        return of_lines(value)
    return (Block(BlockKind.PARAGRAPH, (value,) if value else ()),)


def of_lines(text: str) -> tuple[Block, ...]:
    """Return a block for each line."""
    return tuple(Block(BlockKind.PREFORMATTED, tuple(split_source(line))) for line in text.split("\n"))
