"""Feeds: how fresh each table is, and which records the latest full extract no longer has (C5).

No manifest says whether an extract is all of a table again or adds to it. It is taken for a full
one where it has at least half of the records that were in the table before it (`FULL_FROM`), and
for an addition otherwise: a day's rows repeat few, and a table that lost half of its records
between two extracts would be taken for an addition, which is why each feed tells how many an
extract repeated. A record that is gone is told of and stays: nothing here unsays what it said.
"""

# ruff: noqa: S608 - statements are made of the tables' names and of quoted literals alone

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from graph.vocabulary.agencies import Table
from graph.vocabulary.feeds import ExtractKind
from graph.vocabulary.identifiers import record_key
from linkage.store import QUIET, SEEN, committed, files_of, ledger_lines, rows_in

FULL_FROM = 0.5

_EXTRACTS = """
SELECT source, "table", delivery, arrival, as_of, any_value(covers_from), any_value(covers_to),
    max(received_at)
FROM ({ledger}) GROUP BY ALL ORDER BY source, "table", as_of, arrival"""

# How many of what is known the extract has, and how many it has at all.
_REPEATED = """
SELECT count(*), count(known.record_id) FROM extract LEFT JOIN known USING (record_id)"""
_GONE = "SELECT record_id FROM known ANTI JOIN extract USING (record_id) ORDER BY record_id"


@dataclass(frozen=True)
class Extract:
    """One delivery of one table: of the `known` records before it, it has `repeated` again."""

    kind: ExtractKind
    as_of: date
    records: int
    repeated: int
    known: int


@dataclass(frozen=True)
class Feed:
    """One table of one source. `vanished` are keys that the latest full extract no longer has."""

    source: str
    table: str
    as_of: date
    covers_from: date | None
    covers_to: date | None
    received_at: datetime
    days_since: int
    stale: bool
    extracts: list[Extract] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)


def feeds(home: Path, today: date, stale_after: int) -> list[Feed]:
    """Every table that was ever delivered, by source and table, as it stands today."""
    folders = {folder.name.partition("-")[2]: folder for folder in committed(home / "store")}
    with duckdb.connect() as connection:
        connection.execute(QUIET)
        ledger = ledger_lines(list(folders.values()))
        rows = connection.execute(_EXTRACTS.format(ledger=ledger)).fetchall()
        tables = dict.fromkeys((source, table) for source, table, *_ in rows)
        return [
            _feed(connection, folders, [row for row in rows if row[:2] == each], today, stale_after)
            for each in tables
        ]


def _feed(
    connection: DuckDBPyConnection,
    folders: dict[str, Path],
    rows: list[tuple[Any, ...]],
    today: date,
    stale_after: int,
) -> Feed:
    source, table, *_ = rows[-1]
    told = list(_walked(connection, [folders[row[2]] for row in rows], source, table))
    as_of, received_at = max(row[4] for row in rows), max(row[7] for row in rows)
    begins = [row[5] for row in rows if row[5]]
    ends = [row[6] for row in rows if row[6]]
    days = (today - as_of).days
    return Feed(
        source,
        table,
        as_of,
        min(begins, default=None),
        max(ends, default=None),
        received_at,
        days,
        days > stale_after,
        [
            Extract(kind, row[4], records, repeated, known)
            for row, (kind, records, repeated, known, _) in zip(rows, told, strict=True)
        ],
        _gone(source, table, told),
    )


# Kind, records, repeated, known before, and the record ids that are gone since.
_Walked = tuple[ExtractKind, int, int, int, list[str]]


def _walked(
    connection: DuckDBPyConnection, folders: list[Path], source: str, table: str
) -> Iterator[_Walked]:
    """Extract by extract, in the order of their days."""
    connection.execute("CREATE OR REPLACE TEMP TABLE known (record_id VARCHAR)")
    known = 0
    for folder in folders:
        seen = rows_in(files_of([folder], "seen", Table(table)), SEEN)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE extract AS"
            f" SELECT DISTINCT record_id FROM ({seen}) WHERE source = $source",
            {"source": source},
        )
        records, repeated = connection.execute(_REPEATED).fetchall()[0]
        full = repeated >= FULL_FROM * known
        gone = [one for (one,) in connection.execute(_GONE).fetchall()] if full else []
        yield ExtractKind.FULL if full else ExtractKind.ADDITION, records, repeated, known, gone
        if full:
            connection.execute("CREATE OR REPLACE TEMP TABLE known AS FROM extract")
        else:
            connection.execute("INSERT INTO known FROM extract ANTI JOIN known USING (record_id)")
        known = records if full else known + records - repeated


def _gone(source: str, table: str, told: list[_Walked]) -> list[str]:
    """Those that are gone since the latest full extract before it."""
    latest = next((one for one in reversed(told) if one[0] is ExtractKind.FULL), None)
    return [record_key(source, table, record_id) for record_id in latest[4]] if latest else []
