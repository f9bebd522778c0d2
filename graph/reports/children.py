"""Counting every child once: what is shared by reports that do, and transfers by year (P1)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graph.reports.figure import Cell, Counted, Doubt, Figure, Of, Report
from graph.vocabulary.agencies import Source
from graph.vocabulary.evidence import PairReason
from graph.vocabulary.reports import ReportDimension, ReportKind, Unit

_TRANSFERRED: Final = (
    "Children whom ICE's EARM says were transferred to ORR by that day, in the fiscal year (from 1"
    " October of the year before) of the first day of transfer that it gives."
)
_TABLE_1: Final = (
    "Table 1 (S2:71) is titled “transferred to ORR” and its column “released to ORR”: this counts"
    " transfers."
)


def _frozen(cell: Any) -> Any:
    return tuple(map(_frozen, cell)) if isinstance(cell, list) else cell


def counted_of(
    cells: Iterable[Sequence[Any]], doubts: Iterable[Sequence[Any]], population: int
) -> Counted:
    """What `graph.shapes.counting` read."""
    return Counted(
        {_frozen(cell): many for cell, many in cells},
        [
            Doubt(one, other, PairReason(why), _frozen(one_cell), _frozen(other_cell))
            for one, other, why, one_cell, other_cell in doubts
        ],
        population,
    )


@dataclass(frozen=True, slots=True)
class Children:
    """Figures of the children that were counted on a day."""

    found: Counted
    as_of: date
    sources: Sequence[Source]

    def figure(
        self,
        name: str,
        of: Sequence[Of],
        some: Iterable[Cell],
        among: Collection[Cell],
        definition: str,
    ) -> Figure:
        """Those of `some` cells, of those of `among`."""
        few, all_of_them = self.found.where(some), self.found.where(among)
        return Figure(
            name, of, Unit.CHILDREN, few, all_of_them, self.as_of, definition, [*self.sources]
        )


def transfers(as_of: date, cells: Sequence[Any], doubts: Sequence[Any], population: int) -> Report:
    """Children transferred to ORR, by fiscal year: Table 1 of S2."""
    counted = Children(counted_of(cells, doubts, population), as_of, (Source.EARM,))
    years = sorted(counted.found.cells)
    figures = [
        counted.figure(
            f"FY {year[0]}",
            [Of(ReportDimension.FISCAL_YEAR, str(year[0]))],
            [year],
            years,
            _TRANSFERRED,
        )
        for year in years
    ]
    total = counted.figure("Total", [], years, years, _TRANSFERRED)
    title = "Children transferred to ORR, by fiscal year"
    return Report(ReportKind.TRANSFERS, title, as_of, [*figures, total], [_TABLE_1])
