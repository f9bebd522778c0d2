"""Which version of each record stands now, and which records changed since the last link."""

from pathlib import Path

import duckdb
from duckdb import CatalogException, DuckDBPyConnection

from linkage.sources import MODEL_OF
from linkage.store import (
    SEEN,
    SUPERSEDED,
    TOLD,
    committed,
    files_of,
    ledger_lines,
    rows_in,
    view_of,
)

_KEPT = """
CREATE TABLE IF NOT EXISTS current_records
    (record_key VARCHAR, version INTEGER, latest INTEGER, told BIGINT);
CREATE TABLE IF NOT EXISTS deliveries_heeded (delivery VARCHAR);
CREATE OR REPLACE TEMP TABLE changed (record_key VARCHAR, version INTEGER)
"""

# What deliveries not heeded yet say of their records, beside what stood before them. The table is
# named in the file's name alone.
_ARRIVED = r"""
CREATE OR REPLACE TEMP TABLE arrived AS
WITH said AS (
    SELECT concat_ws('/', source, regexp_extract(filename, 'seen_(\w+)_\d+\.parquet$', 1),
            record_id) AS record_key,
        max(version) AS latest, arg_max(version, {told}) AS version, max({told}) AS told
    FROM ({seen}) WHERE first GROUP BY record_key
)
SELECT record_key,
    CASE WHEN coalesce(said.told < before.told, false) THEN before.version ELSE said.version END
        AS version,
    greatest(said.latest, before.latest) AS latest, greatest(said.told, before.told) AS told,
    before.version AS stood, before.latest AS known
FROM said LEFT JOIN current_records AS before USING (record_key)
"""

_NOW_CURRENT = """
INSERT INTO changed SELECT record_key, version FROM arrived WHERE version IS DISTINCT FROM stood;
DELETE FROM current_records WHERE record_key IN (SELECT record_key FROM arrived WHERE stood > 0);
INSERT INTO current_records SELECT record_key, version, latest, told FROM arrived;
INSERT INTO deliveries_heeded SELECT unnest($names::VARCHAR[])
"""

# A record that says again what an earlier delivery said of it.
_GONE_BACK = "SELECT 1 FROM arrived WHERE version <> stood AND version <= known LIMIT 1"


def find_changed(connection: DuckDBPyConnection, home: Path) -> list[Path]:
    """Make `changed(record_key, version)` since the last link kept here, and `deliveries` since.

    `current_records` and `deliveries_heeded` are brought up to date; without them every record
    has changed. Returns the deliveries in which the versions are that have become current.
    """
    connection.execute(_KEPT)
    folders = committed(home / "store")
    heeded = _heeded(connection)
    new = [folder for folder in folders if folder.name not in heeded]
    connection.execute(f"CREATE OR REPLACE TEMP VIEW deliveries AS {ledger_lines(new)}")
    seen = [file for table in MODEL_OF for file in files_of(new, "seen", table)]
    if not seen:
        return []
    rows = rows_in(seen, SEEN | {"filename": "VARCHAR"})
    connection.execute(_ARRIVED.format(seen=rows, told=TOLD))
    connection.execute(_NOW_CURRENT, {"names": [folder.name for folder in new]})
    return folders if connection.execute(_GONE_BACK).fetchall() else new


# What is shown of a record as it was received, and says nothing about anybody.
_AS_RECEIVED = ("delivery", "line", "content_hash", "extra")


def look_at(connection: DuckDBPyConnection, home: Path) -> None:
    """Make the views `received_<table>` of all records heeded.

    What was delivered meanwhile waits for the next link.
    """
    _show(connection, _folders_heeded(connection, home), "VIEW", "FROM ({view})")


def look_at_some(
    connection: DuckDBPyConnection, home: Path, some: str, among: list[Path] | None = None
) -> None:
    """The same of the records in `some` (record_key), read once and held in memory.

    `among` these deliveries all that is looked for must be; without, in any, but what only says how
    a record was received is left out.
    """
    folders = _folders_heeded(connection, home) if among is None else among
    besides = _AS_RECEIVED if among is None else ()
    _show(
        *(connection, folders, "TABLE", f"FROM ({{view}}) SEMI JOIN {some} USING (record_key)"),
        besides=besides,
    )


def _show(
    connection: DuckDBPyConnection,
    folders: list[Path],
    kind: str,
    which: str,
    besides: tuple[str, ...] = (),
) -> None:
    superseded = SUPERSEDED.format(standing="current_records")
    for model in MODEL_OF.values():
        view = view_of(model, folders, superseded=superseded, besides=besides)
        connection.execute(
            f"CREATE OR REPLACE TEMP {kind} received_{model.table} AS {which.format(view=view)}"
        )


def _folders_heeded(connection: DuckDBPyConnection, home: Path) -> list[Path]:
    heeded = _heeded(connection)
    return [folder for folder in committed(home / "store") if folder.name in heeded]


def _heeded(connection: DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("FROM deliveries_heeded").fetchall()}


def deliveries_waiting(home: Path, linked: Path) -> list[str]:
    """The deliveries that the link which left these tables has not heeded."""
    with duckdb.connect(str(linked), read_only=True) as connection:
        heeded = _heeded(connection)
    return [each.name for each in committed(home / "store") if each.name not in heeded]


def deliveries_lacking(home: Path, linked: Path) -> list[str]:
    """The deliveries that the link which left these tables has heeded, and the store has no more.

    None where the tables are of an expungement that was interrupted: they do not say.
    """
    with duckdb.connect(str(linked), read_only=True) as connection:
        try:
            heeded = _heeded(connection)
        except CatalogException:
            return []
    return sorted(heeded - {each.name for each in committed(home / "store")})
