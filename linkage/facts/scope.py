"""What a link has changed, and so whose facts have to be stated anew.

After a link of everything that is everybody. Else it is whoever a changed record, place, identity
or judgement concerns: nobody else's facts can come out otherwise.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from pathlib import Path

from duckdb import DuckDBPyConnection

from linkage.standing import look_at_some

# Whose record, place, identity or weight is another now.
_AFFECTED = """
CREATE OR REPLACE TEMP TABLE records_affected AS
SELECT record_key FROM changed
UNION SELECT record_key FROM places_moved
UNION SELECT record_key FROM places_otherwise
UNION SELECT record_key FROM identities_left
UNION SELECT record_key FROM identities_taken
UNION SELECT unnest([left_key, right_key]) FROM judgements_changed
"""

# A sponsor's new id is on every release to her: the children of those papers are concerned too.
_IDS = """
CREATE OR REPLACE TEMP TABLE ids_affected AS
WITH direct AS (
    SELECT identity_id FROM identities SEMI JOIN records_affected USING (record_key)
    UNION
    SELECT identity_id FROM identities_left
), papers AS (
    SELECT record_key FROM identities WHERE role = 'SPONSOR'
      AND identity_id IN (SELECT identity_id FROM direct)
)
SELECT identity_id FROM direct
UNION SELECT identity_id FROM identities SEMI JOIN papers USING (record_key) WHERE role = 'CHILD'
"""

_RECORDS = """
CREATE OR REPLACE TEMP TABLE scope AS
SELECT record_key FROM changed
UNION SELECT record_key FROM identities
WHERE identity_id IN (SELECT identity_id FROM ids_affected)
"""

# What the facts are made of, and of whom nothing else: to fetch a few from among all takes the
# longer the more is asked of them.
_LOOKED_AT = {
    "people": "record_key, role, version, source, as_of, a_number, family_name, given_names,"
    " date_of_birth, birth_is_placeholder, sex, country, phone",
    "identities": "*",
    "places": "*",
}


def narrow_to_what_changed(connection: DuckDBPyConnection, home: Path) -> None:
    """Make `scope(record_key)`, `ids_affected(identity_id)`, and let every table show only these.

    Needs what a link leaves that was not of everything (`linkage.link`).
    """
    for statement in (_AFFECTED, _IDS, _RECORDS):
        connection.execute(statement)
    look_at_some(connection, home, "scope")
    kept = _kept_in(connection)
    for table, columns in _LOOKED_AT.items():
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS"
            f" SELECT {columns} FROM {kept}.{table} SEMI JOIN scope USING (record_key)"
        )


def look_at_everything(connection: DuckDBPyConnection) -> None:
    """Let the tables show everybody again."""
    for table in _LOOKED_AT:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _kept_in(connection: DuckDBPyConnection) -> str:
    (catalog,) = connection.execute("SELECT current_database()").fetchall()[0]
    return f'"{catalog}".main'
