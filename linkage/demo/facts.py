"""The small tables of counts in `tables/`; its README says where each comes from."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linkage.demo.chance import Weighted

_FOLDER = Path(__file__).parent / "tables"
# The public file ends in May 2023, and May is a part month: A: the rest of FY2023 is level.
_PART_YEAR, _LAST_FULL_MONTHS, _MONTHS_MISSING = 2023, (2, 3, 4), (5, 6, 7, 8, 9)


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """A real city with some of its real ZIPs, and ICE's area of responsibility it lies in."""

    state: str
    city: str
    office: str
    zips: tuple[str, ...]


def _rows(table: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{table}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _weighted_by(key: str, table: str, value: str) -> dict[str, Weighted[str]]:
    found: defaultdict[str, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
    for row in _rows(table):
        found[row[key]][0].append(row[value])
        found[row[key]][1].append(int(row["children"]))
    return {name: Weighted(*pair) for name, pair in found.items()}


@cache
def states_by_year() -> dict[int, dict[str, int]]:
    """{fiscal year: {state: children}}."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in _rows("states"):
        found[int(row["fiscal_year"])][row["state"]] = int(row["children"])
    return found


@cache
def months_by_year() -> dict[int, Weighted[int]]:
    """{fiscal year: its calendar months, by children who entered}."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in _rows("months"):
        found[int(row["fiscal_year"])][int(row["month"])] = int(row["children"])
    last = found[_PART_YEAR]
    level = sum(last[month] for month in _LAST_FULL_MONTHS) // len(_LAST_FULL_MONTHS)
    last.update(dict.fromkeys(_MONTHS_MISSING, level))
    return {year: Weighted(list(months), list(months.values())) for year, months in found.items()}


@cache
def children_by_year() -> dict[int, Weighted[tuple[str, str, str]]]:
    """{fiscal year: (country, sex, sponsor category), by children}."""
    found: defaultdict[int, tuple[list[tuple[str, str, str]], list[int]]] = defaultdict(
        lambda: ([], [])
    )
    for row in _rows("children"):
        kinds, counts = found[int(row["fiscal_year"])]
        kinds.append((row["country"], row["sex"], row["category"]))
        counts.append(int(row["children"]))
    return {year: Weighted(*pair) for year, pair in found.items()}


@cache
def relationships_by_category() -> dict[str, Weighted[str]]:
    """{sponsor category: the labels as ORR spells them, by children}."""
    return _weighted_by("category", "relationships", "label")


@cache
def towns_by_state() -> dict[str, Weighted[Town]]:
    """{state: its towns, by children released there}."""
    found: defaultdict[str, tuple[list[Town], list[int]]] = defaultdict(lambda: ([], []))
    for row in _rows("towns"):
        towns, counts = found[row["state"]]
        towns.append(Town(row["state"], row["city"], row["office"], tuple(row["zips"].split())))
        counts.append(int(row["children"]))
    return {state: Weighted(*pair) for state, pair in found.items()}


@cache
def states_of_office(office: str) -> frozenset[str]:
    """The states that lie in an office's area of responsibility, whole or in part."""
    return frozenset(row["state"] for row in _rows("towns") if row["office"] == office)


@cache
def courts() -> dict[tuple[str, str], tuple[str, str]]:
    """{(state or '', office): (EOIR base city, docket)}; a state's own line goes first."""
    return {(r["state"], r["office"]): (r["base_city"], r["docket"]) for r in _rows("courts")}


@cache
def surnames() -> Weighted[str]:
    rows = _rows("surnames")
    return Weighted([row["name"] for row in rows], [int(row["weight"]) for row in rows])


@cache
def given_names() -> dict[str, Weighted[str]]:
    """{'F' or 'M': names, by bearers of that sex}."""
    rows = _rows("given_names")
    names = [row["name"] for row in rows]
    return {
        "F": Weighted(names, [int(row["female"]) for row in rows]),
        "M": Weighted(names, [int(row["male"]) for row in rows]),
    }


@cache
def other_names() -> dict[tuple[str, str], Weighted[str]]:
    """{(culture, SURNAME | FEMALE | MALE): names}."""
    found: defaultdict[tuple[str, str], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
    for row in _rows("other_names"):
        found[row["culture"], row["kind"]][0].append(row["name"])
        found[row["culture"], row["kind"]][1].append(int(row["weight"]))
    return {key: Weighted(*pair) for key, pair in found.items()}


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in _rows("nicknames"):
        found[row["name"]] += (row["nickname"],)
    return dict(found)
