"""From clusters to identities with ids that last."""

from duckdb import DuckDBPyConnection

from linkage.lineage import Event, events_between
from linkage.lineages import keep_lineage, lineage_of
from linkage.resolve import inherit
from linkage.roles import Role

_TABLES = """
CREATE TABLE IF NOT EXISTS identities (record_key VARCHAR, role VARCHAR, identity_id VARCHAR,
    match_weight DOUBLE, model_version VARCHAR);
CREATE TABLE IF NOT EXISTS components (person BIGINT, role VARCHAR, component BIGINT);
CREATE TABLE IF NOT EXISTS followers (record_key VARCHAR, version INTEGER, source VARCHAR,
    "table" VARCHAR, record_id VARCHAR, as_of DATE, case_key VARCHAR);
CREATE OR REPLACE TEMP TABLE identities_left AS FROM identities LIMIT 0;
CREATE OR REPLACE TEMP TABLE identities_taken AS FROM identities LIMIT 0
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
CREATE OR REPLACE TEMP TABLE before AS
FROM identities SEMI JOIN resettled USING (record_key) WHERE role = $role
"""

_GIVEN = """
CREATE OR REPLACE TEMP TABLE given AS
WITH given AS (
    SELECT unnest($keys::VARCHAR[]) AS record_key, unnest($ids::VARCHAR[]) AS identity_id
), linked AS (
    SELECT person_l, person_r, match_weight FROM pairs
    WHERE role = $role AND decision = 'LINKED'
), strongest AS (
    SELECT person, max(match_weight) AS match_weight FROM (
        SELECT person_l AS person, match_weight FROM linked SEMI JOIN settled ON person = person_l
        UNION ALL
        SELECT person_r, match_weight FROM linked SEMI JOIN settled ON person = person_r)
    GROUP BY person
)
SELECT given.record_key, $role AS role, identity_id, match_weight, $version AS model_version
FROM given JOIN settled USING (record_key) LEFT JOIN strongest USING (person)
"""

# What comes out as it was is left alone.
_TAKE = """
INSERT INTO identities_left FROM before EXCEPT FROM given;
INSERT INTO identities_taken FROM given EXCEPT FROM before;
DELETE FROM identities WHERE role = '{role}'
    AND record_key IN (SELECT record_key FROM identities_left WHERE role = '{role}');
INSERT INTO identities FROM identities_taken WHERE role = '{role}'
"""
_TAKE_ALL = """
DELETE FROM identities WHERE role = '{role}' AND record_key IN (SELECT record_key FROM before);
INSERT INTO identities FROM given
"""

_MOVED = """
CREATE OR REPLACE TEMP TABLE moved_{people} AS
SELECT record_key FROM before FULL JOIN given USING (record_key)
WHERE before.identity_id IS DISTINCT FROM given.identity_id
"""

_ALL_COMPONENTS = """
DELETE FROM components WHERE role = '{role}';
INSERT INTO components
SELECT person, '{role}', min(person) OVER (PARTITION BY component) FROM linked_at_all
"""
_NEW_COMPONENTS = """
CREATE OR REPLACE TEMP TABLE components_found AS
SELECT person, '{role}' AS role, min(person) OVER (PARTITION BY component) AS component
FROM linked_at_all
EXCEPT FROM components;
DELETE FROM components WHERE role = '{role}' AND person IN (
    SELECT person FROM gone UNION SELECT person FROM components_found);
INSERT INTO components FROM components_found
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
WITH cases_otherwise AS (
    SELECT record_key FROM identities_left UNION SELECT record_key FROM identities_taken
)
FROM followers SEMI JOIN (
    SELECT record_key FROM changed
    UNION SELECT followers.record_key
    FROM followers SEMI JOIN cases_otherwise AS cases
        ON cases.record_key = case_key
) USING (record_key);
INSERT INTO identities_left FROM identities SEMI JOIN following USING (record_key);
INSERT INTO identities_taken
SELECT following.record_key, 'CHILD', cases.identity_id, cases.match_weight, cases.model_version
FROM following JOIN identities AS cases
  ON cases.record_key = case_key AND cases.role = 'CHILD';
DELETE FROM identities WHERE record_key IN (SELECT record_key FROM following);
INSERT INTO identities FROM identities_taken SEMI JOIN following USING (record_key);
DELETE FROM people WHERE record_key IN (SELECT record_key FROM following);
INSERT INTO people BY NAME
SELECT record_key || '#CHILD' AS person_key, record_key, version, 'CHILD' AS role, source, "table",
    record_id, as_of
FROM following SEMI JOIN identities_taken USING (record_key)
"""


def keep_identity_tables(connection: DuckDBPyConnection) -> None:
    """Make what is not there yet, and nothing of what a link takes back and gives.

    `identities_left` will be rows of `identities` that no longer hold, `identities_taken` new ones.
    """
    connection.execute(_TABLES)


def give_ids(
    connection: DuckDBPyConnection, role: Role, version: str, run: int, *, anew: bool = True
) -> list[Event]:
    """Put into `identities` who the clustered people of one role are; say what became of ids.

    Leaves `moved_<people>(record_key)`: who is somebody else than before, or nobody. Without `anew`
    it needs `gone(person, record_key)`, whose record says nobody any more (linkage/renewing.py),
    and `reached_people` (linkage/reaching.py).
    """
    on, of_role, kind = connection, {"role": role.name}, role.name.lower()
    on.execute(_SETTLED.format(people=role.people if anew else "reached_people"))
    on.execute(_RESETTLED.format(others=_EVERYBODY.format(role=role.name) if anew else "gone"))
    on.execute(_BEFORE, of_role)
    previous = dict(on.execute("SELECT record_key, identity_id FROM before").fetchall())
    labels = on.execute("SELECT record_key, cluster FROM settled").fetchall()
    lineage = lineage_of(on, kind)
    ids = inherit(previous, {key: str(cluster) for key, cluster in labels}, kind, lineage)
    events = events_between(previous, ids)
    keep_lineage(on, kind, lineage, lineage.after(previous, ids, run, events))
    given = {"keys": list(ids), "ids": list(ids.values()), "version": version}
    on.execute(_GIVEN, of_role | given)
    on.execute((_TAKE_ALL if anew else _TAKE).format(role=role.name))
    on.execute(_MOVED.format(people=role.people))
    on.execute((_ALL_COMPONENTS if anew else _NEW_COMPONENTS).format(role=role.name))
    return events


def follow_cases(connection: DuckDBPyConnection) -> None:
    """Let the rows of court cases, in `identities` and in `people`, follow their case.

    Needs `changed(record_key)`, `identities_left` and `identities_taken`.
    """
    connection.execute(_CASE_ROWS)
    connection.execute(_FOLLOW)
