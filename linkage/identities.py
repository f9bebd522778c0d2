"""From clusters to identities with ids that last."""

from duckdb import DuckDBPyConnection

from linkage.lineage import Event, events_between
from linkage.lineages import keep_lineage, lineage_of
from linkage.matching import Role
from linkage.resolve import inherit

_TABLES = """
CREATE TABLE IF NOT EXISTS identities (record_key VARCHAR, role VARCHAR, identity_id VARCHAR,
    match_weight DOUBLE, model_version VARCHAR);
CREATE TABLE IF NOT EXISTS components (person BIGINT, role VARCHAR, component BIGINT);
CREATE TABLE IF NOT EXISTS followers (record_key VARCHAR, version INTEGER, source VARCHAR,
    "table" VARCHAR, record_id VARCHAR, as_of DATE, case_key VARCHAR);
CREATE OR REPLACE TEMP TABLE identities_before AS FROM identities
"""

_SETTLED = """
CREATE OR REPLACE TEMP TABLE settled AS
SELECT record_key, person, cluster FROM {people} JOIN clustered USING (person)
"""

# Whose identity is decided now: all who were clustered, and whose record says nobody any more.
_RESETTLED = """
CREATE OR REPLACE TEMP TABLE resettled AS
SELECT record_key FROM settled UNION SELECT record_key FROM {others}
"""
_EVERYBODY = """identities WHERE role = '{role}'
    AND record_key NOT IN (SELECT record_key FROM followers)"""

_BEFORE = """
SELECT record_key, identity_id FROM identities SEMI JOIN resettled USING (record_key)
WHERE role = $role
"""

_TAKE = """
DELETE FROM identities WHERE role = $role AND record_key IN (SELECT record_key FROM resettled)
"""

_GIVE = """
INSERT INTO identities
WITH given AS (
    SELECT unnest($keys::VARCHAR[]) AS record_key, unnest($ids::VARCHAR[]) AS identity_id
), linked AS (
    SELECT person_l, person_r, match_weight FROM pairs
    WHERE role = $role AND decision = 'LINKED'
), strongest AS (
    SELECT person, max(match_weight) AS match_weight FROM (
        SELECT person_l AS person, match_weight FROM linked
        UNION ALL SELECT person_r, match_weight FROM linked)
    GROUP BY person
)
SELECT given.record_key, $role, identity_id, match_weight, $version
FROM given JOIN settled USING (record_key) LEFT JOIN strongest USING (person)
"""

_FORGET_COMPONENTS = """
DELETE FROM components WHERE role = $role AND (
    person IN (SELECT person FROM linked_at_all) OR person IN (SELECT person FROM renewed))
"""

_KEEP_COMPONENTS = """
INSERT INTO components
SELECT person, $role, min(person) OVER (PARTITION BY component) FROM linked_at_all
"""

# Rows of one court case hang on the case: whoever it describes, they describe. A row may come
# before its case, and follows as soon as there is one to follow.
_CASE_ROWS = """
DELETE FROM followers WHERE record_key IN (SELECT record_key FROM changed);
INSERT INTO followers
WITH hanging AS (
    SELECT record_key, version, source, "table", record_id, as_of, idncase
    FROM received_eoir_proceeding WHERE is_current
    UNION ALL SELECT record_key, version, source, "table", record_id, as_of, idncase
    FROM received_eoir_schedule WHERE is_current
    UNION ALL SELECT record_key, version, source, "table", record_id, as_of, idncase
    FROM received_eoir_juvenile WHERE is_current
)
SELECT * EXCLUDE (idncase), concat_ws('/', source, 'eoir_case', idncase)
FROM hanging WHERE record_key IN (SELECT record_key FROM changed)
"""

_FOLLOW = """
CREATE OR REPLACE TEMP TABLE following AS
FROM followers WHERE record_key IN (SELECT record_key FROM changed)
    OR case_key IN (SELECT record_key FROM resettled_children);
DELETE FROM identities WHERE record_key IN (SELECT record_key FROM following);
DELETE FROM people WHERE record_key IN (SELECT record_key FROM following);
INSERT INTO identities
SELECT following.record_key, 'CHILD', cases.identity_id, cases.match_weight, cases.model_version
FROM following JOIN identities AS cases
  ON cases.record_key = case_key AND cases.role = 'CHILD';
INSERT INTO people BY NAME
SELECT record_key || '#CHILD' AS person_key, record_key, version, 'CHILD' AS role, source, "table",
    record_id, as_of
FROM following SEMI JOIN identities USING (record_key)
"""


def keep_identity_tables(connection: DuckDBPyConnection) -> None:
    """Make what is not there yet, and `identities_before` of what is."""
    connection.execute(_TABLES)


def give_ids(
    connection: DuckDBPyConnection, role: Role, version: str, run: int, *, anew: bool = True
) -> list[Event]:
    """Put into `identities` who the clustered people of one role are; say what became of ids.

    Leaves `resettled(record_key)`. Without `anew` it needs `gone(record_key)`: whose record says
    nobody any more, and `renewed(person)`.
    """
    connection.execute(_SETTLED.format(people=role.people))
    others = _EVERYBODY.format(role=role.name) if anew else "gone"
    connection.execute(_RESETTLED.format(others=others))
    of_role = {"role": role.name}
    kind = role.name.lower()
    previous = dict(connection.execute(_BEFORE, of_role).fetchall())
    labels = connection.execute("SELECT record_key, cluster FROM settled").fetchall()
    lineage = lineage_of(connection, kind)
    ids = inherit(previous, {key: str(cluster) for key, cluster in labels}, kind, lineage)
    events = events_between(previous, ids)
    keep_lineage(connection, kind, lineage, lineage.after(previous, ids, run, events))
    connection.execute(_TAKE, of_role)
    keys = sorted(ids)
    given = {"keys": keys, "ids": [ids[key] for key in keys], "version": version}
    connection.execute(_GIVE, of_role | given)
    connection.execute(
        "DELETE FROM components WHERE role = $role" if anew else _FORGET_COMPONENTS, of_role
    )
    connection.execute(_KEEP_COMPONENTS, of_role)
    return events


def follow_cases(connection: DuckDBPyConnection) -> None:
    """Let the rows of court cases, in `identities` and in `people`, follow their case.

    Needs `changed(record_key)` and `resettled_children(record_key)`.
    """
    connection.execute(_CASE_ROWS)
    connection.execute(_FOLLOW)
