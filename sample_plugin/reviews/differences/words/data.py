"""What a reader sees of a change, as values that the Python API returns. All of it is text; none of it is markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "BlockDifference",
    "BlockKind",
    "PartDifference",
    "PartKind",
    "Run",
    "WordChange",
    "WordsDifference",
    "WordsState",
]


class WordsState(StrEnum):
    """The result of comparing two versions of the OLX by what they say."""

    SAME = "same"
    CHANGED = "changed"
    #: Too large to compare, or lost by the storage.
    TOO_LARGE = "too_large"
    #: Not well-formed XML in UTF-8, or with a document type.
    UNREADABLE = "unreadable"


class WordChange(StrEnum):
    """How a part, a block or a run has changed. A run is never ``changed``."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class PartKind(StrEnum):
    """A part of a component, as its author knows it."""

    TITLE = "title"
    TEXT = "text"
    QUESTION = "question"
    ANSWER = "answer"
    CORRECT_ANSWER = "correct_answer"
    TOLERANCE = "tolerance"
    HINT = "hint"
    FEEDBACK = "feedback"
    EXPLANATION = "explanation"
    SETTING = "setting"
    #: What has no better name, as its source.
    SOURCE = "source"


class BlockKind(StrEnum):
    """What a block looks like."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    PREFORMATTED = "preformatted"
    TABLE_ROW = "table_row"
    #: The text of its run is the alternative text, the address and the size.
    IMAGE = "image"
    #: Blocks that are the same were left out here. It has no runs.
    GAP = "gap"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A piece of text. Untrusted, and never markup."""

    change: WordChange
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockDifference:
    """A paragraph, or what stands like one."""

    kind: BlockKind
    change: WordChange
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PartDifference:
    """A part of a component, and how it has changed."""

    part: PartKind
    name: str
    """Of a setting: its attribute; of a source: what it is."""
    change: WordChange
    was_correct: bool | None
    """Of an answer, in the old version; None if it is not an answer, or was not there."""
    is_correct: bool | None
    blocks: tuple[BlockDifference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsDifference:
    """What has changed in a component for its readers."""

    state: WordsState
    parts: tuple[PartDifference, ...] = ()
    """In the new order, the removed ones where they were. Empty if the OLX is the same to the byte."""
