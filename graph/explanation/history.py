"""An identity's steps as shown, from what one statement reads of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.explanation.steps import Step, read_pairs, steps
from graph.explanation.weights import Part, weigh


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with what its pair gave, or by whose judgement it was taken."""

    step: Step
    comparisons: tuple[Part, ...]
    judged_by: str | None
    reason: str | None

    @property
    def number(self) -> int:
        return self.step.number

    @property
    def one(self) -> list[str]:
        return list(self.step.one)

    @property
    def other(self) -> list[str]:
        return list(self.step.other)

    @property
    def left(self) -> str:
        return self.step.pair.left

    @property
    def right(self) -> str:
        return self.step.pair.right

    @property
    def weight(self) -> float | None:
        return self.step.pair.weight

    @property
    def judgement(self) -> str | None:
        return self.step.pair.judgement


@dataclass(frozen=True, slots=True)
class History:
    """How an identity came to be; without steps where a single record is all of it."""

    steps: tuple[ShownStep, ...]


def made_history(read: Sequence[Any] | None) -> History:
    """From `[records, pairs, the model's weights, [judgement, actor, reason]…]`, or nothing."""
    if read is None:
        return History(())
    records, pairs, model, judged = read
    words = {judgement: (actor, reason) for judgement, actor, reason in judged}
    return History(tuple(_shown(step, model, words) for step in steps(read_pairs(records, pairs))))


def _shown(step: Step, model: str | None, words: dict[str, tuple[str, str]]) -> ShownStep:
    weighed = weigh(model, step.pair.levels)
    actor, reason = words.get(step.pair.judgement or "", (None, None))
    return ShownStep(step, weighed.parts if weighed else (), actor, reason)
