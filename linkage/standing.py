"""Which version of each record stands now, and which records changed since the last link."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from linkage.quoting import literal
from linkage.sources import MODEL_OF
from linkage.store import SEEN, STANDING, committed, files_of, rows_in, view_of

_KEPT = """
CREATE TABLE IF NOT EXISTS current_records (record_key VARCHAR, version INTEGER);
CREATE TABLE IF NOT EXISTS deliveries_heeded (delivery VARCHAR);
CREATE OR REPLACE TEMP TABLE changed (record_key VARCHAR, version INTEGER)
"""

# Only what a new delivery speaks of can have changed.
_CHANGED = """
INSERT INTO changed
SELECT concat_ws('/', source, {table}, record_id) AS record_key, current AS version
FROM ({standing})
ANTI JOIN current_records AS before
  ON before.record_key = concat_ws('/', source, {table}, record_id) AND before.version = current
"""

_NOW_CURRENT = """
DELETE FROM current_records WHERE record_key IN (SELECT record_key FROM changed);
INSERT INTO current_records FROM changed
"""


def find_changed(connection: DuckDBPyConnection, home: Path) -> int:
    """Make `changed(record_key, version)` since the last link kept here, and count them.

    `current_records` and `deliveries_heeded` are brought up to date; without them every record
    has changed.
    """
    connection.execute(_KEPT)
    folders = committed(home / "store")
    heeded = {name for (name,) in connection.execute("FROM deliveries_heeded").fetchall()}
    new = [folder for folder in folders if folder.name not in heeded]
    for table in MODEL_OF:
        arrived = files_of(new, "seen", table)
        if arrived:
            seen = rows_in(files_of(folders, "seen", table), SEEN)
            if heeded:
                spoken_of = rows_in(arrived, {"source": "VARCHAR", "record_id": "VARCHAR"})
                seen = f"FROM ({seen}) SEMI JOIN ({spoken_of}) USING (source, record_id)"
            standing = STANDING.format(seen=f"({seen})")
            connection.execute(_CHANGED.format(table=literal(table), standing=standing))
    connection.execute(_NOW_CURRENT)
    if new:
        connection.execute(
            "INSERT INTO deliveries_heeded SELECT unnest($names)",
            {"names": [folder.name for folder in new]},
        )
    return int(connection.execute("SELECT count(*) FROM changed").fetchall()[0][0])


def look_at(connection: DuckDBPyConnection, home: Path, only: str | None = None) -> None:
    """Make `received_<table>` anew for all records, or those of the table `only` (record_key).

    What is looked at so closely is few records, read once and held in memory.
    """
    folders = committed(home / "store")
    there = dict(
        connection.execute(
            "SELECT table_name, table_type FROM information_schema.tables"
            " WHERE table_name LIKE 'received_%'"
        ).fetchall()
    )
    for model in MODEL_OF.values():
        name = f"received_{model.table}"
        if name in there:
            connection.execute(f"DROP {'VIEW' if there[name] == 'VIEW' else 'TABLE'} {name}")
        view = view_of(model, folders, standing="FROM current_records")
        if only is None:
            connection.execute(f"CREATE TEMP VIEW {name} AS {view}")
        else:
            some = f"FROM ({view}) SEMI JOIN {only} USING (record_key)"
            connection.execute(f"CREATE TEMP TABLE {name} AS {some}")
