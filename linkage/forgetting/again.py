"""What was expunged and stands in the store again: it was brought back from an older backup.

The ledger knows each record by its digest, and the store has a tombstone for it. Where there is
none, the store is older than the ledger: the next link expunges the record again, before it links
anything, and says so in the ledger. So it does with what an agency sent to a store that does not
know any more that it was expunged.
"""

# ruff: noqa: S608 - statements of our own names, quoted literals and files

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection

from graph.connection import Door
from graph.vocabulary.agencies import Table
from linkage.forgetting.digests import TOMBSTONES, digests_of
from linkage.forgetting.expunging import A_SPONSOR, Relink, Wish, carry_on, intend_again
from linkage.forgetting.ledger import entries
from linkage.intake.staging import locked_store
from linkage.quoting import literal
from linkage.sources import MODEL_OF
from linkage.store import QUIET, SEEN, committed, files_of, row_types, rows_in
from linkage.unnamed import INSTEAD, OF_A_SPONSOR

_BY: Final = "sponsorgraph link"
_AGAIN: Final = "again"

# A paper of a sponsor stays: her name is what was expunged of it.
_EXPUNGED: Final = """
CREATE TEMP TABLE expunged AS SELECT unnest($digests::VARCHAR[]) AS digest,
    unnest($lines::INTEGER[]) AS line, unnest($stays::BOOLEAN[]) AS stays"""

_WITHOUT_TOMBSTONE: Final = """
SELECT 1 FROM expunged WHERE NOT EXISTS (
    FROM ({tombstones}) AS known WHERE record = digest AND (stays OR known.instead IS NULL))
LIMIT 1"""

_STANDING: Final = """
SELECT line, stays, list(DISTINCT record_key ORDER BY record_key)
FROM ({records}) AS stored JOIN expunged ON digest = {digest} AND expunged.stays = stored.named
GROUP BY line, stays ORDER BY line"""


@dataclass(frozen=True)
class Standing:
    """The records that one line of the ledger says were expunged, and that stand in the store.

    `papers` says that they stay, and only the sponsor whom they name does not.
    """

    line: int
    papers: bool
    keys: list[str]


def standing_again(home: Path, *, thoroughly: bool = False) -> list[Standing]:
    """What was expunged and stands in the store, in the order of the ledger.

    The store's records are read only where a tombstone is wanting, or `thoroughly`: a record may
    have one in another delivery than the one that was brought back.

    Raises:
        SponsorgraphError: the ledger was altered, or the secret of its digests is gone.
    """
    lines = [line for line in entries(home) if line["what"] == "EXPUNGED" and line["digests"]]
    if not lines:
        return []
    with duckdb.connect() as connection:
        connection.execute(QUIET)
        _keep_expunged(connection, lines)
        folders = committed(home / "store")
        if not thoroughly and not _wants_a_tombstone(connection, folders):
            return []
        records = " UNION ALL ".join(_records(folders))
        digest = digests_of(home).sql("record_key")
        found = connection.execute(_STANDING.format(records=records, digest=digest)).fetchall()
    return [Standing(*row) for row in found]


def expunge_again(door: Door, home: Path, relink: Relink, *, thoroughly: bool = False) -> int:
    """Expunge what stands in the store again; how many records.

    Needs the lock of linking. All records go at once; sponsors one by one, since papers of two
    must not be tied by what stands in the place of their names.
    """
    done = 0
    for wish in _wishes(standing_again(home, thoroughly=thoroughly)):
        with locked_store(home):
            intend_again(door, home, wish)
            told = carry_on(door, home, relink)
        assert told is not None
        done += told.records
    return done


def _wishes(standing: Sequence[Standing]) -> Iterator[Wish]:
    records = [one for one in standing if not one.papers]
    gone = sorted({key for one in records for key in one.keys})
    if gone:
        yield Wish(gone, [], _BY, _why(records), _AGAIN)
    for one in standing:
        left = [key for key in one.keys if key not in set(gone)]
        if one.papers and left:
            notes = [key for key in left if _table_of(key) == Table.WORKSHEET]
            papers = [key for key in left if key not in set(notes)]
            yield Wish([], [], _BY, _why([one]), A_SPONSOR, papers, notes)


def _why(standing: Sequence[Standing]) -> str:
    lines = ", ".join(str(one.line) for one in standing)
    return f"in the store again, which is older than the ledger's {lines}"


def _keep_expunged(connection: DuckDBPyConnection, lines: Sequence[dict[str, Any]]) -> None:
    rows = [
        (digest, line["seq"], line["of"] == A_SPONSOR)
        for line in lines
        for digest in line["digests"]
    ]
    columns = zip(("digests", "lines", "stays"), zip(*rows, strict=True), strict=True)
    connection.execute(_EXPUNGED, {name: list(values) for name, values in columns})


def _wants_a_tombstone(connection: DuckDBPyConnection, folders: Sequence[Path]) -> bool:
    files = [file for folder in folders for file in sorted(folder.glob("expunged_*.parquet"))]
    text = _WITHOUT_TOMBSTONE.format(tombstones=rows_in(files, TOMBSTONES))
    return bool(connection.execute(text).fetchall())


def _records(folders: list[Path]) -> Iterator[str]:
    """SQL for the keys of the store's records, and of those that name a sponsor."""
    for table, model in MODEL_OF.items():
        seen = rows_in(files_of(folders, "seen", table), SEEN)
        key = f"concat_ws('/', source, {literal(table)}, record_id)"
        yield f"SELECT DISTINCT {key} AS record_key, false AS named FROM ({seen})"
        if table in OF_A_SPONSOR:
            rows = rows_in(files_of(folders, "rows", table), row_types(model))
            name = f"coalesce({OF_A_SPONSOR[table].name}, '')"
            named = f"NOT starts_with({name}, {literal(INSTEAD[:-1])})"
            yield f"SELECT DISTINCT record_key, true FROM ({rows}) WHERE {named}"


def _table_of(key: str) -> str:
    return key.split("/")[1]
