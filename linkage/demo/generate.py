"""`generate`: a world of so many children, on disk."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from linkage.demo.agencies import AGENCIES, Agency
from linkage.demo.answers import write_families, write_hubs
from linkage.demo.census import count
from linkage.demo.delivery import Answers, write_manifest, write_table
from linkage.demo.figures import Figures, figures_for
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.sheet import Sheet
from linkage.demo.population.people import Population
from linkage.demo.population.world import populate

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was made. `figures` is counted from the truth, not copied from what was asked."""

    figures: Figures
    records: dict[str, int]  # {table: rows}
    deliveries: Path
    truth: Path


def generate(
    children: int,
    seed: int,
    out: Path,
    *,
    noise: float = 1.0,
    hide_a_numbers: float = 0.0,
    progress: Progress | None = None,
) -> DemoSummary:
    """Writes `out/deliveries` (FORMATS.md) and `out/truth`; the same arguments, the same bytes.

    `noise` multiplies every error rate (0.5, 1 and 2 are usual); `hide_a_numbers` is the share of
    records whose A-number is blanked on top of that.
    """
    say = progress or (lambda _: None)
    say(f"A population of {children:,} children")
    population = populate(figures_for(children), seed)
    deliveries, truth = out / "deliveries", out / "truth"
    deliveries.mkdir(parents=True, exist_ok=True)
    records: dict[str, int] = {}
    with Answers(truth) as answers:
        for agency in AGENCIES:
            say(f"The papers of {agency.source}")
            rng = Random(f"{seed}/{agency.source}")  # noqa: S311 - a made-up world, no secret
            clerk = agency.clerk(rng, noise, hide_a_numbers)
            records |= _write(agency, population, clerk, deliveries, answers)
    write_manifest(deliveries, [agency.manifest() for agency in AGENCIES])
    write_families(truth, population)
    write_hubs(truth, population)
    return DemoSummary(count(population), records, deliveries, truth)


def _write(
    agency: Agency, population: Population, clerk: Clerk, folder: Path, answers: Answers
) -> dict[str, int]:
    tables: defaultdict[str, list[Sheet]] = defaultdict(list)
    for table, sheet in agency.papers(clerk).pages(population):
        tables[table].append(sheet)
    for table, (file, columns) in agency.tables.items():
        write_table(folder / file, columns, tables[table], clerk.rng)
        for sheet in tables[table]:
            answers.note(agency.source, table, sheet.cells[0], sheet.about)
    return {table: len(tables[table]) for table in agency.tables}
