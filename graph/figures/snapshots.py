"""Publishing the tables, once for each end of a quarter, so that they stand still in between.

    home/figures/offsets.json     the secret offsets of every count (graph/figures/hiding.py)
    home/figures/2026-09-30.json  what was published for that day, with the hash of each table

The files are the original, readable by their owner alone; the graph has a copy of the tables for
whoever asks, which the next `figures --publish` puts back where it is missing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from neo4j import Session

from graph.connection import Door
from graph.errors import SponsorgraphError, UsageError
from graph.figures.counting import failed_to_appear, released
from graph.figures.family import METHOD, TABLES, Table, family, figures
from graph.figures.hiding import Key, draw, hide
from graph.private_files import write_private
from graph.writes.runs import published_run

_MONTHS: Final = 3
_OFFSETS: Final = "offsets.json"

_KEEP: Final = """CYPHER 25
UNWIND $tables AS row
MERGE (table:OversightTable {id: row.id})
ON CREATE SET table.kind = row.kind, table.asOf = date(row.asOf), table.text = row.text,
    table.sha256 = row.sha256"""

_KEPT: Final = """CYPHER 25
MATCH (table:OversightTable)
RETURN table.id AS id, table.kind AS kind, toString(table.asOf) AS asOf, table.text AS text,
       table.sha256 AS sha256
ORDER BY asOf, kind"""


@dataclass(frozen=True)
class Published:
    """What a `figures --publish` did: the day, and whether its tables are new."""

    as_of: date
    new: bool
    tables: int


def quarter_end(on: date) -> date:
    """The latest last day of a quarter that is over: 30 September for a day in October."""
    first = (on.month - 1) // _MONTHS * _MONTHS + 1
    return date(on.year, first, 1) - timedelta(days=1)


def publish(door: Door, home: Path, on: date) -> Published:
    """Publish the tables for the last quarter that was over on that day, unless they are.

    Raises:
        SponsorgraphError: a later quarter was published, or what belongs to earlier ones is lost.
    """
    as_of = quarter_end(on)
    folder = home / "figures"
    file = folder / f"{as_of}.json"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with door.writing() as session:
        _refuse_what_would_tell_more(session, folder, as_of)
        if new := not file.exists():
            write_private(file, json.dumps(_tables(session, folder, as_of), indent=1))
        for earlier in _days(folder):
            rows = json.loads(earlier.read_text(encoding="utf-8"))
            _keep(session, rows)
    return Published(as_of, new, len(TABLES))


def published(door: Door) -> list[dict[str, Any]]:
    """Every table ever published: id, kind, asOf, text (JSON) and sha256, by day and kind.

    Raises:
        SponsorgraphError: a table was altered after it was published.
    """
    with door.reading() as session:
        kept = session.execute_read(lambda tx: tx.run(_KEPT).data())
    for table in kept:
        if sha256(table["text"].encode()).hexdigest() != table["sha256"]:
            raise SponsorgraphError(
                f"Table {table['id']} in the graph is not what was published: compare it with the"
                " home's figures folder, and find out who changed it."
            )
    return kept


def _tables(session: Session, folder: Path, as_of: date) -> list[dict[str, Any]]:
    if published_run(session).seq == 0:
        raise UsageError("Nothing has been linked yet: run `sponsorgraph link` first.")
    offsets = _known(folder)
    cells = {
        "released": released(session, as_of),
        "failed": failed_to_appear(session, as_of),
    }
    counts, groups = family(cells, offsets)
    offsets = draw(groups, offsets)
    # First of all: tables whose offsets were lost could be compared with others' of the same day.
    listed = [[list(key), offset] for key, offset in offsets.items()]
    write_private(folder / _OFFSETS, json.dumps(listed))
    told = hide(counts, groups, offsets)
    return [_table(table, as_of, figures(table, told)) for table in TABLES]


def _keep(session: Session, rows: list[dict[str, Any]]) -> None:
    session.execute_write(lambda tx: tx.run(_KEEP, tables=rows).consume())


def _table(table: Table, as_of: date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    said = {
        "definition": table.definition,
        "sources": list(table.sources),
        "method": METHOD,
        "figures": rows,
    }
    text = json.dumps({"kind": table.kind, "asOf": str(as_of), **said})
    return {
        "id": f"oversight_{table.kind.lower()}_{as_of}",
        "kind": str(table.kind),
        "asOf": str(as_of),
        "text": text,
        "sha256": sha256(text.encode()).hexdigest(),
    }


def _refuse_what_would_tell_more(session: Session, folder: Path, as_of: date) -> None:
    here = {file.stem for file in _days(folder)}
    kept = {row["asOf"] for row in session.execute_read(lambda tx: tx.run(_KEPT).data())}
    if lost := sorted(kept - here):
        raise SponsorgraphError(
            f"The tables of {lost[0]} were published from another home: publish from that one, or"
            " bring its figures folder here. Other offsets would tell more than one may know."
        )
    if here and not (folder / _OFFSETS).exists():
        raise SponsorgraphError(
            f"{folder / _OFFSETS} is gone: bring it back from a backup. New tables with other"
            " offsets would tell more than one may know."
        )
    if later := sorted(day for day in here if day > str(as_of)):
        raise UsageError(f"The tables of {later[0]} are published: earlier ones no more.")


def _known(folder: Path) -> dict[Key, int]:
    file = folder / _OFFSETS
    if not file.exists():
        return {}
    return {tuple(key): offset for key, offset in json.loads(file.read_text(encoding="utf-8"))}


def _days(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("[0-9]*.json")))
