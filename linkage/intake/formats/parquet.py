"""Parquet: typed columns, kept as the text that the same value has in a CSV."""

# ruff: noqa: S608 - statements are made of the models' names and of quoted literals alone

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from linkage.intake.formats import CREATE_UNREAD, SURROUNDINGS, RefusedError, Request, cell, tidy
from linkage.quoting import file_literal

MAGIC = b"PAR1"


def read(connection: DuckDBPyConnection, request: Request) -> list[str]:
    """Load a Parquet file into `cells`; its line numbers are rows, from 1.

    Raises:
        RefusedError: not readable as Parquet, or a header that does not do.
    """
    connection.execute(CREATE_UNREAD)
    request.progress("reading", 0, None)
    try:
        columns = _described(connection, request.file)
        header = [name for name, _ in columns]
        request.check(header)
        kept = ", ".join(
            f"{tidy(_as_text(name, kind), SURROUNDINGS)} AS {cell(position)}"
            for position, (name, kind) in enumerate(columns)
        )
        connection.execute(
            f"CREATE OR REPLACE TABLE parquet_cells AS SELECT file_row_number + 1 AS line, {kept} "
            f"FROM read_parquet({file_literal(request.file)}, file_row_number = true)"
        )
        connection.execute("CREATE OR REPLACE VIEW cells AS FROM parquet_cells")
    except duckdb.Error as error:
        raise RefusedError("not readable as Parquet: ask for the file again") from error
    return header


def _described(connection: DuckDBPyConnection, file: Path) -> list[tuple[str, str]]:
    rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({file_literal(file)})")
    return [(str(row[0]), str(row[1])) for row in rows.fetchall()]


def _as_text(name: str, kind: str) -> str:
    """A typed value as it would stand in a CSV: a day without a midnight, an id without `.0`."""
    column = '"' + name.replace('"', '""') + '"'
    text = f"CAST({column} AS VARCHAR)"
    if kind.startswith("TIMESTAMP"):
        day = f"strftime({column}, '%Y-%m-%d')"
        return f"CASE WHEN {column} = date_trunc('day', {column}) THEN {day} ELSE {text} END"
    if kind in {"DOUBLE", "FLOAT"}:
        return f"regexp_replace({text}, '\\.0$', '')"
    return text
