"""A pair's explanation, from what one statement reads of it."""

from collections.abc import Sequence
from typing import Any

from graph.explanation.outcome import Explained, Outcome, decided, never_compared
from graph.explanation.steps import pair_between, read_pairs, steps, way
from graph.explanation.weights import weigh
from graph.vocabulary.agencies import FOLLOWS_ITS_CASE
from graph.vocabulary.evidence import PairReason


def made_explanation(read: Sequence[Any]) -> Explained:
    """From `[left, right, evidence, pair]`: keys, and what a link left of them.

    `evidence` is `[records, pairs, model version, the model's weights]` of the identity that both
    are of, `pair` is `[decision, why, weight, levels, model version, the model's weights]`; either
    may be None.
    """
    left, right, evidence, pair = read
    if evidence is not None:
        return _linked(left, right, evidence, pair)
    if pair is None:
        return never_compared(left, right)
    decision, why, weight, levels, version, model = pair
    return Explained(decided(decision), PairReason(why), weight, weigh(model, levels), version)


def _linked(left: str, right: str, evidence: Sequence[Any], own: Sequence[Any] | None) -> Explained:
    records, lines, version, model = evidence
    direct = pair_between(records, lines, left, right)
    if direct is not None:
        weighed = weigh(model, direct.levels)
        judged = direct.judgement is not None
        return Explained(Outcome.LINKED, None, direct.weight, weighed, version, judged)
    if any(key.split("/")[1] in FOLLOWS_ITS_CASE for key in (left, right)):
        return Explained(Outcome.LINKED, None, None, None, version, follows_its_case=True)
    through = way(steps(read_pairs(records, lines)), left, right)
    if own is None:
        return Explained(Outcome.LINKED, None, None, None, version, through=through)
    # Too little agrees between these two, and others join them all the same.
    weighed = weigh(own[5], own[3])
    return Explained(Outcome.LINKED, None, own[2], weighed, version, through=through)
