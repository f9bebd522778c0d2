"""One role's people to clusters: candidates, weights, bands, clusters."""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.backend import score
from linkage.clusters import Clusters, cluster
from linkage.model.blocking import find_candidates
from linkage.model.siblings import HELD_APART, IN_DOUBT, NOT_PLAINLY_ONE
from linkage.model.thresholds import Bands

# Pairs that ended in one cluster without having been candidates: they are weighed too, so that
# brothers who met through a third record are seen, and every link can be explained.
_UNWEIGHED = """
CREATE OR REPLACE TEMP TABLE unweighed AS
SELECT 'cluster' AS match_key, l.person AS join_key_l, r.person AS join_key_r
FROM clustered l JOIN clustered r ON l.cluster = r.cluster AND l.person < r.person
ANTI JOIN candidates ON candidates.join_key_l = l.person AND candidates.join_key_r = r.person
"""

# Plain names first, however heavy the rest: a boy whose paper has his twin's A-number and his own
# name misspelt has found himself by then, and his twin is refused.
_LINKS = """
SELECT join_key_l, join_key_r FROM weighed
WHERE match_weight >= $link AND NOT held_apart AND NOT in_doubt
ORDER BY not_plainly_one, match_weight DESC, join_key_l, join_key_r
"""

# Only where links might bring the two together: most pairs held apart never meet, and all of them
# in Python took more memory than the rest of a run.
_APART = """
SELECT join_key_l, join_key_r FROM weighed
JOIN linked_at_all l ON l.person = join_key_l
JOIN linked_at_all r ON r.person = join_key_r AND r.component = l.component
WHERE held_apart OR match_weight < $firmly_apart
ORDER BY ALL
"""

# Rows of a statement that are in Python at a time.
_ROWS = 50_000

_WEIGH = """
SELECT join_key_l, join_key_r, match_weight, match_probability, {held_apart} AS held_apart,
    {in_doubt} AS in_doubt, {not_plainly_one} AS not_plainly_one
FROM scored JOIN {people} l ON l.person = join_key_l JOIN {people} r ON r.person = join_key_r
"""

# A chain this long has never been seen; the bound keeps a bad model from running for ever.
_ROUNDS = 4


@dataclass(frozen=True)
class Matched:
    """Counts of one role's matching; the tables `weighed` and `clustered` hold the rest."""

    candidates: int
    linked: int
    refused: int


def match(
    connection: DuckDBPyConnection,
    people: str,
    rules: dict[str, str],
    model: dict[str, Any],
    bands: Bands,
) -> Matched:
    """Make `weighed` and `clustered(person, cluster)` for the people table named.

    `weighed` has every pair compared: its weight, and whether the two are held apart or in doubt.
    """
    candidates = find_candidates(connection, people, rules)
    score(connection, model, people, "candidates", "scored")
    weigh = _WEIGH.format(
        held_apart=HELD_APART, in_doubt=IN_DOUBT, not_plainly_one=NOT_PLAINLY_ONE, people=people
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE weighed AS {weigh}")
    clusters = _cluster(connection, people, bands)
    for _ in range(_ROUNDS):
        connection.execute(_UNWEIGHED)
        more = connection.execute("SELECT count(*) FROM unweighed").fetchall()[0][0]
        if not more:
            break
        score(connection, model, people, "unweighed", "scored")
        connection.execute(f"INSERT INTO weighed {weigh}")
        connection.execute("INSERT INTO candidates SELECT * FROM unweighed")
        clusters = _cluster(connection, people, bands)
    linked = connection.execute(
        "SELECT count(*) FROM weighed"
        " WHERE match_weight >= $link AND NOT held_apart AND NOT in_doubt",
        {"link": bands.link},
    ).fetchall()[0][0]
    return Matched(candidates, linked, len(clusters.refused))


def _cluster(connection: DuckDBPyConnection, people: str, bands: Bands) -> Clusters:
    link = {"link": bands.link}
    _keep(
        connection,
        people,
        "linked_at_all",
        "component",
        cluster(_rows(connection, _LINKS, link), ()),
    )
    apart = connection.execute(_APART, {"firmly_apart": bands.firmly_apart}).fetchall()
    clusters = cluster(_rows(connection, _LINKS, link), apart)
    _keep(connection, people, "clustered", "cluster", clusters)
    return clusters


def _rows(
    connection: DuckDBPyConnection, statement: str, values: dict[str, float]
) -> Iterator[tuple[int, int]]:
    connection.execute(statement, values)
    while rows := connection.fetchmany(_ROWS):
        yield from rows


def _keep(
    connection: DuckDBPyConnection, people: str, table: str, column: str, clusters: Clusters
) -> None:
    everyone = [row[0] for row in connection.execute(f"SELECT person FROM {people}").fetchall()]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS"
        f" SELECT unnest($people) AS person, unnest($clusters) AS {column}",
        {"people": everyone, "clusters": [clusters.of(person) for person in everyone]},
    )
