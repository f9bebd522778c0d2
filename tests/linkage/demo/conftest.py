"""Two small worlds, made once: `world` to read in every way, `hundredth` for the exact figures."""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from linkage.demo import DemoSummary, generate
from linkage.demo.figures import figures_for
from linkage.demo.population.people import Population
from linkage.demo.population.world import populate

Row = dict[str, str]


def rows_of(file: Path) -> list[Row]:
    if file.suffix == ".gz":
        text = gzip.decompress(file.read_bytes()).decode()
        return list(csv.DictReader(text.splitlines()))
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass
class World:
    """A made-up world on disk, and how to read it."""

    folder: Path
    summary: DemoSummary
    _read: dict[str, list[Row]] = field(default_factory=dict)
    _truths: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def table(self, name: str) -> list[Row]:
        if name not in self._read:
            file = "planet.csv.gz" if name == "planet" else f"{name}.csv"
            self._read[name] = rows_of(self.summary.deliveries / file)
        return self._read[name]

    def truth(self, table: str, role: str = "CHILD", *, of: str = "person_id") -> dict[str, str]:
        """{record id: person, or the address written}."""
        if (of,) not in self._truths:
            file = "truth.csv" if of == "person_id" else "truth_addresses.csv"
            for row in rows_of(self.summary.truth / file):
                key = of, row["table"], row["role"]
                self._truths.setdefault(key, {})[row["record_id"]] = row[of]
            self._truths[of,] = {}
        return self._truths[of, table, role]

    def by_child(self, table: str, key: str = "record_id") -> dict[str, list[Row]]:
        people, found = self.truth(table), defaultdict(list)
        for row in self.table(table):
            found[people[row[key]]].append(row)
        return found


def a_world(folder: Path, children: int, **wishes) -> World:
    return World(folder, generate(children, seed=3, out=folder, **wishes))


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> World:
    return a_world(tmp_path_factory.mktemp("world"), 1_500)


@pytest.fixture(scope="session")
def hundredth(tmp_path_factory) -> World:
    return a_world(tmp_path_factory.mktemp("hundredth"), 4_488)


@pytest.fixture(scope="session")
def population() -> Population:
    return populate(figures_for(4_488), seed=3)
