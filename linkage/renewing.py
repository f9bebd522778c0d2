"""People whose features have to be made again, and whom that may concern."""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from duckdb import DuckDBPyConnection

from linkage.model.features import NUMBER, child_features, make_features, sponsor_features
from linkage.roles import Role

# Features are made of a record, of its place, and for a sponsor of which child it names.
_OTHERS = {"CHILD": "", "SPONSOR": "UNION SELECT record_key FROM moved_children"}

_RENEWED = """
CREATE OR REPLACE TEMP TABLE records_renewed AS
SELECT record_key FROM changed
UNION SELECT record_key FROM places_moved {others};
CREATE OR REPLACE TEMP TABLE people_renewed AS
FROM people SEMI JOIN records_renewed USING (record_key) ANTI JOIN followers USING (record_key)
WHERE role = '{role}';
CREATE OR REPLACE TEMP TABLE renewed AS
SELECT person, record_key FROM {people} SEMI JOIN records_renewed USING (record_key);
CREATE OR REPLACE TEMP TABLE gone AS
FROM renewed ANTI JOIN people_renewed USING (record_key)
"""

_CHILD_IDENTITIES = f"""
CREATE OR REPLACE TEMP TABLE child_identities AS
SELECT record_key, {NUMBER.format(key="identity_id")} AS cluster
FROM identities {{some}} WHERE role = 'CHILD'
"""
_OF_THE_RENEWED = "SEMI JOIN people_renewed USING (record_key)"

_KEEP_FEATURES = """
DELETE FROM {people} WHERE person IN (SELECT person FROM renewed);
INSERT INTO renewed
SELECT person, record_key FROM features_renewed ANTI JOIN renewed USING (person);
INSERT INTO {people} FROM features_renewed
"""

_TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched AS
FROM features_renewed
UNION ALL BY NAME
FROM (
    FROM {people} AS people SEMI JOIN judgements_changed AS judged
        ON record_key IN (left_key, right_key) AND judged.role = people.role
) ANTI JOIN features_renewed USING (person);
DROP TABLE features_renewed
"""

_COMPONENTS_LEFT = """
CREATE OR REPLACE TEMP TABLE components_left AS
SELECT DISTINCT component, role FROM components
WHERE role = $role AND person IN (SELECT person FROM renewed)
"""

_NOTHING_GONE = """
CREATE OR REPLACE TEMP TABLE gone (person BIGINT, record_key VARCHAR);
CREATE OR REPLACE TEMP TABLE renewed (person BIGINT, record_key VARCHAR)
"""


def renew(connection: DuckDBPyConnection, role: Role, *, anew: bool) -> None:
    """Bring the features of one role up to date, of everybody with `anew`.

    Without it they are those of whoever has another record, place or (a sponsor) child than
    before. Leaves `renewed(person, record_key)`, `gone(person, record_key)` whose record says
    nobody any more, `touched` (features of whoever may be somebody else now), and
    `components_left(component, role)`. Sponsors come after children: `moved_children(record_key)`
    are those who are somebody else than before.
    """
    if anew:
        if role.name == "SPONSOR":
            connection.execute(_CHILD_IDENTITIES.format(some=""))
        (child_features if role.name == "CHILD" else sponsor_features)(connection)
        connection.execute(_NOTHING_GONE)
        return
    others = _OTHERS[role.name]
    connection.execute(_RENEWED.format(role=role.name, people=role.people, others=others))
    if role.name == "SPONSOR":
        connection.execute(_CHILD_IDENTITIES.format(some=_OF_THE_RENEWED))
    make_features(connection, role.name, "people_renewed", "TEMP TABLE features_renewed")
    connection.execute(_KEEP_FEATURES.format(people=role.people))
    connection.execute(_TOUCHED.format(people=role.people))
    connection.execute(_COMPONENTS_LEFT, {"role": role.name})
