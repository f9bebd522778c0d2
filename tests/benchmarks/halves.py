"""Learn from half of the people, report on the other: the same table for each foreign data set.

`people` has `person` (integer), `truth`, `source` and `half` (0 or 1, the same for all records of
a person) beside what its schema compares.
"""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from linkage.measures import BCubed, by_group
from tests.benchmarks.figures import figure
from tests.benchmarks.foreign import (
    Found,
    Learnt,
    Schema,
    best_threshold,
    found_at,
    learn,
    weigh,
)

HEADER = ("linked", "records", "candidates hold", "threshold", "P", "R", "F1", "B³",
          "oracle's threshold", "oracle's F1")  # fmt: skip

# Whoever was not learnt from, among everybody: a pair counts when one of its records is theirs.
_UNSEEN = """
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT 'unseen' AS group_name, person::VARCHAR AS member FROM people WHERE half = 1
"""

_B_CUBED_OF_UNSEEN = """
WITH judged_too AS (
    SELECT judged.*, grouped.member IS NOT NULL AS unseen FROM judged LEFT JOIN grouped USING (member)
), cell AS (
    SELECT person_id, identity_id, count(*) AS n, count(*) FILTER (unseen) AS asked
    FROM judged_too GROUP BY ALL
), sized AS (
    SELECT n, asked, sum(n) OVER (PARTITION BY identity_id) AS of_identity,
        sum(n) OVER (PARTITION BY person_id) AS of_person
    FROM cell
)
SELECT sum(asked * n / of_identity) / sum(asked), sum(asked * n / of_person) / sum(asked) FROM sized
"""


@dataclass(frozen=True)
class Report:
    """The table's lines, and the least figures in them (of people not learnt from)."""

    lines: list[list[str]]
    least_f1: float
    least_b_cubed: float


def report(connection: DuckDBPyConnection, schema: Schema) -> Report:
    """Each half by what the other taught, and the second half again in the midst of the first."""
    lines, found = [], []
    for half in (0, 1):
        connection.execute(f"CREATE OR REPLACE TABLE taught AS FROM people WHERE half <> {half}")
        connection.execute(f"CREATE OR REPLACE TABLE asked AS FROM people WHERE half = {half}")
        learnt = learn(connection, "taught", schema)
        weigh(connection, "asked", schema, learnt)
        found.append(found_at(connection, "asked", schema, learnt, learnt.link))
        best = best_threshold(connection, "asked", schema, learnt)
        oracle = found_at(connection, "asked", schema, learnt, best)
        told = f"half {half + 1}, learnt from half {2 - half}"
        lines.append(_line(connection, told, "asked", learnt, found[-1], (best, oracle)))
    found.append(_amid_all(connection, schema, learnt))
    told = "half 2 amid all, learnt from half 1"
    lines.append(_line(connection, told, "people", learnt, found[-1], None))
    return Report(
        lines, min(each.pairwise.f1 for each in found), min(each.b_cubed.f1 for each in found)
    )


def _amid_all(connection: DuckDBPyConnection, schema: Schema, learnt: Learnt) -> Found:
    weigh(connection, "people", schema, learnt)
    whole = found_at(connection, "people", schema, learnt, learnt.link)
    connection.execute(_UNSEEN)
    precision, recall = connection.execute(_B_CUBED_OF_UNSEEN).fetchall()[0]
    return Found(by_group(connection)["unseen"], BCubed(precision, recall), whole.candidates)


def _line(
    connection: DuckDBPyConnection,
    told: str,
    people: str,
    learnt: Learnt,
    found: Found,
    oracle: tuple[float, Found] | None,
) -> list[str]:
    records = connection.execute(f"SELECT count(*) FROM {people}").fetchall()[0][0]
    return [
        told,
        f"{records:,}",
        figure(found.candidates.recall),
        f"{learnt.link:g}",
        figure(found.pairwise.precision),
        figure(found.pairwise.recall),
        figure(found.pairwise.f1),
        figure(found.b_cubed.f1),
        f"{oracle[0]:g}" if oracle else "",
        figure(oracle[1].pairwise.f1) if oracle else "",
    ]
