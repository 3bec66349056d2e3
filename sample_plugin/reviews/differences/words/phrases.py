"""Compare two blocks word by word, and say it phrase by phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .aligning import Work, opcodes_of
from .data import Run, WordChange
from .tokens import Mark, Token, marks_of

__all__ = ["compare_tokens", "hides_nothing", "runs_of"]

# Up to so many letters and digits between two changes are read as part of one phrase.
_MAX_STOP_GAP = 4

# A text that was removed, what was added in its place, and whether it is in fact the same.
type Piece = tuple[str, str, bool]


def runs_of(tokens: Sequence[Token], change: WordChange) -> tuple[Run, ...]:
    """Return the text of a block that is the same, or that was added or removed as a whole."""
    text = _text(tokens, is_same=change == WordChange.SAME).strip(" ")
    return (Run(change=change, text=text),) if text else ()


def compare_tokens(old: Sequence[Token], new: Sequence[Token], work: Work) -> tuple[tuple[Run, ...], bool]:
    """Return what has changed in a block, and whether a reader of it knows all that has changed."""
    pieces: list[Piece] = []
    is_all = True
    for tag, old_from, old_to, new_from, new_to in opcodes_of(old, new, work):
        was, now = old[old_from:old_to], new[new_from:new_to]
        if tag == "equal":
            pieces.append((_text(was, is_same=True), "", True))
        else:
            is_all = is_all and hides_nothing(was, now)
            pieces.append((_text(was), _text(now), False))
    return tuple(_strip(list(_runs(_phrases(pieces))))), is_all


def hides_nothing(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """
    Return whether a reader of the text knows what has changed, when the new tokens replace the old ones.

    They do if the tags are as before, and there is nothing else. They do as well if elements have come and gone as a
    whole, with what is in them, and the new ones are of the plain kind.
    """
    olds, news = marks_of(old), marks_of(new)
    if all(mark.is_plain for mark in news) and not _unbalanced(olds) and not _unbalanced(news):
        # A tag around words that were there before is a change of its own.
        return bool(not olds and not news) or _text(old) != _text(new)
    same_tags = [(mark.role, mark.tag, mark.rest) for mark in olds] == [
        (mark.role, mark.tag, mark.rest) for mark in news
    ]
    return same_tags and len(olds) == len(old) and len(news) == len(new)


def _unbalanced(marks: list[Mark]) -> bool:
    depths: Counter[str] = Counter()
    for mark in marks:
        depths[mark.tag] += {"start": 1, "end": -1, "empty": 0}[mark.role]
    return any(depths.values())


def _text(tokens: Sequence[Token], *, is_same: bool = False) -> str:
    return "".join(
        token if isinstance(token, str) else "" if is_same and token.is_quiet else token.text for token in tokens
    )


def _phrases(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with changes joined that have next to nothing between them."""
    waiting: list[Piece] = []  # a change, or a change and what is the same after it
    for piece in pieces:
        if not waiting:
            if piece[2]:
                yield piece
            else:
                waiting = [piece]
        elif piece[2]:
            waiting.append(piece)
        elif len(waiting) == 1:
            waiting = [(waiting[0][0] + piece[0], waiting[0][1] + piece[1], False)]
        else:
            (old, new, _), (between, _, _) = waiting
            if _is_stop_gap(between) and (old or piece[0]) and (new or piece[1]):
                waiting = [(old + between + piece[0], new + between + piece[1], False)]
            else:
                yield from waiting
                waiting = [piece]
    yield from waiting


def _is_stop_gap(text: str) -> bool:
    return len(text) <= 20 and sum(map(str.isalnum, text)) <= _MAX_STOP_GAP and "\n" not in text


def _runs(pieces: Iterator[Piece]) -> Iterator[Run]:
    for old, new, is_same in pieces:
        if is_same:
            yield Run(change=WordChange.SAME, text=old)
            continue
        if old.startswith(" ") and new.startswith(" "):
            # A space before either is the same.
            yield Run(change=WordChange.SAME, text=" ")
            old, new = old[1:], new[1:]
        yield Run(change=WordChange.REMOVED, text=old)
        yield Run(change=WordChange.ADDED, text=new)


def _strip(runs: list[Run]) -> Iterator[Run]:
    """Yield the runs that have a text, neighbours of a kind as one, without the space before the first word."""
    joined: list[tuple[WordChange, list[str]]] = []
    for run in runs:
        text = run.text if joined else run.text.lstrip(" ")
        if not text:
            continue
        if joined and joined[-1][0] == run.change:
            joined[-1][1].append(text)
        else:
            joined.append((run.change, [text]))
    yield from (Run(change=change, text="".join(texts)) for change, texts in joined)
