"""`generate`: a world of so many children, on disk."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

from graph.errors import UsageError
from graph.progress import Progress, silent
from linkage.demo.agencies import AGENCIES, Agency
from linkage.demo.answers import write_families, write_hubs
from linkage.demo.census import count
from linkage.demo.delivery import Answers, write_manifest, write_table
from linkage.demo.figures import Figures, figures_for
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.sheet import Sheet
from linkage.demo.population.numbers import RANGE
from linkage.demo.population.people import Population
from linkage.demo.population.world import populate


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
    progress: Progress = silent,
) -> DemoSummary:
    """Writes `out/deliveries` (FORMATS.md) and `out/truth`; the same arguments, the same bytes.

    `noise` multiplies every error rate (0.5, 1 and 2 are usual); `hide_a_numbers` is the share of
    records whose A-number is blanked on top of that.

    Raises:
        UsageError: no such world can be made; the sentence says what is possible.
    """
    _possible(children, noise, hide_a_numbers)
    progress("people", 0, children)
    population = populate(figures_for(children), seed)
    progress("people", children, children)
    deliveries, truth = out / "deliveries", out / "truth"
    deliveries.mkdir(parents=True, exist_ok=True)
    records: Counter[str] = Counter()
    with Answers(truth) as answers:
        for nth, agency in enumerate(AGENCIES):
            progress("paperwork", nth, len(AGENCIES))
            rng = Random(f"{seed}/{agency.name or agency.source}")  # noqa: S311 - no secret
            clerk = agency.clerk(rng, noise, hide_a_numbers)
            records += _write(agency, population, clerk, deliveries, answers)
        progress("paperwork", len(AGENCIES), len(AGENCIES))
    write_manifest(deliveries, [agency.manifest() for agency in AGENCIES])
    write_families(truth, population)
    write_hubs(truth, population)
    return DemoSummary(count(population), dict(records), deliveries, truth)


def _possible(children: int, noise: float, hide_a_numbers: float) -> None:
    if not 1 <= children <= RANGE:
        raise UsageError(f"a world has between 1 and {RANGE:,} children: ask for so many")
    if noise < 0 or not 0 <= hide_a_numbers <= 1:
        raise UsageError("noise is 0 or more, and the share of A-numbers to hide is 0 to 1")


def _write(
    agency: Agency, population: Population, clerk: Clerk, folder: Path, answers: Answers
) -> Counter[str]:
    tables: defaultdict[str, list[Sheet]] = defaultdict(list)
    for table, sheet in agency.papers(clerk).pages(population):
        tables[table].append(sheet)
    for table, (file, columns) in agency.tables.items():
        write_table(folder / file, columns, tables[table], clerk.rng)
        for sheet in tables[table]:
            answers.note(agency.source, table, sheet.cells[0], sheet.about)
    return Counter({table: len(tables[table]) for table in agency.tables})
