"""A store with a handful of records, for tests that are about people and not about files."""

import duckdb
from duckdb import DuckDBPyConnection

from graph.vocabulary.agencies import Table
from linkage.records import columns, id_column
from linkage.sources import MODEL_OF

Rows = list[dict[str, str | None]]


def a_store(**tables: Rows) -> DuckDBPyConnection:
    """`a_store(earm=[{"record_id": "1", "family_name": "LOPEZ"}])`: the store's views, in memory."""
    connection = duckdb.connect()
    for table, model in MODEL_OF.items():
        names = columns(model)
        rows = tables.get(str(table), [])
        typed = ", ".join(f'"{name}" VARCHAR' for name in names)
        connection.execute(
            f"CREATE TABLE received_{table} (record_key VARCHAR, version INTEGER,"
            f' is_current BOOLEAN, source VARCHAR, "table" VARCHAR, record_id VARCHAR, as_of DATE, {typed})'
        )
        for row in rows:
            _insert(connection, table, model.source, [id_column(model) or "record_id", *names], row)
    keys = " UNION ".join(f"SELECT record_key FROM received_{table}" for table in MODEL_OF)
    connection.execute(f"CREATE TEMP TABLE changed AS {keys}")
    return connection


def _insert(
    connection: DuckDBPyConnection,
    table: Table,
    source: str,
    names: list[str],
    row: dict[str, str | None],
) -> None:
    identifying, *stated = names
    record_id = row.get("record_id") or row[identifying]
    marks = ", ".join("?" for _ in stated)
    connection.execute(
        f"INSERT INTO received_{table} VALUES (?, 1, true, ?, ?, ?, DATE '2024-06-30', {marks})",
        [
            f"{source}/{table}/{record_id}",
            source,
            table,
            record_id,
            *(row.get(name) for name in stated),
        ],
    )
