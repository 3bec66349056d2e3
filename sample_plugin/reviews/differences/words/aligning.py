"""Find out which items of two lists belong together, in limited time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ..matching import BoundedMatcher, TooMuchWorkError

__all__ = ["MAX_WORK", "Pair", "Work", "align", "opcodes_of", "similarity"]

# For all of one comparison, in items looked at: about 0.1 s.
MAX_WORK = 300_000

# To compare the samples of two items, in the same unit.
_STEPS_PER_PAIR = 20
# So many words tell whether two items belong together.
_SAMPLE = 100

# The positions of two items that belong together, or of one that has no counterpart; and whether they are equal.
type Pair = tuple[int | None, int | None, bool]
type Opcode = tuple[str, int, int, int, int]


@dataclass
class Work:
    """What a comparison may still spend."""

    left: int = MAX_WORK
    # By the identity of what they are the words of, which is kept: hashing that would take as long as reading it.
    _samples: dict[int, tuple[object, frozenset[str]]] = field(default_factory=dict)

    def sample(self, owner: object, words: Callable[[], Iterable[str]]) -> frozenset[str]:
        """Return the first different words of something. They are looked up once."""
        if id(owner) not in self._samples:
            self._samples[id(owner)] = owner, frozenset(islice(words(), _SAMPLE))
        return self._samples[id(owner)][1]


def similarity(old: frozenset[str], new: frozenset[str]) -> float:
    """Return the share of the words that both have, from 0 to 1."""
    return 2 * len(old & new) / ((len(old) + len(new)) or 1)


def opcodes_of[T: Hashable](old: Sequence[T], new: Sequence[T], work: Work) -> list[Opcode]:
    """Return difflib's opcodes; or, where these take too much work, that everything was replaced."""
    matcher = BoundedMatcher(old, new, max_steps=max(0, work.left))
    try:
        return list(matcher.get_opcodes())
    except TooMuchWorkError:
        return [("replace", 0, len(old), 0, len(new))]
    finally:
        work.left = matcher.steps_left


def align[T: Hashable](
    old: Sequence[T], new: Sequence[T], closeness: Callable[[T, T], float], work: Work
) -> Iterator[list[Pair]]:
    """
    Yield regions: either equal pairs, or what has changed between two of these.

    ``closeness`` is 0 for two items that do not belong together, and greater the more they do.
    """
    # Each item is hashed once.
    numbers: dict[T, int] = {}
    olds, news = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (old, new))
    for tag, old_from, old_to, new_from, new_to in opcodes_of(olds, news, work):
        if tag == "equal":
            yield [(i, j, True) for i, j in zip(range(old_from, old_to), range(new_from, new_to), strict=True)]
        else:
            region: list[Pair] = []
            for i, j in _match(old[old_from:old_to], new[new_from:new_to], closeness, work):
                region.append((None if i is None else old_from + i, None if j is None else new_from + j, False))
            yield region


def _match[T](
    old: Sequence[T], new: Sequence[T], closeness: Callable[[T, T], float], work: Work
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pairs, in order, that are closest together; and the other items, the removed ones first."""
    rows, columns = len(old), len(new)
    if rows * columns * _STEPS_PER_PAIR <= work.left // 2:
        pairs = _closest([[closeness(was, now) for now in new] for was in old], work)
    elif rows == columns:
        pairs = [(n, n) for n in range(rows) if closeness(old[n], new[n])]
    else:
        pairs = []
    i = j = 0
    for old_end, new_end in [*pairs, (rows, columns)]:
        yield from ((n, None) for n in range(i, old_end))
        yield from ((None, n) for n in range(j, new_end))
        if (old_end, new_end) != (rows, columns):
            yield old_end, new_end
        i, j = old_end + 1, new_end + 1


def _closest(close: list[list[float]], work: Work) -> list[tuple[int, int]]:
    """Return the pairs that are closest together in sum, none of them crossing another."""
    rows, columns = len(close), len(close[0]) if close else 0
    work.left -= rows * columns * _STEPS_PER_PAIR
    # best[i][j] is the most that can be had of the items from i and j on.
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            paired = best[i + 1][j + 1] + close[i][j] if close[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < rows and j < columns:
        if close[i][j] and best[i][j] == best[i + 1][j + 1] + close[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
