"""What a reader sees of a change: the text, and the parts of a problem, instead of lines of OLX."""

from __future__ import annotations

from .comparing import compare_parts, compare_sources
from .data import WordChange, WordsDifference, WordsState
from .olx import TooLargeError, UnreadableOlxError
from .parts import Part
from .reading import read_parts

__all__ = ["MAX_BLOCKS", "MAX_WORDS", "compare_words"]

# Of one version, signs and tags included. More is too much to read, and keeps a server busy.
MAX_WORDS = 25_000
# Of one version: paragraphs, and lines of source. Parts count as well.
MAX_BLOCKS = 1_000


def compare_words(old: bytes | None, new: bytes | None, /) -> WordsDifference:
    """
    Return what has changed between two versions of OLX; None stands for no OLX.

    Nothing is hidden: if the OLX does not mean the same, some part has changed. What cannot be said in words is shown
    as source. Whitespace counts only where a reader would see it, or in a source.

    Meant for OLX of up to ``texts.MAX_TEXT_SIZE``. Beyond the limits of this package, or if one of the two is not OLX,
    there are no parts, and the state says so. No query.
    """
    # Of what is new or deleted, everybody knows the type.
    names_block_type = old is not None and new is not None
    try:
        before, after = (
            read_parts(data, names_block_type=names_block_type) if data is not None else [] for data in (old, new)
        )
    except UnreadableOlxError:
        return WordsDifference(state=WordsState.UNREADABLE)
    except TooLargeError:
        return WordsDifference(state=WordsState.TOO_LARGE)
    if any(map(_is_too_large, (before, after))):
        return WordsDifference(state=WordsState.TOO_LARGE)
    parts = compare_parts(before, after)
    if before == after:
        return WordsDifference(state=WordsState.SAME, parts=parts)
    if all(part.change == WordChange.SAME for part in parts):
        # Should not happen. If it does, it must not look as if nothing had changed.
        sources = [(data or b"").decode() for data in (old, new)]
        if any(source.count("\n") > MAX_BLOCKS for source in sources):
            return WordsDifference(state=WordsState.TOO_LARGE)
        parts = (*parts, compare_sources(*sources))
    return WordsDifference(state=WordsState.CHANGED, parts=parts)


def _is_too_large(parts: list[Part]) -> bool:
    blocks = [block for part in parts for block in part.blocks]
    return len(blocks) + len(parts) > MAX_BLOCKS or sum(len(block.tokens) for block in blocks) > MAX_WORDS
