"""The smallest change of what was found that would bring a pair into another band."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from graph.explanation.weights import Moves, Weighed
from graph.vocabulary.evidence import Decision

# A sum of floats in another order: the border belongs to the band above it all the same.
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison, had it found something else; `bits` more or fewer."""

    comparison: str
    found: str
    instead: str
    bits: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Changes together, and the weight and decision they would come to."""

    changes: tuple[Change, ...]
    weight: float
    decision: Decision


def what_ifs(pair: Weighed) -> list[WhatIf]:
    """The smallest change into the band above, then into the band below, where there is one.

    Of one comparison if any of its levels suffices, otherwise of two.
    """
    weight, weights = pair.weight, pair.weights
    above = [border for border in (weights.review, weights.link) if border > weight]
    below = [border for border in (weights.link, weights.review) if border <= weight]
    found = []
    if above:
        found.append(_smallest(pair, 1, above[0] - weight - _NOTHING))
    if below:
        found.append(_smallest(pair, -1, weight - below[0] + _NOTHING))
    return [one for one in found if one]


def _smallest(pair: Weighed, way: int, bits: float) -> WhatIf | None:
    """The least change of at least so many bits, up (`way` 1) or down (-1)."""
    found = zip(pair.weights.comparisons, pair.levels, strict=True)
    moves = [(one.up if way > 0 else one.down)[level] for one, level in found]
    for fitting in (_of_one(moves, bits), _of_two(moves, bits)):
        least = min(fitting, default=None)
        if least is not None:
            changes = tuple(_change(pair, *one) for one in least[1])
            weight = pair.weight + way * least[0]
            return WhatIf(changes, weight, pair.weights.decision(weight + _NOTHING))
    return None


_Found = tuple[float, tuple[tuple[int, int], ...]]


def _of_one(moves: list[Moves], bits: float) -> Iterator[_Found]:
    for place, some in enumerate(moves):
        enough = bisect_left(some, (bits, 0))
        if enough < len(some):
            further, level = some[enough]
            yield further, ((place, level),)


def _of_two(moves: list[Moves], bits: float) -> Iterator[_Found]:
    """For each level of one comparison the least of another that together suffices."""
    for (place, some), (beside, others) in combinations(enumerate(moves), 2):
        for further, level in some:
            enough = bisect_left(others, (bits - further, 0))
            if enough < len(others):
                rest, other = others[enough]
                yield further + rest, ((place, level), (beside, other))


def _change(pair: Weighed, place: int, level: int) -> Change:
    comparison = pair.weights.comparisons[place]
    now, other = comparison.levels[pair.levels[place]], comparison.levels[level]
    return Change(comparison.name, now.label, other.label, other.bits - now.bits)
