"""The bridge between two sources' counts of who failed to appear: buckets that sum exactly.

ERO reported more than 32,000 by DOJ's data and OPLA's PLANet had 28,000 (S2:132). The two differ
by more than their difference: PLANet's data covered 8 months more (S2:132 fn12), and noted absences
on which no order followed, while DOJ's were final orders in absentia (S2:110 fn8). So each child
whom one source counts and the other does not stands in one bucket, by the first reason that holds,
and whatever the data, |left| - |right| = sum of only-left - sum of only-right.

Pure: no graph, no clock.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.vocabulary.reports import Absence, Bucket


@dataclass(frozen=True, slots=True)
class Word:
    """One record's word on a child: an order in absentia or an absence, of a day (if it says)."""

    is_order: bool
    day: date | None
    entered: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells of one child: nothing, as far as it has no records of hers.

    `otherwise` are days of hearings of which it says that she appeared, or that they were put off.
    """

    words: Sequence[Word] = ()
    knows_her: bool = False
    otherwise: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What a source counts: words that fit the definition, of days since `since`, before `until`.

    None: no bound.
    """

    source: str
    definition: Absence
    since: date | None = None
    until: date | None = None

    def reaches(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since or date.min) <= day < (self.until or date.max)

    def fits(self, word: Word) -> bool:
        wanted = Absence.IN_ABSENTIA_ORDER if word.is_order else Absence.FAILED_TO_APPEAR
        return self.definition in (Absence.EITHER, wanted)

    def counts(self, told: Told, as_of: date) -> list[Word]:
        """The words of a child that this source counts on that day."""
        return [
            word
            for word in told.words
            if self.fits(word) and not word.withdrawn and self.reaches(word.day)
            and not _is_late(word, as_of)
        ]  # fmt: skip


@dataclass(slots=True)
class Bridge:
    """The two counts, and why they differ: children, or words where those are counted."""

    left: int = 0
    right: int = 0
    in_both: int = 0
    only_left: Counter[Bucket] = field(default_factory=Counter)
    only_right: Counter[Bucket] = field(default_factory=Counter)

    @property
    def difference(self) -> int:
        return self.left - self.right

    @property
    def missing_on_the_right(self) -> int:
        """Whom the right should have had by the left's word, whatever else it has."""
        return self.only_left.total() - self.only_left[Bucket.OUTSIDE_ITS_WINDOW]


def bridge(
    children: Iterable[tuple[Told, Told]],
    left: Side,
    right: Side,
    as_of: date,
    *,
    words: bool = False,
) -> Bridge:
    """Where each child belongs of whom both sources tell what they tell: `(left's, right's)`.

    `words`: every word is counted, and a child's further ones are SAID_AGAIN.
    """
    found = Bridge()
    for of_left, of_right in children:
        lefts, rights = left.counts(of_left, as_of), right.counts(of_right, as_of)
        found.left += len(lefts) if words else bool(lefts)
        found.right += len(rights) if words else bool(rights)
        if lefts and rights:
            found.in_both += 1
        elif lefts:
            found.only_left[_why(lefts, of_right, right, as_of)] += 1
        elif rights:
            found.only_right[_why(rights, of_left, left, as_of)] += 1
        if words:
            found.only_left[Bucket.SAID_AGAIN] += max(len(lefts) - 1, 0)
            found.only_right[Bucket.SAID_AGAIN] += max(len(rights) - 1, 0)
    found.only_left, found.only_right = +found.only_left, +found.only_right
    return found


def _why(counted: Sequence[Word], told: Told, other: Side, as_of: date) -> Bucket:
    """Why the other source does not count a child whom these words count: what holds first."""
    fitting = [word for word in told.words if other.fits(word) and not word.withdrawn]
    # One that it reaches and does not count can only have been entered too late.
    late = any(other.reaches(word.day) for word in fitting)
    kinds = {word.is_order for word in (*counted, *told.words) if not _is_late(word, as_of)}
    reasons = {
        Bucket.OUTSIDE_ITS_WINDOW: not any(other.reaches(word.day) for word in counted)
        or (fitting and not late),
        Bucket.ENTERED_LATE: late,
        Bucket.NO_LONGER_STATED: any(word.withdrawn and other.fits(word) for word in told.words),
        Bucket.NOT_LINKED: not told.knows_her,
        Bucket.SAYS_OTHERWISE: any(word.day in told.otherwise for word in counted),
        Bucket.ABSENCE_WITHOUT_ORDER: other.definition is Absence.IN_ABSENTIA_ORDER
        and kinds == {False},
        # Whoever has the order did not note the absence that led to it.
        Bucket.ORDER_WITHOUT_ABSENCE: other.definition is Absence.FAILED_TO_APPEAR
        and any(word.is_order for word in told.words),
    }
    return next((bucket for bucket, holds in reasons.items() if holds), Bucket.NOTHING_ENTERED)


def _is_late(word: Word, as_of: date) -> bool:
    return word.entered is not None and word.entered > as_of
