"""Whether the range of a count holds the truth, on worlds from which no share was measured.

    python -m tests.benchmarks.coverage [--children 300] [--seeds 1001 … ]

For each seed a world at noise 1 and one at noise 2 (times every error rate), linked without a
graph. In each, two kinds of counts: the children with a hearing that some source says they failed
to appear at, and, for every address where linkage has two children or more, the children said to
live there. Each is compared with how many children those same records are about. The doubtful
ones, with a pair under review, are also told alone: the others have one figure for a range. Exits
with 1 where fewer than 95 % of the ranges of a kind hold the truth.

All children of a world are told too, though nobody can ask for that count and no bar stands
against it: it shows what pairs that nobody sees (graph/uncertainty.py) come to in a large count.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection

from graph.uncertainty import COVERED, CountRange, UnderReview, count_range
from graph.vocabulary.evidence import PairReason
from linkage.demo import generate
from linkage.facts import state_facts
from linkage.intake.ingest import ingest
from linkage.link import link
from linkage.workings import open_workings

SEEDS = tuple(range(1001, 1021))
NOISES = (1.0, 2.0)

FAILED, AT_HOME, ALL = "failed to appear", "at an address", "all children"

# A court's row is about whom its case is about.
_ABOUT = """
CREATE OR REPLACE TEMP TABLE about AS
WITH told AS (
    SELECT concat_ws('/', source, "table", record_id) AS record_key, person_id
    FROM read_csv($truth, header = true, all_varchar = true) WHERE role = 'CHILD'
)
FROM told UNION
SELECT followers.record_key, person_id FROM followers JOIN told ON told.record_key = case_key
"""

# Which records make which children part of which count.
_COUNTED = """
CREATE OR REPLACE TEMP TABLE counted AS
SELECT $failed AS kind, '' AS what, child, person_id
FROM hearings_reported JOIN about USING (record_key) WHERE appearance = 'FAILED_TO_APPEAR'
UNION SELECT $at_home, address_id, identity_id, person_id
FROM places JOIN identities USING (record_key, role) JOIN about USING (record_key)
WHERE role = 'CHILD'
UNION SELECT $all, '', identity_id, person_id
FROM identities JOIN about USING (record_key) WHERE role = 'CHILD'
"""

_TIES = """
CREATE OR REPLACE TEMP TABLE ties AS
SELECT DISTINCT l.identity_id AS one, r.identity_id AS other, why
FROM pairs JOIN identities l ON l.record_key = left_key AND l.role = pairs.role
JOIN identities r ON r.record_key = right_key AND r.role = pairs.role
WHERE pairs.role = 'CHILD' AND (decision = 'REVIEW' OR why = 'JUDGED_DIFFERENT')
"""

_POPULATION = "SELECT count(DISTINCT identity_id) FROM identities WHERE role = 'CHILD'"

_SETS = """
SELECT kind, list(DISTINCT child), count(DISTINCT person_id) FROM counted GROUP BY kind, what
HAVING kind <> $at_home OR count(DISTINCT child) > 1 ORDER BY kind, what
"""


@dataclass(frozen=True)
class Held:
    """One count of one world: its range and the truth."""

    noise: float
    kind: str
    found: CountRange
    truth: int

    @property
    def holds(self) -> bool:
        return self.found.low <= self.truth <= self.found.high


def counts(children: int, seed: int, noise: float, home: Path) -> list[Held]:
    """The counts of one world, made in the folder `home`."""
    made = generate(children, seed, home, noise=noise)
    ingest(home, [made.deliveries])
    with open_workings(home / "linked.duckdb") as connection:
        link(connection, home)
        state_facts(connection)
        connection.execute(_ABOUT, {"truth": str(made.truth / "truth.csv")})
        connection.execute(_COUNTED, {"failed": FAILED, "at_home": AT_HOME, "all": ALL})
        connection.execute(_TIES)
        return list(_compared(connection, noise))


def _compared(connection: DuckDBPyConnection, noise: float) -> Iterator[Held]:
    ties = connection.execute("FROM ties").fetchall()
    population = connection.execute(_POPULATION).fetchall()[0][0]
    for kind, listed, truth in connection.execute(_SETS, {"at_home": AT_HOME}).fetchall():
        among = set(listed)
        pairs = [
            UnderReview(one, other, PairReason(why), one in among, other in among)
            for one, other, why in ties
            if one in among or other in among
        ]
        yield Held(noise, kind, count_range(len(among), pairs, population), truth)


def share_held(found: Iterable[Held]) -> float:
    """Of these counts, how many have the truth in their range; 1 of none."""
    held = [one.holds for one in found]
    return sum(held) / len(held) if held else 1.0


def _told(name: str, found: list[Held]) -> str:
    if not found:
        return f"{name:<36}{'none':>6}"
    held = sum(one.holds for one in found)
    width = sum(one.found.high - one.found.low for one in found) / len(found)
    exact = sum(one.found.counted == one.truth for one in found)
    return (
        f"{name:<36}{held:>6} of {len(found):<6}{share_held(found):>8.1%}{width:>8.2f}{exact:>10}"
    )


def report(found: list[Held]) -> str:
    """The table: a line for each kind of count and of world."""
    lines = [f"{'':<36}{'truth in the range':>18}{'':>6}{'width':>8}{'counted':>10}"]
    for noise in sorted({one.noise for one in found}):
        lines.append(f"noise {noise:g}")
        for kind in (FAILED, AT_HOME, ALL):
            some = [one for one in found if (one.noise, one.kind) == (noise, kind)]
            lines.append(_told(f"  {kind}", some))
            lines.append(_told("    in doubt", [one for one in some if one.found.under_review]))
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=300)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    asked = parser.parse_args(arguments)
    found: list[Held] = []
    for seed in asked.seeds:
        for noise in NOISES:
            print(f"seed {seed}, noise {noise:g}", file=sys.stderr)
            with TemporaryDirectory() as home:
                found += counts(asked.children, seed, noise, Path(home))
    print(report(found))
    shares = [share_held(one for one in found if one.kind == kind) for kind in (FAILED, AT_HOME)]
    return int(min(shares) < COVERED)


if __name__ == "__main__":
    raise SystemExit(main())
