"""The engine on people of another schema: what a benchmark of foreign data has to say, and no more.

A benchmark brings a table of people, blocking rules, comparisons and two conditions as data; this
module learns how much each level weighs from some people (`linkage.train`'s way: how often it holds
among candidates that are one person and among those that are not), chooses the threshold on the
same people, and links others with what was learnt.
"""

from dataclasses import dataclass, field
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.backend import score
from linkage.clusters import cluster
from linkage.measures import Agreement, BCubed, b_cubed, pairwise
from linkage.model.blocking import find_candidates
from linkage.model.comparisons import settings
from linkage.model.names_alike import Level, level_of
from linkage.train import Counts

# Match weights that a threshold is sought among. One far below zero is no mistake where a source
# lists each person once: strongest first, who is left for a record that nobody else claims is more
# often its person than the weight alone says.
THRESHOLDS = tuple(map(float, range(-12, 21)))
_ROUNDS = 4


@dataclass(frozen=True)
class Schema:
    """How people of one kind are compared. Conditions are on people `l` and `r`."""

    # One comparison is called `surnames`: linkage.train counts candidates by it.
    comparisons: dict[str, tuple[Level, ...]]
    rules: dict[str, str]
    # Never one person, whatever else agrees: two records of a source that lists each person once.
    held_apart: str = "false"
    # Weight below which two records are kept out of one cluster.
    firmly_apart: float = -6.0


@dataclass(frozen=True)
class Learnt:
    """A saved-form model of these comparisons, and the weight from which pairs link."""

    model: dict[str, Any]
    link: float = 0.0


@dataclass(frozen=True)
class Found:
    """Figures of one set of people."""

    pairwise: Agreement
    b_cubed: BCubed
    # Of the pairs that are one person, how many became candidates.
    candidates: Agreement = field(default_factory=lambda: Agreement(0, 0, 0))


_LEVELS = """
SELECT l.truth = r.truth AS same, {level} AS level, count(*)
FROM candidates JOIN {people} l ON l.person = join_key_l JOIN {people} r ON r.person = join_key_r
GROUP BY ALL
"""

_WEIGHED = """
SELECT scored.*, coalesce({held_apart}, false) AS held_apart
FROM scored JOIN {people} l ON l.person = join_key_l JOIN {people} r ON r.person = join_key_r
"""

_LINKS = """
SELECT join_key_l, join_key_r FROM tried WHERE match_weight >= $link AND NOT held_apart
ORDER BY match_weight DESC, join_key_l, join_key_r
"""

_APART = """
SELECT join_key_l, join_key_r FROM tried WHERE held_apart OR match_weight < $firmly_apart
"""

# As in linkage/matching.py: two who met through a third are weighed too, and may be held apart.
_UNWEIGHED = """
CREATE OR REPLACE TEMP TABLE unweighed AS
SELECT l.person AS join_key_l, r.person AS join_key_r
FROM clustered l JOIN clustered r ON l.cluster = r.cluster AND l.person < r.person
ANTI JOIN tried ON tried.join_key_l = l.person AND tried.join_key_r = r.person
"""

_CLUSTERED = """
CREATE OR REPLACE TEMP TABLE clustered AS
SELECT unnest($people) AS person, unnest($clusters) AS cluster
"""

_JUDGED = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT people.person::VARCHAR AS member, truth AS person_id, source AS table_name,
    cluster::VARCHAR AS identity_id
FROM {people} AS people JOIN clustered USING (person)
"""

_CANDIDATES = """
SELECT (SELECT sum(n * (n - 1)) // 2 FROM (SELECT count(*) AS n FROM {people} GROUP BY truth)),
    count(*), count(*) FILTER (l.truth = r.truth)
FROM candidates JOIN {people} l ON l.person = join_key_l JOIN {people} r ON r.person = join_key_r
"""


def learn(connection: DuckDBPyConnection, people: str, schema: Schema) -> Learnt:
    """Weights and threshold from the people of this table, whose `truth` is known."""
    find_candidates(connection, people, schema.rules)
    counts = Counts()
    for name, levels in schema.comparisons.items():
        statement = _LEVELS.format(level=level_of(levels), people=people)
        for same, level, pairs in connection.execute(statement).fetchall():
            counts.pairs[name, same, level] += pairs
    learnt = Learnt(settings(schema.comparisons, counts.weights(schema.comparisons)))
    weigh(connection, people, schema, learnt)
    return Learnt(learnt.model, best_threshold(connection, people, schema, learnt))


def best_threshold(
    connection: DuckDBPyConnection, people: str, schema: Schema, learnt: Learnt
) -> float:
    """The threshold with the best F1 on what was weighed: of several that are, the middle one."""
    f1 = {
        link: found_at(connection, people, schema, learnt, link).pairwise.f1 for link in THRESHOLDS
    }
    best = [link for link in THRESHOLDS if f1[link] == max(f1.values())]
    return best[len(best) // 2]


def weigh(connection: DuckDBPyConnection, people: str, schema: Schema, learnt: Learnt) -> None:
    """Make `weighed`: each candidate pair's weight, and whether it is held apart."""
    find_candidates(connection, people, schema.rules)
    score(connection, learnt.model, people, "candidates", "scored")
    weighed = _WEIGHED.format(held_apart=schema.held_apart, people=people)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE weighed AS {weighed}")


def found_at(
    connection: DuckDBPyConnection, people: str, schema: Schema, learnt: Learnt, threshold: float
) -> Found:
    """Cluster what was weighed, and measure it against `truth`."""
    everyone = [row[0] for row in connection.execute(f"SELECT person FROM {people}").fetchall()]
    weighed = _WEIGHED.format(held_apart=schema.held_apart, people=people)
    firmly_apart = min(schema.firmly_apart, threshold)
    connection.execute("CREATE OR REPLACE TEMP TABLE tried AS FROM weighed")
    for _ in range(_ROUNDS):
        links = connection.execute(_LINKS, {"link": threshold}).fetchall()
        apart = connection.execute(_APART, {"firmly_apart": firmly_apart}).fetchall()
        clusters = cluster(links, apart)
        given = [clusters.of(person) for person in everyone]
        connection.execute(_CLUSTERED, {"people": everyone, "clusters": given})
        connection.execute(_UNWEIGHED)
        if not connection.execute("SELECT count(*) FROM unweighed").fetchall()[0][0]:
            break
        score(connection, learnt.model, people, "unweighed", "scored")
        connection.execute(f"INSERT INTO tried {weighed}")
    connection.execute(_JUDGED.format(people=people))
    made = connection.execute(_CANDIDATES.format(people=people)).fetchall()[0]
    return Found(pairwise(connection), b_cubed(connection), Agreement(*map(int, made)))
