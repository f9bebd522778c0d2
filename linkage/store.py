"""The store: what the agencies delivered, kept as received, versioned, and never overwritten.

    store/deliveries/000001-9f86d081884c7d65/   one committed delivery: written aside, renamed once
        rows_earm_1.parquet       the rows that were new or had other values (new versions)
        seen_earm_1.parquet       every accepted row: its version, its line, whether first said so
        set_aside_earm_1.parquet  the rows that could not be read, and why
        ledger.json               one line a file: its SHA-256, what was read, set aside, new, …

A row that says what an earlier version said is not stored again: `seen` names that version, so
that a delivery can be listed as it came, and the ledger's SHA-256 says which file that was. The
rename is the commit; a killed ingest leaves nothing that counts.
"""

# ruff: noqa: S608 - statements are made of the models' names and of quoted literals alone

from collections.abc import Container
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from graph.vocabulary.agencies import Table
from linkage.quoting import file_literal, literal
from linkage.records import Row, columns
from linkage.sources import MODEL_OF

PRIVATE_FOLDER = 0o700
LEDGER = "ledger.json"

# DuckDB draws a progress bar of its own on standard output, in the middle of a `--json` answer.
QUIET = "SET enable_progress_bar = false"

PROVENANCE = {
    "record_key": "VARCHAR",
    "version": "INTEGER",
    "source": "VARCHAR",
    "table": "VARCHAR",
    "record_id": "VARCHAR",
    "as_of": "DATE",
    "delivery": "VARCHAR",
    "line": "BIGINT",
    "content_hash": "VARCHAR",
}
SEEN = {
    "source": "VARCHAR",
    "record_id": "VARCHAR",
    "version": "INTEGER",
    "as_of": "DATE",
    # Which file, in order of arrival: a later one speaks for the same day.
    "turn": "BIGINT",
    "line": "BIGINT",
    # Nobody had said this of this record for this day: a repetition does not count as the latest.
    "first": "BOOLEAN",
}
SET_ASIDE = {
    "delivery": "VARCHAR",
    "source": "VARCHAR",
    "table": "VARCHAR",
    "file": "VARCHAR",
    "line": "BIGINT",
    "column": "VARCHAR",
    "value": "VARCHAR",
    "reason": "VARCHAR",
}
LEDGER_LINE = {
    "delivery": "VARCHAR",
    "arrival": "BIGINT",
    "source": "VARCHAR",
    "as_of": "DATE",
    "covers_from": "DATE",
    "covers_to": "DATE",
    "received_at": "TIMESTAMP",
    "table": "VARCHAR",
    "file": "VARCHAR",
    "file_sha256": "VARCHAR",
    "read": "BIGINT",
    "set_aside": "BIGINT",
    "new": "BIGINT",
    "changed": "BIGINT",
    "unchanged": "BIGINT",
}


def store_folder(home: Path) -> Path:
    """The store in an installation's home, made private when it is made."""
    folder = home / "store"
    for each in (home, folder, folder / "deliveries", folder / "reports"):
        each.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


def open_store(home: Path, file: Path | None = None) -> DuckDBPyConnection:
    """A new connection, in memory or to `file`, that shows what was delivered.

    Views: `received_<table>` for every table, `deliveries`, `set_aside`.

    `received_<table>`: record_key, version, is_current, source, "table", record_id, as_of,
    delivery, line, content_hash, then the table's columns as text (trimmed, null when empty), and
    `extra`, a map of the columns that the table does not know. `is_current` marks the version
    that the latest extract (greatest as_of, then latest arrival) holds of a record; as_of,
    delivery and line are those of the version's first arrival. A table never delivered is empty.
    The views show what was committed when the store was opened.
    """
    connection = duckdb.connect(str(file or ":memory:"))
    connection.execute(QUIET)
    folders = committed(home / "store")
    for model in MODEL_OF.values():
        seen = rows_in(files_of(folders, "seen", model.table), SEEN)
        view = view_of(
            model,
            folders,
            superseded=SUPERSEDED.format(
                standing=_STANDING_RECORDS.format(
                    table=literal(model.table), standing=STANDING.format(seen=f"({seen})")
                )
            ),
        )
        connection.execute(f"CREATE TEMP VIEW received_{model.table} AS {view}")
    set_aside = [file for folder in folders for file in sorted(folder.glob("set_aside_*.parquet"))]
    connection.execute(f"CREATE TEMP VIEW set_aside AS {rows_in(set_aside, SET_ASIDE)}")
    connection.execute(f"CREATE TEMP VIEW deliveries AS {ledger_lines(folders)}")
    return connection


def committed(store: Path) -> list[Path]:
    """The committed deliveries in order of arrival; one still being written is not among them."""
    return sorted((store / "deliveries").glob("[0-9]*"))


def files_of(folders: list[Path], kind: str, table: Table) -> list[Path]:
    """The Parquet files of one kind (rows, seen, set_aside) of a table, in order of arrival."""
    pattern = f"{kind}_{table}_*.parquet"
    return [file for folder in folders for file in sorted(folder.glob(pattern))]


def rows_in(files: list[Path], types: dict[str, str]) -> str:
    """SQL for the rows of these files: the columns of `types`, null where a file lacks one.

    A column `filename` is each row's file.
    """
    empty = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in types.items())
    rows = f"SELECT {empty} WHERE false"
    if files:
        listed = ", ".join(map(file_literal, files))
        named = ", filename = true" if "filename" in types else ""
        rows += f" UNION ALL BY NAME FROM read_parquet([{listed}], union_by_name = true{named})"
    names = ", ".join(f'"{name}"' for name in types)
    return f"SELECT {names} FROM ({rows})"


def ledger_lines(folders: list[Path]) -> str:
    """SQL for the ledger of these deliveries, one line a file that was loaded."""
    types = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in LEDGER_LINE.items())
    files = ", ".join(file_literal(folder / LEDGER) for folder in folders)
    if not files:
        return rows_in([], LEDGER_LINE)
    return f"FROM read_json([{files}], format = 'newline_delimited', columns = {{{types}}})"


def row_types(model: type[Row]) -> dict[str, str]:
    """The columns and types of a table's rows in the store."""
    own = dict.fromkeys(columns(model), "VARCHAR")
    return PROVENANCE | own | {"extra": "MAP(VARCHAR, VARCHAR)"}


# How lately something was said: of two that differ on one day the one that arrived later counts.
TOLD = "(as_of - DATE '0001-01-01') * 1_000_000_000 + turn"

# What the latest extract says of each record: the first to say so for that day.
STANDING = f"""
SELECT source, record_id, max(version) AS latest, arg_max(version, {TOLD}) AS current,
       max(as_of) AS current_as_of
FROM {{seen}} WHERE first GROUP BY source, record_id
"""

_STANDING_RECORDS = """(
SELECT concat_ws('/', source, {table}, record_id) AS record_key, current AS version, latest
FROM ({standing}))"""

# Few records have more than one version: those that stand no longer are quicker looked up.
SUPERSEDED = """
SELECT record_key, version FROM (
    SELECT record_key, version AS stands, unnest(range(1, latest + 1)) AS version
    FROM {standing} WHERE latest > 1
) WHERE version <> stands"""


def view_of(
    model: type[Row], folders: list[Path], *, superseded: str, besides: Container[str] = ()
) -> str:
    """SQL for `received_<table>`, all columns `besides` these.

    `superseded` is SQL for the (record_key, version) that stand no more.
    """
    rows = rows_in(files_of(folders, "rows", model.table), row_types(model))
    after_version = [f'"{name}"' for name in list(row_types(model))[2:] if name not in besides]
    return f"""
        SELECT record_key, rows.version, superseded.version IS NULL AS is_current,
            {", ".join(after_version)}
        FROM ({rows}) AS rows LEFT JOIN ({superseded}) AS superseded USING (record_key, version)
    """
