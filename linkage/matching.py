"""One role's people to clusters: candidates, weights, bands, clusters."""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.backend import score
from linkage.clusters import Clusters, cluster
from linkage.model.blocking import find_candidates
from linkage.model.siblings import HELD_APART, IN_DOUBT
from linkage.model.thresholds import Bands

# Pairs that ended in one cluster without having been candidates: they are weighed too, so that
# brothers who met through a third record are seen, and every link can be explained.
_UNWEIGHED = """
CREATE OR REPLACE TEMP TABLE unweighed AS
SELECT 'cluster' AS match_key, l.person AS join_key_l, r.person AS join_key_r
FROM clustered l JOIN clustered r ON l.cluster = r.cluster AND l.person < r.person
ANTI JOIN candidates ON candidates.join_key_l = l.person AND candidates.join_key_r = r.person
"""

_LINKS = """
SELECT join_key_l, join_key_r FROM weighed
WHERE match_weight >= $link AND NOT held_apart AND NOT in_doubt
ORDER BY match_weight DESC, join_key_l, join_key_r
"""

_APART = """
SELECT join_key_l, join_key_r FROM weighed WHERE held_apart OR match_weight < $firmly_apart
ORDER BY ALL
"""

_WEIGH = """
SELECT join_key_l, join_key_r, match_weight, match_probability, {held_apart} AS held_apart,
    {in_doubt} AS in_doubt
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
    weigh = _WEIGH.format(held_apart=HELD_APART, in_doubt=IN_DOUBT, people=people)
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
    apart = connection.execute(_APART, {"firmly_apart": bands.firmly_apart}).fetchall()
    links = connection.execute(_LINKS, {"link": bands.link}).fetchall()
    clusters = cluster(links, apart)
    everyone = [row[0] for row in connection.execute(f"SELECT person FROM {people}").fetchall()]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE clustered AS"
        " SELECT unnest($people) AS person, unnest($clusters) AS cluster",
        {"people": everyone, "clusters": [clusters.of(person) for person in everyone]},
    )
    return clusters
