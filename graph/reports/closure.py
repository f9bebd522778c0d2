"""The pack that shows a recommendation was followed (P4, S2:180), in which no small count stands.

**How counts are told.** The smallest thing that is counted is a measure at one office in one
quarter that is over. Each is told as a range of ten: 0 to 10 (suppressed: it may be none), 11 to
20, 21 to 30 and so on. All else is worked out of these ranges alone: a longer time and all offices
are the sums of their ends, and which medians and steps of cases are told hangs on the least that
they say. So a pack is a function of its quarters' ranges: the difference of two packs, whatever
their offices and times, tells of a count no more than its own range does.

**Limits.** One measure may be part of another (what was acknowledged was sent): both being ranges
of the same ten, neither narrows the other. Whoever knows all but one of a range's cases from
elsewhere can learn of that one where it makes the range another. A pack of the same quarters
changes only when a child is sealed, unsealed or expunged, or her file comes to another office: two
packs across such a day may so tell that a range stepped over its border. Medians are whole days
over 11 or more. A case says that there is at least one like it, and its steps are whole days after
its opening: somebody who knows a case's days by heart may know it again among the five.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graph.reports.recommendations import Recommendation, recommendations
from graph.vocabulary.closure import CLOSURE_MEANS, ClosureMeasure

THRESHOLD: Final = 11
_BAND: Final = 10
MOST_CASES: Final = 5
METHOD: Final = (
    "Counted from what was recorded here, in UTC, by the quarter in which it was first done. A"
    " measure of one office and quarter is told as a range of ten; 0 to 10 is suppressed and may be"
    " none. Longer times and all offices are sums of these ranges. Medians are told where 11 or"
    " more are certain. Cases are drawn by a rule that looks at nothing but ids, under names of"
    " this pack alone, and tell a step only where 11 or more took it for certain. What was never"
    " recorded is not there, and children who are sealed are left out. An office is named if a"
    " failure to appear was ever followed there before the last day."
)


@dataclass(frozen=True, slots=True)
class ClosureCount:
    """A measure at an office, or at all (None): a range that holds it."""

    measure: ClosureMeasure
    office: str | None
    low: int
    high: int

    @property
    def suppressed(self) -> bool:
        """It may be fewer than the threshold, or none."""
        return self.low < THRESHOLD

    @property
    def definition(self) -> str:
        """What is counted."""
        return CLOSURE_MEANS[self.measure]


@dataclass(frozen=True, slots=True)
class ClosureDays:
    """The median of days that a measure took, of one quarter and all offices."""

    measure: ClosureMeasure
    quarter: str
    median: int


@dataclass(frozen=True, slots=True)
class ClosureStep:
    """What was first done so many days after the follow-up was opened."""

    step: ClosureMeasure
    day: int


@dataclass(frozen=True, slots=True)
class ClosureCase:
    """A case under a name that is this pack's alone."""

    pseudonym: str
    steps: Sequence[ClosureStep]


@dataclass(frozen=True, slots=True)
class ClosureEvidence:
    """A pack. `text` is all of it as canonical JSON, and `sha256` the hash of that text."""

    recommendation: Recommendation
    since: str
    until: str
    counts: Sequence[ClosureCount]
    days: Sequence[ClosureDays]
    cases: Sequence[ClosureCase]
    method: str
    text: str
    sha256: str


# `[measure, office, quarter, days, how many]`, and `[[measure, days], …]` a case.
Row = Sequence[Any]


def made_closure(read: Sequence[Any]) -> ClosureEvidence:
    """The pack of `[recommendation, since, until, offices, rows, cases]`."""
    number, since, until, offices, rows, cases = read
    recommendation = recommendations()[number]
    quarters = quarters_of(date.fromisoformat(since), date.fromisoformat(until))
    atoms = _atoms(offices, quarters, rows)
    counts = _counts(offices, quarters, atoms)
    told = {one.measure for one in counts if one.office is None and not one.suppressed}
    packed = {
        "recommendation": recommendation,
        "since": since,
        "until": until,
        "counts": counts,
        "days": _days(offices, quarters, atoms, rows),
        "cases": _cases(f"{number} {since} {until}", told, cases),
        "method": METHOD,
    }
    text = canonical(packed)
    return ClosureEvidence(**packed, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def quarters_of(since: date, until: date) -> list[str]:
    """The quarters between two first days of quarters, as `2024-Q3`."""
    first, last = (day.year * 4 + (day.month - 1) // 3 for day in (since, until))
    return [f"{one // 4}-Q{one % 4 + 1}" for one in range(first, last)]


def band(counted: int) -> tuple[int, int]:
    """The range of ten that a count is told as: 0 to 10, 11 to 20, 21 to 30, and so on."""
    if counted <= _BAND:
        return 0, _BAND
    low = (counted - 1) // _BAND * _BAND + 1
    return low, low + _BAND - 1


_Atom = tuple[str, str, str]


def _atoms(
    offices: Iterable[str], quarters: Iterable[str], rows: Iterable[Row]
) -> dict[_Atom, tuple[int, int]]:
    counted = Counter[_Atom]()
    for measure, office, quarter, _, many in rows:
        counted[measure, office, quarter] += many
    # Of each office, whether it has any or none.
    return {
        (measure, office, quarter): band(counted[measure, office, quarter])
        for measure in ClosureMeasure
        for office in offices
        for quarter in quarters
    }


def _counts(
    offices: Sequence[str], quarters: Sequence[str], atoms: Mapping[_Atom, tuple[int, int]]
) -> list[ClosureCount]:
    def summed(measure: ClosureMeasure, office: str | None, of: Sequence[str]) -> ClosureCount:
        ranges = [atoms[measure, one, quarter] for one in of for quarter in quarters]
        return ClosureCount(
            measure, office, sum(low for low, _ in ranges), sum(h for _, h in ranges)
        )

    return [
        summed(measure, *which)
        for measure in ClosureMeasure
        for which in [(None, offices), *((one, [one]) for one in offices)]
    ]


def _days(
    offices: Sequence[str],
    quarters: Sequence[str],
    atoms: Mapping[_Atom, tuple[int, int]],
    rows: Iterable[Row],
) -> list[ClosureDays]:
    found = defaultdict[tuple[str, str], Counter[int]](Counter)
    for measure, _, quarter, days, many in rows:
        found[measure, quarter][days] += many
    return [
        ClosureDays(measure, quarter, _median(found[measure, quarter]))
        for measure in ClosureMeasure
        for quarter in quarters
        if sum(atoms[measure, one, quarter][0] for one in offices) >= THRESHOLD
    ]


def _median(days: Counter[int]) -> int:
    """The lower median of so many of each."""
    half, so_far = (days.total() + 1) // 2, 0
    for day in sorted(days):
        so_far += days[day]
        if so_far >= half:
            return day
    raise AssertionError  # only asked of eleven and more


def _cases(
    pack: str, told: set[ClosureMeasure], cases: Iterable[Sequence[Row]]
) -> list[ClosureCase]:
    """In the order of what they tell: neither order nor name comes of an id."""
    if ClosureMeasure.FOLLOWED_UP not in told:
        return []
    shown = sorted(
        sorted((day, ClosureMeasure(step)) for step, day in case if ClosureMeasure(step) in told)
        for case in cases
    )
    return [
        ClosureCase(_pseudonym(pack, number), [ClosureStep(step, day) for day, step in steps])
        for number, steps in enumerate(shown)
    ]


def _pseudonym(pack: str, number: int) -> str:
    return f"case {hashlib.sha256(f'{pack} {number}'.encode()).hexdigest()[:8]}"


def canonical(packed: Mapping[str, Any]) -> str:
    """The pack as JSON in one way only: names in order, no white space, one line."""
    return json.dumps(packed, default=_plain, sort_keys=True, separators=(",", ":")) + "\n"


def _plain(one: Any) -> Any:
    if isinstance(one, date):
        return one.isoformat()
    told = {name: getattr(one, name) for name in one.__slots__}
    if isinstance(one, ClosureCount):
        told |= {"suppressed": one.suppressed, "definition": one.definition}
    return told
