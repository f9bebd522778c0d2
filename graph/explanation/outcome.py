"""What became of a pair, in words and figures: what the API and the command line show."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from graph.explanation import waterfall
from graph.explanation.weights import Part, Weighed
from graph.explanation.what_if import WhatIf, what_ifs
from graph.vocabulary.evidence import Decision, PairReason


class Outcome(StrEnum):
    """What became of a pair: its decision, or that no trace of a comparison is kept."""

    LINKED = "LINKED"
    REVIEW = "REVIEW"
    APART = "APART"
    NOT_COMPARED_HERE = "NOT_COMPARED_HERE"


_WHY = {
    PairReason.BELOW_THE_BAND: "Too little agrees: the match weight is below the band for review.",
    PairReason.IN_THE_BAND: "Neither surely one person nor surely two: the match weight is in the"
    " band for review.",
    PairReason.HELD_APART_BY_NAMES: "Held apart by rule, whatever the weight: these may be siblings"
    " or twins. Only a person's judgement joins them.",
    PairReason.IN_DOUBT: "What agrees is what relatives share: this pair alone does not join them.",
    PairReason.BRIDGE_REFUSED: "This pair would join records that are held apart from each other,"
    " so it was not taken.",
    PairReason.JUDGED_DIFFERENT: "A person judged that these are two people.",
    PairReason.JUDGED_UNSURE: "A person judged that nobody can tell: no weight joins them.",
    PairReason.IN_CONFLICT: "People's judgements on these records contradict each other: none of"
    " them is gone by until one is retracted or superseded.",
}
# The weight decided, so another weight would have decided otherwise.
_BY_WEIGHT = {PairReason.BELOW_THE_BAND, PairReason.IN_THE_BAND}
_LINKED = "Linked by weight: enough agrees, and nothing holds them apart."
_JUDGED_SAME = "Linked: a person judged that these are one person."
_THROUGH_OTHERS = "Linked through other records: no pair of their own joined these two."
_FOLLOWS = "Linked: a row of a court case goes where its case goes, and is weighed by nothing else."
_APART = "Not linked."


@dataclass(frozen=True)
class Explained:
    """A pair explained. `through` are records that lead from one to the other, ends included.

    `weighed` is None where the pair's levels are not kept, `weight` where it was not weighed.
    """

    outcome: Outcome
    why: PairReason | None
    weight: float | None
    weighed: Weighed | None
    model_version: str | None
    by_judgement: bool = False
    follows_its_case: bool = False
    through: list[str] = field(default_factory=list)
    never_met: str = ""

    @property
    def sentence(self) -> str:
        if self.outcome is Outcome.NOT_COMPARED_HERE:
            return self.never_met
        if self.why:
            return _WHY[self.why]
        if self.outcome is not Outcome.LINKED:
            return _APART
        if self.by_judgement or self.follows_its_case:
            return _JUDGED_SAME if self.by_judgement else _FOLLOWS
        return _THROUGH_OTHERS if self.weight is None else _LINKED

    @property
    def prior(self) -> float | None:
        return self.weighed.weights.prior if self.weighed else None

    @property
    def link_from(self) -> float | None:
        return self.weighed.weights.link if self.weighed else None

    @property
    def review_from(self) -> float | None:
        return self.weighed.weights.review if self.weighed else None

    @property
    def comparisons(self) -> tuple[Part, ...]:
        return self.weighed.parts if self.weighed else ()

    @cached_property
    def what_if(self) -> list[WhatIf]:
        """Nothing where a rule or a person decided: no weight would have changed that."""
        linked_by_weight = self.outcome is Outcome.LINKED and not self.by_judgement
        by_weight = self.why in _BY_WEIGHT or (self.why is None and linked_by_weight)
        return what_ifs(self.weighed) if self.weighed and by_weight else []

    @cached_property
    def waterfall(self) -> str | None:
        return waterfall.svg(self.weighed) if self.weighed else None


def never_compared(left: str, right: str) -> Explained:
    """Two records of which the graph keeps no comparison."""
    return Explained(
        Outcome.NOT_COMPARED_HERE,
        *(None, None, None, None),
        never_met="Not linked, and no comparison of these two is kept: they never had enough in"
        " common to be compared, or weighed less than −6 bits. On the machine that links,"
        f" `sponsorgraph why {left} {right}` weighs them afresh.",
    )


def decided(decision: str) -> Outcome:
    """A pair's decision as its outcome."""
    return Outcome(Decision(decision).value)
