"""Compare two versions of a component, part by part and block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby

from .aligning import Work, align, similarity
from .data import BlockDifference, BlockKind, PartDifference, PartKind, WordChange
from .parts import Block, Part, of_lines
from .phrases import compare_tokens, hides_nothing, runs_of
from .tokens import Token, marks_of, source_of

__all__ = ["compare_parts", "compare_sources"]

# Two blocks with less in common are one that went and one that came.
_MIN_SIMILARITY = 0.3
# How many blocks that are the same are shown beside one that has changed, and beside none.
_NEIGHBOURS = 2
_MIN_GAP = 3

# The source of something that a reader does not see, as it was and as it is.
type Hidden = tuple[str, str]


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> tuple[PartDifference, ...]:
    """Return the parts of both, in the new order, the removed ones where they were."""
    return tuple(_Comparison().parts(old, new))


def compare_sources(old: str, new: str) -> PartDifference:
    """Return the two sources, line by line."""
    return _Comparison().source("olx", [(old, new)])


@dataclass
class _Comparison:
    work: Work = field(default_factory=Work)

    def parts(self, old: Sequence[Part], new: Sequence[Part]) -> Iterator[PartDifference]:
        for region in align(old, new, self._closeness_of_parts, self.work):
            for i, j, is_equal in region:
                was, now = (None if i is None else old[i]), (None if j is None else new[j])
                if is_equal and now:
                    if now.is_context and now.is_shown:
                        blocks = _with_gaps([_whole(block, WordChange.SAME) for block in now.blocks if block.kind])
                        yield _difference(was, now, WordChange.SAME, blocks)
                else:
                    yield from self._part(was, now)

    def _closeness_of_parts(self, old: Part, new: Part) -> float:
        if (old.kind, old.name) != (new.kind, new.name):
            return 0
        return 1 + similarity(self._sample(old, *old.blocks), self._sample(new, *new.blocks))

    def _closeness_of_blocks(self, old: Block, new: Block) -> float:
        if not old.kind or not new.kind:
            return 0
        close = similarity(self._sample(old, old), self._sample(new, new))
        return close if close >= _MIN_SIMILARITY else 0

    def _part(self, old: Part | None, new: Part | None) -> Iterator[PartDifference]:
        """Yield how a part has changed; and if there is something that a reader does not see, its source."""
        hidden: list[Hidden] = []
        blocks = list(self._blocks(old.blocks if old else (), new.blocks if new else (), hidden))
        if not old or not new:
            change = WordChange.ADDED if new else WordChange.REMOVED
        elif old.is_correct != new.is_correct or any(block.change != WordChange.SAME for block in blocks):
            change = WordChange.CHANGED
        else:
            change = WordChange.SAME
        if old and new and (old.place, old.is_continued) != (new.place, new.is_continued):
            hidden.append((_place(old), _place(new)))
        if any(part.is_shown for part in (old, new) if part):
            yield _difference(old, new, change, _with_gaps(blocks))
        if hidden:
            yield self.source("markup", hidden)

    def _blocks(self, old: Sequence[Block], new: Sequence[Block], hidden: list[Hidden]) -> Iterator[BlockDifference]:
        if len(old) == len(new) == 1 and old[0] != new[0] and old[0].kind and new[0].kind:
            yield self._block(old[0], new[0], hidden)
            return
        for region in align(old, new, self._closeness_of_blocks, self.work):
            # What came and went between two blocks that belong together.
            went: list[Block] = []
            came: list[Block] = []
            for i, j, is_equal in region:
                if i is not None and j is not None:
                    _check(went, came, hidden)
                    went, came = [], []
                    if is_equal:
                        if new[j].kind:
                            yield _whole(new[j], WordChange.SAME)
                    else:
                        yield self._block(old[i], new[j], hidden)
                elif i is not None:
                    went.append(old[i])
                    if old[i].kind:
                        yield _whole(old[i], WordChange.REMOVED)
                elif j is not None:
                    came.append(new[j])
                    if new[j].kind:
                        yield _whole(new[j], WordChange.ADDED)
            _check(went, came, hidden)

    def _block(self, old: Block, new: Block, hidden: list[Hidden]) -> BlockDifference:
        runs, is_all = compare_tokens(old.tokens, new.tokens, self.work)
        if not is_all:
            hidden.append((source_of(old.tokens), source_of(new.tokens)))
        is_same = all(run.change == WordChange.SAME for run in runs)
        change = WordChange.SAME if is_same and old.kind == new.kind else WordChange.CHANGED
        return BlockDifference(kind=new.kind or BlockKind.PARAGRAPH, change=change, runs=runs)

    def source(self, name: str, hidden: list[Hidden]) -> PartDifference:
        """Return the sources of what is hidden, of each version as one part."""
        olds, news = ([*chain.from_iterable(of_lines(side[n]) for side in hidden if side[n])] for n in (0, 1))
        blocks = _with_gaps(list(self._blocks(olds, news, [])))
        part = Part(PartKind.SOURCE, name=name)
        return _difference(part, part, WordChange.CHANGED, blocks)

    def _sample(self, owner: Part | Block, *blocks: Block) -> frozenset[str]:
        return self.work.sample(owner, lambda: chain.from_iterable(_words(block.tokens) for block in blocks))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    return filter(None, (token if isinstance(token, str) else token.text for token in tokens))


def _whole(block: Block, change: WordChange) -> BlockDifference:
    kind = block.kind or BlockKind.PARAGRAPH
    return BlockDifference(kind=kind, change=change, runs=runs_of(block.tokens, change))


def _check(went: Sequence[Block], came: Sequence[Block], hidden: list[Hidden]) -> None:
    """Note what is hidden from a reader who sees that these blocks have come in the place of those."""
    olds, news = ([token for block in blocks for token in block.tokens] for blocks in (went, came))
    frames = marks_of([block.tokens[0] for block in (*went, *came) if not block.kind])
    # The address of a link around several blocks is not shown with any of them.
    if any(mark.text for mark in frames) or not hides_nothing(olds, news):
        hidden.append((_source(went), _source(came)))


def _source(blocks: Sequence[Block]) -> str:
    return "\n".join(source_of(block.tokens) for block in blocks)


def _place(part: Part) -> str:
    return f"({'…' if part.is_continued else ''}{part.place or '/'})"


def _with_gaps(blocks: list[BlockDifference]) -> tuple[BlockDifference, ...]:
    """Return the blocks, with those left out that are the same and far from any that has changed."""
    shown = {
        near
        for n, block in enumerate(blocks)
        if block.change != WordChange.SAME
        for near in range(n - _NEIGHBOURS, n + _NEIGHBOURS + 1)
    } or set(range(_NEIGHBOURS))
    result: list[BlockDifference] = []
    for is_shown, group in groupby(enumerate(blocks), lambda item: item[0] in shown):
        same = [block for _, block in group]
        if is_shown or len(same) < _MIN_GAP:
            result += same
        else:
            result.append(BlockDifference(kind=BlockKind.GAP, change=WordChange.SAME))
    return tuple(result)


def _difference(
    old: Part | None, new: Part | None, change: WordChange, blocks: tuple[BlockDifference, ...]
) -> PartDifference:
    part = new or old
    assert part  # noqa: S101  # a part is in one version at least
    return PartDifference(
        part=part.kind,
        name=part.name,
        change=change,
        was_correct=old.is_correct if old else None,
        is_correct=new.is_correct if new else None,
        blocks=blocks,
    )
