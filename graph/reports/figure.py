"""A figure: never a number without what it is part of, the day, the definition and the sources.

P3 (S2:63): 32,000 who failed to appear "may have been much larger had ICE issued NTAs" to the
others. A number alone would not have said so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.uncertainty import UnderReview, count_range
from graph.vocabulary.evidence import PairReason
from graph.vocabulary.reports import ReportDimension, ReportKind, Unit


@dataclass(frozen=True, slots=True)
class Count:
    """How many: as records are linked now, and between which numbers the truth then lies."""

    counted: int
    low: int
    high: int

    @classmethod
    def of(cls, counted: int) -> "Count":
        """A count in which no doubt of linkage can be."""
        return cls(counted, counted, counted)


@dataclass(frozen=True, slots=True)
class Of:
    """Which part of a report a figure is, in one respect."""

    dimension: ReportDimension
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """`numerator` of `denominator`; of a median, days and of how many it was taken."""

    name: str
    of: Sequence[Of]
    unit: Unit
    numerator: Count
    denominator: Count
    as_of: date
    definition: str
    sources: list[str]

    @property
    def day(self) -> str:
        """The day as the API has it."""
        return self.as_of.isoformat()

    @property
    def share(self) -> float | None:
        """The share, as counted; None of nothing, and of a median, which is no part."""
        if self.unit is Unit.DAYS or not self.denominator.counted:
            return None
        return self.numerator.counted / self.denominator.counted


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked, what came of it, and what has to be said beside it."""

    kind: ReportKind
    title: str
    as_of: date
    figures: Sequence[Figure]
    notes: Sequence[str] = ()

    @property
    def day(self) -> str:
        """The day as the API has it."""
        return self.as_of.isoformat()


def ranged(counted: int, pairs: Iterable[UnderReview], population: int) -> Count:
    """So many identities as children: fewer, if pairs under review are one child's, and never more.

    Not even where half of such pairs usually are: two who both have a file of their own at ICE are
    one child less often than those who were measured (`graph.uncertainty`).
    """
    return Count(counted, count_range(counted, pairs, population).low, counted)


# A child's values in the dimensions of a report.
Cell = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two identities with records under review, and the cell of each; None: it is not counted."""

    one: str
    other: str
    why: PairReason
    one_cell: Cell | None
    other_cell: Cell | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many children there are of each cell, and which of them may be one child.

    `population` is how many were linked in all.
    """

    cells: Mapping[Cell, int]
    doubts: Sequence[Doubt]
    population: int
    # Every figure is of the same whole, and many a part is asked for twice.
    _known: dict[frozenset[Cell], Count] = field(default_factory=dict, init=False, compare=False)

    def where(self, cells: Iterable[Cell]) -> Count:
        """How many children these cells hold: at least, as counted, and at most."""
        wanted = frozenset(cells)
        if wanted not in self._known:
            self._known[wanted] = self._counted(wanted)
        return self._known[wanted]

    def _counted(self, wanted: frozenset[Cell]) -> Count:
        counted = sum(many for cell, many in self.cells.items() if cell in wanted)
        pairs = [
            UnderReview(
                doubt.one,
                doubt.other,
                doubt.why,
                doubt.one_cell in wanted,
                doubt.other_cell in wanted,
            )
            for doubt in self.doubts
            if doubt.one_cell in wanted or doubt.other_cell in wanted
        ]
        return ranged(counted, pairs, self.population)
