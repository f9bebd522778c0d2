"""How right the identities are on worlds that nobody trained on or chose a threshold by.

    python -m tests.benchmarks.accuracy [--children 4488] [--seeds 201 202 203]

For each seed a world at noise 0.5, 1 and 2 (times every error rate), and one at noise 1 with 60 %
of A-numbers hidden. On each: pairwise precision, recall and F1 and B-cubed F1 of children; F1 of
sponsors and of addresses; identities that hold two children of one family. Beside it, on the same
cleaned rows in the same run, the join by A-number and Splink with its library's defaults. Then,
the seeds taken together, by pair of tables and by group. Exits with 1 where a bar is missed.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from linkage.demo import generate
from linkage.evaluate import Evaluation, evaluate, evaluate_run
from linkage.intake.ingest import ingest
from linkage.link import link
from linkage.quoting import file_literal
from linkage.workings import open_workings
from tests.benchmarks.accuracy_rows import OURS, Kind, Row, told_of
from tests.benchmarks.accuracy_tables import by_part, by_world
from tests.benchmarks.rivals import join_by_a_number, splink_by_default

SEEDS = (201, 202, 203)
KINDS: tuple[Kind, ...] = ((0.5, 0.0), (1.0, 0.0), (2.0, 0.0), (1.0, 0.6))
RIVALS = {"join by A-number": join_by_a_number, "Splink's defaults": splink_by_default}


_RIVAL_IDENTITIES = """
COPY (SELECT source, "table", record_id, role, cluster AS identity_id
      FROM rival JOIN (FROM people WHERE role = 'CHILD') USING (record_key)) TO {file} (HEADER)
"""


def measure(children: int, seed: int, kind: Kind, home: Path) -> list[Row]:
    """One world, made in the folder `home`, linked in each of the ways."""
    noise, hidden = kind
    made = generate(children, seed, home, noise=noise, hide_a_numbers=hidden)
    ingest(home, [made.deliveries])
    linked = home / "linked.duckdb"
    with open_workings(linked) as connection:
        link(connection, home)
    rows = [Row(seed, kind, OURS, evaluate_run(linked, made.truth))]
    with duckdb.connect(str(linked)) as connection:
        connection.execute(f"COPY people TO {file_literal(home / 'people.parquet')}")
        for how, rival in RIVALS.items():
            rows.append(Row(seed, kind, how, _rival(connection, rival, home, made.truth)))
    return rows


def _rival(
    connection: DuckDBPyConnection,
    rival: Callable[[DuckDBPyConnection], None],
    home: Path,
    truth: Path,
) -> Evaluation:
    rival(connection)
    identities = home / "rival.csv"
    connection.execute(_RIVAL_IDENTITIES.format(file=file_literal(identities)))
    return evaluate(identities, truth, people=home / "people.parquet")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=4488)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    asked = parser.parse_args(arguments)
    rows: list[Row] = []
    for kind in KINDS:
        for seed in asked.seeds:
            print(f"{told_of(kind)}, seed {seed}", file=sys.stderr)
            with TemporaryDirectory() as home:
                rows += measure(asked.children, seed, kind, Path(home))
    print(by_world(rows), end="\n\n")
    print(by_part(rows, lambda found: found.by_table_pair, "pair of tables"), end="\n\n")
    print(by_part(rows, lambda found: found.by_group, "group"), end="\n\n")
    misses = [miss for row in rows if row.how == OURS for miss in row.misses()]
    print("\n".join(misses) or "No figure is under its bar.")
    return 1 if misses else 0


if __name__ == "__main__":
    raise SystemExit(main())
