"""How many children a set of identities is: a range, from the pairs of records under review.

An identity is what linkage holds to be one child. Two identities with a pair of records under
review between them may be one child after all, so a count of identities can be too high. The
method:

1. Two counted identities are tied when a pair of their records is under review, or when both are
   tied to a third, counted or not. A tie is one child with the share of its strongest reason, as
   measured on worlds whose truth is known (`SHARES`). The more children there are in all, the more
   of them are strangers who look alike, and the fewer ties are one child's; how much fewer was
   measured too (`Share.among`). The model's own probability is not used:
   pairs come under review because a rule or a third record speaks against a weight, of which that
   probability knows nothing. Two whom a person judged to be different are never one.
2. Identities that ties lead between are a component. Tie by tie the component's groupings and
   their probabilities are worked out: exactly for a few identities, for many from seeded draws,
   so that the same graph gives the same figures (`graph/groupings.py`).
3. Components are independent of each other, so what they take off the count is added up exactly.
4. A share measured elsewhere may be wrong here, and for all ties alike. So this is done with the
   measured share, with its lower and with its upper bound, and the three count equally.
5. The range is the central 95 % of that: the true number is below `low` in at most 1 case of 40,
   and above `high` in at most 1 of 40. `likely` is the median. No tie is taken for settled before
   somebody has looked, so a single one always shows: "1-2".

What it does not know: two identities of one child of which no pair is under review (1 identity in
1,600 at the usual number of errors, 1 in 300 at twice that, and none of 1,068 who failed to
appear), one identity that holds two children (none was seen), and whether what the sources say is
so. `tests/benchmarks/coverage.py` measures in how many seeded worlds the truth lies in the range.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from graph.groupings import Component, Tie, added, components
from graph.vocabulary.evidence import PairReason

METHOD: Final = (
    "Children as their records are linked now. Two of them with records under review may be one"
    " child; how likely that is was measured, by the reason for the review, where the truth is"
    " known. The range holds the central 95 % of what may come of it."
)
COVERED: Final = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the ties with a reason are one child's: measured, and what may be elsewhere.

    `alike`: for each tie that is one child's, how many that are two strangers' every further child
    of the population brings.
    """

    low: float
    likely: float
    high: float
    alike: float = 0.0

    def among(self, population: int) -> "Share":
        """The share among so many children; elsewhere half or twice as many may look alike."""
        strangers = self.alike * population
        return Share(
            1 / (1 / self.low + 2 * strangers),
            1 / (1 / self.likely + strangers),
            1 / (1 / self.high + strangers / 2),
        )


# Ties that are one child's, of those whose strongest reason it is: in twenty demo worlds of 400
# children (seeds 911-930) and two of 2,500 (940, 941), half of each at the usual number of errors
# and half at twice that. Low and high hold what single kinds of worlds came to. Nobody looked yet,
# so no share is beyond 0.97. `alike` is from worlds of 100,000 children and of 448,820, which
# agree: of ties in the band 16 % and 4 % were one child's, of bridges 62 % and 33 %, of those in
# doubt 33 % and 15 %, of names held apart 66 % and 65 %, and 70 % since those of one number and
# birthday are all among them.
SHARES: Final[Mapping[PairReason, Share]] = {
    # 77 of 77: their weight links them, and a name on one paper of several is what forbids it.
    PairReason.BRIDGE_REFUSED: Share(0.9, 0.97, 0.97, 5e-6),
    # 49 of 62; from 12 of 18 to 25 of 28.
    PairReason.IN_THE_BAND: Share(0.65, 0.8, 0.9, 5e-5),
    # 29 of 56, the others brothers, sisters and twins; from 6 of 12 to 6 of 9.
    PairReason.HELD_APART_BY_NAMES: Share(0.3, 0.5, 0.75),
    # 3 of 7: too few to know.
    PairReason.IN_DOUBT: Share(0.2, 0.5, 0.8, 1e-5),
    # No world has people who judge.
    PairReason.JUDGED_UNSURE: Share(0.2, 0.5, 0.8),
    PairReason.IN_CONFLICT: Share(0.2, 0.5, 0.8),
}


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A pair of records of two identities, and whether each of the two is counted."""

    one: str
    other: str
    why: PairReason
    one_counts: bool = True
    other_counts: bool = True


@dataclass(frozen=True, slots=True)
class CountRange:
    """`counted` identities are `low` to `high` children; `under_review` ties among them say so."""

    counted: int
    low: int
    likely: int
    high: int
    under_review: int
    method: str = METHOD


def made_count(read: Sequence[Any]) -> CountRange:
    """From `[counted, pairs, population]`.

    Each pair is `[one, other, why, whether one is counted, and the other]`.
    """
    counted, pairs, population = read
    return count_range(
        counted,
        [UnderReview(one, other, PairReason(why), *both) for one, other, why, *both in pairs],
        population,
    )


def count_range(counted: int, pairs: Iterable[UnderReview], population: int) -> CountRange:
    """How many children so many identities are, by the pairs under review or judged that they have.

    Pairs may come in any order, and several of the same two identities. `population` is how many
    children were linked in all, counted or not.
    """
    reasons, among = _read(pairs)
    never = [tie for tie, why in reasons.items() if PairReason.JUDGED_DIFFERENT in why]
    shares = {
        tie: max((SHARES[one].among(population) for one in why), key=lambda share: share.likely)
        for tie, why in reasons.items()
        if PairReason.JUDGED_DIFFERENT not in why
    }
    found = components(shares, never, among)
    low, likely, high = _central(_taken_off(found, shares))
    ties = sum(len(one.ties) for one in found)
    return CountRange(counted, counted - high, counted - likely, counted - low, ties)


def _read(pairs: Iterable[UnderReview]) -> tuple[dict[Tie, set[PairReason]], set[str]]:
    """The reasons of each tie, its lesser id first, and the counted that have one."""
    reasons: dict[Tie, set[PairReason]] = {}
    among: set[str] = set()
    for pair in pairs:
        if pair.one != pair.other:
            tie = min(pair.one, pair.other), max(pair.one, pair.other)
            reasons.setdefault(tie, set()).add(pair.why)
            among |= {pair.one} if pair.one_counts else set()
            among |= {pair.other} if pair.other_counts else set()
    return reasons, among


def _taken_off(found: Sequence[Component], shares: Mapping[Tie, Share]) -> list[float]:
    """The chance that there are none, one, two … fewer children than are counted."""
    chances = [
        {tie: getattr(share, name) for tie, share in shares.items()}
        for name in ("low", "likely", "high")
    ]
    total: list[float] = []
    for of_these in zip(*(component.taken_off(*chances) for component in found), strict=True):
        one = added(of_these)
        total += [0.0] * (len(one) - len(total))
        for fewer, chance in enumerate(one):
            total[fewer] += chance / len(chances)
    return total or [1.0]


def _central(chances: Sequence[float]) -> tuple[int, int, int]:
    """The bounds of the central part, and the median between them."""
    sums = list(accumulate(chances))
    whole = sums[-1]
    parts = ((1 - COVERED) / 2, 0.5, (1 + COVERED) / 2)
    low, middle, high = (
        next(value for value, upto in enumerate(sums) if upto >= part * whole) for part in parts
    )
    return low, middle, high
