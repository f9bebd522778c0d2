"""The tables, what each counts, and how they hang together.

Two populations, each a tree of counts: children released (by year, and each year by state and by
country), and children who failed to appear (by year and then court, and by age group and then sex).
Whatever is shared is shared there once, so that `hiding` sees all that an attacker could compare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.figures.counting import FAILED, RELEASED, Cells
from graph.figures.hiding import Group, Key, Shown, Told
from graph.vocabulary.agencies import Source
from graph.vocabulary.figures import NOT_STATED, Dimension, FigureTable

METHOD: Final = (
    "No count is told exactly: each stands as a range that holds it, drawn so that no other figure,"
    " here or on another day, narrows it to fewer than eleven values. Cells of fewer than eleven"
    " children are always suppressed (0 to 20), and some larger ones with them. Each child is"
    " counted once, at her first event. The threshold is a design choice after the usual practice"
    " with health data. See graph/figures/hiding.py."
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the family: `dimensions` from the coarser to the finer."""

    kind: FigureTable
    population: str
    dimensions: tuple[Dimension, Dimension]
    definition: str
    sources: tuple[Source, ...]


_RELEASED_WHEN: Final = (
    "Children by the federal fiscal year of the first release that any paper tells of, and"
)
_FAILED_WHEN: Final = (
    "Children of whom some source says that they failed to appear at a hearing, at the first such"
    " hearing: by"
)
_RELEASES: Final = (Source.ORR, Source.VOR)
_COURTS: Final = (Source.EOIR, Source.PLANET, Source.LOCAL_WORKSHEET)

TABLES: Final = (
    Table(
        FigureTable.RELEASED_BY_YEAR_AND_STATE,
        "released",
        (Dimension.FISCAL_YEAR, Dimension.STATE),
        f"{_RELEASED_WHEN} the state of the address that this paper gives.",
        _RELEASES,
    ),
    Table(
        FigureTable.RELEASED_BY_YEAR_AND_COUNTRY,
        "released",
        (Dimension.FISCAL_YEAR, Dimension.COUNTRY_OF_BIRTH),
        f"{_RELEASED_WHEN} the country of birth that most papers give.",
        (*_RELEASES, Source.EARM, Source.EOIR),
    ),
    Table(
        FigureTable.FAILED_TO_APPEAR_BY_YEAR_AND_COURT,
        "failed",
        (Dimension.FISCAL_YEAR, Dimension.COURT),
        f"{_FAILED_WHEN} its federal fiscal year and court. An order in absentia by itself is not"
        " counted.",
        _COURTS,
    ),
    Table(
        FigureTable.FAILED_TO_APPEAR_BY_AGE_AND_SEX,
        "failed",
        (Dimension.AGE_GROUP, Dimension.SEX),
        f"{_FAILED_WHEN} her age that day and her sex. An order in absentia by itself is not"
        " counted.",
        _COURTS,
    ),
)
_DIMENSIONS: Final = {"released": RELEASED, "failed": FAILED}


def family(
    cells: Mapping[str, Cells], known: Iterable[Key] = ()
) -> tuple[dict[Key, int], list[Group]]:
    """Every count of the family, and what sums to what, parts before wholes.

    `cells` by population. Whatever was ever counted (`known`) stays in the tables, as nobody.
    """
    counts: dict[Key, int] = {(population,): 0 for population in cells}
    listed = [*known]
    inner: list[Group] = []
    outer: dict[tuple[str, Dimension], Group] = {}
    for table in TABLES:
        values = _values(table, cells[table.population], listed)
        coarse, fine = table.dimensions
        wholes = [(table.population, coarse, value) for value in values[0]]
        for whole in wholes:
            parts = tuple((*whole, fine, value) for value in values[1])
            counts |= dict.fromkeys((whole, *parts), 0)
            inner.append(Group(whole, parts))
        outer[table.population, coarse] = Group((table.population,), tuple(wholes))
    for table in TABLES:
        _count(counts, table, cells[table.population])
    for population, of_it in cells.items():
        counts[population,] = sum(of_it.values())
    return counts, [*inner, *outer.values()]


def _values(table: Table, cells: Cells, listed: list[Key]) -> tuple[list[str], list[str]]:
    """The values of either dimension in any cell, now or ever: by themselves, not by how many."""
    every = _DIMENSIONS[table.population]
    coarse, fine = table.dimensions
    places = every.index(coarse), every.index(fine)
    # Always listed: where one place has all, it could not be told beside its whole.
    found = [{NOT_STATED, *(cell[place] for cell in cells)} for place in places]
    for key in listed:
        if key[:2] == (table.population, coarse):
            found[0].add(key[2])
            if key[3:4] == (fine,):
                found[1].add(key[4])
    return sorted(found[0]), sorted(found[1])


def _count(counts: dict[Key, int], table: Table, cells: Cells) -> None:
    every = _DIMENSIONS[table.population]
    coarse, fine = table.dimensions
    # Both tables of releases divide the same years, which are counted once.
    totals: dict[Key, int] = {}
    for cell, children in cells.items():
        whole = (table.population, coarse, cell[every.index(coarse)])
        part = (*whole, fine, cell[every.index(fine)])
        for key in (whole, part):
            totals[key] = totals.get(key, 0) + children
    counts |= totals


def figures(table: Table, told: Told) -> list[dict[str, Any]]:
    """The rows of a table: the whole first, then each part with its own parts."""
    root = (table.population,)
    coarse, fine = table.dimensions
    rows = [_row((), told.shown.get(root), told.shown.get(root))]
    for key in sorted(key for key in told.shown if key[:2] == (root[0], coarse)):
        if len(key) == 3 or key[3] == fine:  # noqa: PLR2004 - population, dimension, value
            of = tuple(zip(key[1::2], key[2::2], strict=True))
            rows.append(_row(of, told.shown[key], told.shown.get(key[:-2])))
    return [row for row in rows if row]


def _row(
    of: tuple[tuple[str, str], ...], counted: Shown | None, among: Shown | None
) -> dict[str, Any]:
    """A figure; nothing where the count is left out, a null denominator where its whole is."""
    if counted is None:
        return {}
    return {
        "of": [list(one) for one in of],
        "numerator": [counted.low, counted.high],
        "denominator": among and [among.low, among.high],
    }
