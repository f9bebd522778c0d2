"""From clusters to identities with ids that last, and the pairs that explain them."""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from linkage.model.thresholds import Bands
from linkage.resolve import inherit


@dataclass(frozen=True)
class Identified:
    """Identities given, by role, and the rows of a court case that follow their case."""

    children: int
    sponsors: int
    following: int


# A pair the machine holds apart is never LINKED, and worth a person's look when all else agrees.
# A pair linked by weight that ended in two clusters was refused as a bridge: to review as well.
_PAIRS = """
INSERT INTO pairs
SELECT l.record_key, r.record_key, l.role, match_weight, match_probability,
    CASE WHEN cl.cluster = cr.cluster AND NOT held_apart AND match_weight >= $review THEN 'LINKED'
         WHEN match_weight >= $review OR cl.cluster = cr.cluster THEN 'REVIEW'
         ELSE 'APART' END
FROM weighed
JOIN {people} l ON l.person = join_key_l JOIN {people} r ON r.person = join_key_r
JOIN clustered cl ON cl.person = join_key_l JOIN clustered cr ON cr.person = join_key_r
WHERE match_weight >= $kept OR cl.cluster = cr.cluster
"""

_EMPTY_PAIRS = """
CREATE OR REPLACE TABLE pairs (left_key VARCHAR, right_key VARCHAR, role VARCHAR,
    match_weight DOUBLE, match_probability DOUBLE, decision VARCHAR)
"""

# Apart and far below the band: of no use to a reviewer, and most of all pairs.
KEPT_FROM = -6.0

_IDENTITIES = """
CREATE OR REPLACE TABLE identities AS
WITH strongest AS (
    SELECT key, role, max(match_weight) AS match_weight FROM (
        SELECT left_key AS key, role, match_weight FROM pairs WHERE decision = 'LINKED'
        UNION ALL SELECT right_key, role, match_weight FROM pairs WHERE decision = 'LINKED')
    GROUP BY ALL
)
SELECT given.record_key, given.role, given.identity_id, strongest.match_weight,
    $version AS model_version
FROM given_ids AS given LEFT JOIN strongest
  ON strongest.key = given.record_key AND strongest.role = given.role
"""

# Rows of one court case hang on the case: whoever it describes, they describe.
_CASE_ROWS = """
CREATE OR REPLACE TEMP TABLE case_rows AS
WITH hanging AS (
    SELECT record_key, version, source, "table", record_id, as_of, idncase
    FROM received_eoir_proceeding WHERE is_current
    UNION ALL SELECT record_key, version, source, "table", record_id, as_of, idncase
    FROM received_eoir_schedule WHERE is_current
    UNION ALL SELECT record_key, version, source, "table", record_id, as_of, idncase
    FROM received_eoir_juvenile WHERE is_current
)
SELECT hanging.*, cases.record_key AS case_key
FROM hanging JOIN received_eoir_case AS cases
  ON cases.is_current AND cases.idncase = hanging.idncase AND cases.source = hanging.source
"""

_FOLLOW = """
INSERT INTO identities
SELECT case_rows.record_key, 'CHILD', identities.identity_id, identities.match_weight,
    identities.model_version
FROM case_rows JOIN identities ON identities.record_key = case_key AND identities.role = 'CHILD'
"""

_FOLLOWING_PEOPLE = """
INSERT INTO people BY NAME
SELECT record_key || '#CHILD' AS person_key, record_key, version, 'CHILD' AS role, source, "table",
    record_id, as_of
FROM case_rows SEMI JOIN identities ON identities.record_key = case_rows.record_key
"""


def write_pairs(connection: DuckDBPyConnection, people: str, bands: Bands) -> None:
    """Add this role's pairs to the table `pairs`, each with its decision; children come first."""
    if people == "children":
        connection.execute(_EMPTY_PAIRS)
    connection.execute(_PAIRS.format(people=people), {"review": bands.review, "kept": KEPT_FROM})


def give_ids(
    connection: DuckDBPyConnection,
    children: Mapping[str, str],
    sponsors: Mapping[str, str],
    version: str,
    ever_given: Collection[str] = (),
) -> Identified:
    """Make `identities` of `child_identities` and `sponsor_identities` (record_key, cluster).

    The rows of a court case follow their case, in `identities` and in `people`.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE given_ids"
        " (record_key VARCHAR, role VARCHAR, identity_id VARCHAR)"
    )
    found = {
        "CHILD": _inherit(connection, "CHILD", "child", children, ever_given),
        "SPONSOR": _inherit(connection, "SPONSOR", "sponsor", sponsors, ever_given),
    }
    connection.execute(_IDENTITIES, {"version": version})
    connection.execute(_CASE_ROWS)
    following = connection.execute(_FOLLOW).fetchall()[0][0]
    connection.execute(_FOLLOWING_PEOPLE)
    return Identified(found["CHILD"], found["SPONSOR"], following)


def _inherit(
    connection: DuckDBPyConnection,
    role: str,
    kind: str,
    previous: Mapping[str, str],
    ever_given: Collection[str],
) -> int:
    rows = connection.execute(f"SELECT record_key, cluster FROM {kind}_identities").fetchall()
    ids = inherit(previous, {key: str(cluster) for key, cluster in rows}, kind, ever_given)
    keys = sorted(ids)
    connection.execute(
        "INSERT INTO given_ids SELECT unnest($keys), $role, unnest($ids)",
        {"keys": keys, "role": role, "ids": [ids[key] for key in keys]},
    )
    return len(set(ids.values()))
