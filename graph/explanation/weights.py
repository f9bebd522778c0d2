"""What each comparison gave: a model's weights, and the levels that two records fell in.

All figures are bits: a bit more and the odds double. They sum, with the prior, to the match weight.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from graph.vocabulary.evidence import Decision

# A level that says how frequent the name is that both have.
_HOW_FREQUENT: Final = re.compile(r"^(?P<agreement>.*?),? (?P<band>rare|uncommon|common)$")
_COMMON: Final = "common"
_MODELS_KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class Level:
    """One thing that a comparison can find.

    `frequency_bits` of its `bits` are for the name's being rarer than common ones.
    """

    label: str
    bits: float
    frequency_bits: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one comparison found and gave: `bits` of agreement and of the name's frequency."""

    name: str
    level: str
    bits: float
    frequency_bits: float

    @property
    def agreement_bits(self) -> float:
        return self.bits - self.frequency_bits


# Further bits by another level of a comparison, the fewest first, and which level that is.
Moves = tuple[tuple[float, int], ...]


@dataclass(frozen=True)
class Comparison:
    """A comparison and its levels, in the order in which pairs tell them by their places."""

    name: str
    levels: tuple[Level, ...]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each level gives."""
        return tuple(
            Part(self.name, one.label, one.bits, one.frequency_bits) for one in self.levels
        )

    @cached_property
    def up(self) -> tuple[Moves, ...]:
        """From each level to every other: how many bits more that is."""
        return tuple(self._moves(now, 1) for now in range(len(self.levels)))

    @cached_property
    def down(self) -> tuple[Moves, ...]:
        """From each level to every other: how many bits fewer that is."""
        return tuple(self._moves(now, -1) for now in range(len(self.levels)))

    def _moves(self, now: int, way: int) -> Moves:
        here = self.levels[now].bits
        others = (
            (way * (other.bits - here), level)
            for level, other in enumerate(self.levels)
            if level != now
        )
        return tuple(sorted(others))


@dataclass(frozen=True)
class Weights:
    """A model for one role: the prior, the borders of its bands, and its comparisons."""

    prior: float
    link: float
    review: float
    comparisons: tuple[Comparison, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many levels each comparison has."""
        return tuple(len(comparison.levels) for comparison in self.comparisons)

    def decision(self, weight: float) -> Decision:
        """The band that a weight falls in; rules and judgements may decide otherwise."""
        if weight >= self.link:
            return Decision.LINKED
        return Decision.REVIEW if weight >= self.review else Decision.APART


@dataclass(frozen=True)
class Weighed:
    """A pair under a model."""

    weights: Weights
    levels: tuple[int, ...]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        found = zip(self.weights.comparisons, self.levels, strict=True)
        return tuple(comparison.parts[level] for comparison, level in found)

    @cached_property
    def weight(self) -> float:
        return self.weights.prior + sum(part.bits for part in self.parts)

    @property
    def decision(self) -> Decision:
        return self.weights.decision(self.weight)


@lru_cache(_MODELS_KEPT)
def read_weights(text: str) -> Weights:
    """The weights in a LinkageModel's JSON."""
    told = json.loads(text)
    comparisons = tuple(
        Comparison(one["name"], _levels(one["levels"])) for one in told["comparisons"]
    )
    return Weights(told["prior"], told["link"], told["review"], comparisons)


def weigh(text: str | None, levels: Sequence[int] | None) -> Weighed | None:
    """The pair under the model, or None where either is not known or they do not fit each other."""
    if text is None or levels is None:
        return None
    weights = read_weights(text)
    fits = len(levels) == len(weights.sizes) and all(
        0 <= level < size for level, size in zip(levels, weights.sizes, strict=True)
    )
    return Weighed(weights, tuple(levels)) if fits else None


def _levels(told: Sequence[dict[str, Any]]) -> tuple[Level, ...]:
    bits = {one["label"]: float(one["bits"]) for one in told}
    return tuple(
        Level(one["label"], float(one["bits"]), _for_frequency(one["label"], bits)) for one in told
    )


def _for_frequency(label: str, bits: dict[str, float]) -> float:
    """How many bits more than the same agreement on a common name."""
    found = _HOW_FREQUENT.match(label)
    if found is None:
        return 0.0
    on_a_common_name = label[: found.start("band")] + _COMMON
    return bits[label] - bits.get(on_a_common_name, bits[label])
