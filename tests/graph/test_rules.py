"""RULES.md says what the data say, cell by cell: whoever reads the page has read the rules."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import graph.sharing
from graph.shapes.evidence import CLASS_OF_TABLE
from graph.sharing.policy import PROVISIONS, ROLES, policy
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Category, Outcome, ViewerRole

PAGE = Path(graph.sharing.__file__).with_name("RULES.md").read_text("utf-8")
LETTERS = {
    "A": Outcome.ALLOW,
    "N": Outcome.AUDIT,
    "R": Outcome.REDACT,
    "H": Outcome.HIDE,
    "E": Outcome.ERROR,
}
# What a cell of the classes' table says, as the days on which the class is open.
SAID = {
    "open": lambda _day: True,
    "closed": lambda _day: False,
    "2018–2020": lambda day: date(2018, 1, 1) <= day < date(2021, 1, 1),
    "from 2023-12-21": lambda day: day >= date(2023, 12, 21),
}
CHANGES = [
    *(one.begins for one in PROVISIONS.values()),
    *(one.until for one in PROVISIONS.values() if one.until),
]
DAYS = [
    *(day + timedelta(days=shift) for day in CHANGES for shift in (-1, 0, 1)),
    *(date.min, date.max, date(2020, 2, 29), date(2024, 2, 29), date(2026, 11, 22)),
]


def table(first: str) -> Iterator[dict[str, str]]:
    """The rows of the table whose header begins with these words."""
    lines = iter(PAGE.splitlines())
    header = next(line for line in lines if line.startswith(f"| {first} "))
    names = cells(header)
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield dict(zip(names, cells(line), strict=True))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def test_who_may_ask_to_what_end_is_as_written():
    rows = {row["role"]: row for row in table("role | of")}
    assert set(rows) == set(ViewerRole)
    for role, rules in ROLES.items():
        assert rows[role]["of"] == rules.of
        assert rows[role]["purposes"] == ", ".join(rules.purposes)
        assert rows[role]["scope"] == rules.scope


def test_every_cell_of_category_and_role_is_as_written():
    rows = list(table("category | ORR_TRIAGE |"))
    assert [row["category"] for row in rows] == list(Category)
    for row in rows:
        for role, rules in ROLES.items():
            assert LETTERS[row[role]] is rules.gate.outcomes[Category(row["category"])]


def test_every_category_is_explained():
    assert [row["category"] for row in table("category | what it is")] == list(Category)


@pytest.mark.parametrize("day", sorted(set(DAYS)), ids=str)
def test_every_cell_of_class_and_role_is_as_written_on_the_day(day):
    rows = {row["role"]: row for row in table("role | COURT")}
    assert set(rows) == set(ViewerRole)
    for role in ViewerRole:
        for of in SharingClass:
            is_open = policy(day).standings[role][of].open
            assert is_open is SAID[rows[role][of]](day), f"{role}, {of}"


def test_the_tables_of_each_class_are_as_written():
    for row in table("class"):
        tables = {one for one, of in CLASS_OF_TABLE.items() if of == row["class"]}
        if row["class"] != SharingClass.SPONSOR_VETTING:
            assert set(row["tables"].split(", ")) == tables


def test_every_provision_is_on_the_page_in_its_words_with_its_day_and_citation():
    rows = {row["provision"]: row for row in table("provision")}
    assert set(rows) == set(PROVISIONS)
    for one in PROVISIONS.values():
        row = rows[one.id]
        assert row["words"] == f'"{one.words}" {one.citation}'
        assert row["effect"].split()[0] == one.effect
        assert set(re.findall(r"[a-z0-9-]+/[a-z-]+", row["effect"])) == set(one.about)
        assert one.begins_precision in row["in force"]
        assert str(one.begins.year) in row["in force"]
        assert (" to " in row["in force"]) is (one.until is not None)
        classes, _, agencies = row["class → agencies"].partition(" → ")
        assert {*classes.split(", ")} - {"none"} == one.classes
        assert {*agencies.split(", ")} - {""} == one.to
