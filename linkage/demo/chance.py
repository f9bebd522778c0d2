"""Drawing by weight, and ids that say nothing about what they name."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things to draw from, each as often as its weight says."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self.things = list(things)
        self._upto = list(accumulate(weights))
        self._total = self._upto[-1]

    def draw(self, rng: Random) -> T:
        return self.things[bisect(self._upto, rng.random() * self._total)]


class Ids:
    """Distinct ids drawn at random: neither their order nor their gaps tell who or when."""

    def __init__(self, rng: Random, prefix: str, digits: int) -> None:
        self._rng, self._prefix, self._digits = rng, prefix, digits
        self._given: set[int] = set()

    def draw(self) -> str:
        # No leading zero: somebody's spreadsheet would lose it.
        least, most = 10 ** (self._digits - 1), 10**self._digits
        while (number := self._rng.randrange(least, most)) in self._given:
            pass
        self._given.add(number)
        return f"{self._prefix}{number}"
