"""The smallest change of what was found that would bring a pair into another band."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from graph.explanation.weights import Weighed
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
    weights, found = pair.weights, []
    above = [border for border in (weights.review, weights.link) if border > pair.weight]
    below = [border for border in (weights.link, weights.review) if border <= pair.weight]
    if above:
        found.append(_smallest(pair, lambda weight: weight >= above[0] - _NOTHING))
    if below:
        found.append(_smallest(pair, lambda weight: weight < below[0] - _NOTHING))
    return [one for one in found if one]


def _smallest(pair: Weighed, arrives: Callable[[float], bool]) -> WhatIf | None:
    for comparisons in (1, 2):
        fitting = [one for one in _changed(pair, comparisons) if arrives(pair.weight + _bits(one))]
        if fitting:
            changes = min(fitting, key=lambda one: abs(_bits(one)))
            weight = pair.weight + _bits(changes)
            return WhatIf(changes, weight, pair.weights.decision(weight + _NOTHING))
    return None


def _changed(pair: Weighed, comparisons: int) -> Iterator[tuple[Change, ...]]:
    each = list(_changes(pair))
    for chosen in combinations(each, comparisons):
        yield from product(*chosen)


def _changes(pair: Weighed) -> Iterator[list[Change]]:
    """For each comparison, every other thing that it can find."""
    for comparison, level in zip(pair.weights.comparisons, pair.levels, strict=True):
        now = comparison.levels[level]
        yield [
            Change(comparison.name, now.label, other.label, other.bits - now.bits)
            for place, other in enumerate(comparison.levels)
            if place != level
        ]


def _bits(changes: Iterable[Change]) -> float:
    return sum(change.bits for change in changes)
