"""Rows out of the kept deliveries, or a sponsor out of rows, with a tombstone for each.

    store/deliveries/000001-…/expunged_earm_1.parquet   the tombstones of one file's rows
    store/deliveries/000001-…/expunged.jsonl            each rewritten file: its hash before and now

Everything is written aside first; nothing of the store changes before all of it is there.
"""

# ruff: noqa: S608 - statements of our own names, quoted literals and files

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection

from graph.errors import SponsorgraphError
from graph.private_files import write_private
from linkage.forgetting.digests import TOMBSTONES, Digests, parquet
from linkage.intake.versions import PARQUET
from linkage.quoting import file_literal
from linkage.store import QUIET, committed, rows_in
from linkage.unnamed import OF_A_SPONSOR, instead

LEDGER: Final = "expunged.jsonl"
_SEEN_FILE: Final = re.compile(r"seen_(\w+)_(\d+)\.parquet")


@dataclass(frozen=True)
class Rewriting:
    """One expungement's new versions of the store's files, on their way."""

    connection: DuckDBPyConnection
    store: Path
    aside: Path
    digests: Digests
    # The expungement's id, who, why and when, for the deliveries' own ledgers.
    told: Mapping[str, str]

    def rewrite(self) -> list[str]:
        """Write aside what changes, of the records in `expunged(record_key, …)`; its paths.

        Of a record with an `instead` the rows stay, without the sponsor whom they name.
        """
        paths = []
        for folder in committed(self.store):
            paths += self._delivery(folder)
        return paths + self._reports()

    def _delivery(self, folder: Path) -> list[str]:
        changed: list[dict[str, Any]] = []
        for seen in sorted(folder.glob("seen_*.parquet")):
            found = _SEEN_FILE.fullmatch(seen.name)
            assert found
            changed += self._file_of(folder, found[1], found[2])
        if not changed:
            return []
        ledger = folder / LEDGER
        before = ledger.read_text(encoding="utf-8") if ledger.exists() else ""
        lines = "".join(json.dumps({**self.told, **line}) + "\n" for line in changed)
        write_private(self._aside(ledger), before + lines)
        return [self._path(folder / line["file"]) for line in changed] + [self._path(ledger)]

    def _file_of(self, folder: Path, table: str, nth: str) -> Iterator[dict[str, Any]]:
        """The rows, what was seen, and what was set aside, of one delivered file."""
        kinds = {kind: folder / f"{kind}_{table}_{nth}.parquet" for kind in _KINDS}
        here = f"SELECT * FROM expunged WHERE \"table\" = '{table}'"
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE hers AS {here}")
        key = "concat_ws('/', seen.source, hers.\"table\", seen.record_id)"
        hers = _TOMBSTONES.format(
            record=self.digests.sql(key),
            content=self.digests.sql("kept.content_hash"),
            seen=parquet(kinds["seen"]),
            rows=parquet(kinds["rows"]),
        )
        self.connection.execute(hers, [self.told["expungement"]])
        digests = self._digests()
        if not digests:
            return
        for kind, whose in _KINDS.items():
            if kinds[kind].exists() and (rows := self._count(kinds[kind], whose)):
                self._copy(self._left(kinds[kind], table, whose), kinds[kind])
                yield self._told(kinds[kind], rows, digests)
        tombstones = folder / f"expunged_{table}_{nth}.parquet"
        known = rows_in([tombstones] if tombstones.exists() else [], TOMBSTONES)
        self._copy(f"{known} UNION ALL BY NAME FROM tombstones", tombstones)
        yield self._told(tombstones, len(digests), digests)

    def _digests(self) -> list[str]:
        found = self.connection.execute("SELECT DISTINCT record FROM tombstones ORDER BY ALL")
        return [digest for (digest,) in found.fetchall()]

    def _count(self, file: Path, whose: str) -> int:
        said = f"SELECT count(*) FROM {parquet(file)} AS row SEMI JOIN hers ON {whose}"
        return int(self.connection.execute(said).fetchall()[0][0])

    def _left(self, file: Path, table: str, whose: str) -> str:
        """SQL for the rows of a file that stay, as they are to be."""
        gone = "SELECT * FROM hers WHERE hers.instead IS NULL"
        stay = f"FROM {parquet(file)} AS row ANTI JOIN ({gone}) AS hers ON {whose}"
        if whose != _KINDS["rows"] or table not in OF_A_SPONSOR:
            return f"{stay} ORDER BY line"
        cells = instead(table, "hers.instead", kept_hash=self.digests.sql("row.content_hash"))
        there = self.connection.execute(f"DESCRIBE FROM {parquet(file)}").fetchall()
        replaced = ", ".join(
            f'CASE WHEN hers.instead IS NULL THEN row."{name}" ELSE {said} END AS "{name}"'
            for name, said in cells.items()
            if name in {column for column, *_ in there}
        )
        return (
            f"SELECT row.* REPLACE ({replaced}) FROM ({stay}) AS row"
            f" LEFT JOIN hers ON {whose} ORDER BY line"
        )

    def _copy(self, rows: str, file: Path) -> None:
        self.connection.execute(f"COPY ({rows}) TO {file_literal(self._aside(file))} {PARQUET}")

    def _told(self, file: Path, rows: int, records: list[str]) -> dict[str, Any]:
        before = hash_of(file) if file.exists() else None
        after = hash_of(self._aside(file))
        counted = {"rows": rows, "records": records}
        return {"file": file.name, "before": before, "after": after} | counted

    def _reports(self) -> list[str]:
        """What was set aside is also shown in the report of the ingest that did."""
        ids = {
            one
            for (one,) in self.connection.execute(
                "SELECT record_id FROM expunged WHERE instead IS NULL"
            ).fetchall()
        }
        paths = []
        for report in sorted((self.store / "reports").glob("*.json")):
            said = json.loads(report.read_text(encoding="utf-8"))
            changed = False
            for file in said.get("files", []):
                for row in file.get("rows_set_aside", []):
                    if row["column"] == "record_id" and row["value"] in ids:
                        row["value"], changed = None, True
            if changed:
                write_private(self._aside(report), json.dumps(said, indent=2))
                paths.append(self._path(report))
        return paths

    def _path(self, file: Path) -> str:
        return str(file.relative_to(self.store))

    def _aside(self, file: Path) -> Path:
        aside = self.aside / file.relative_to(self.store)
        aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return aside


# How each kind of a delivery's files says whose a row is.
_KINDS: Final = {
    "rows": "row.record_key = hers.record_key",
    "seen": "hers.instead IS NULL AND row.source = hers.source AND row.record_id = hers.record_id",
    "set_aside": "hers.instead IS NULL AND row.\"column\" = 'record_id'"
    " AND row.source = hers.source AND row.value = hers.record_id",
}

_TOMBSTONES: Final = """
CREATE OR REPLACE TEMP TABLE tombstones AS
SELECT ? AS expungement, {record} AS record, seen.version, seen.line, seen.first,
    CASE WHEN kept.content_hash IS NOT NULL THEN {content} END AS content,
    hers.instead
FROM {seen} AS seen JOIN hers USING (source, record_id)
LEFT JOIN {rows} AS kept
  ON kept.source = seen.source AND kept.record_id = seen.record_id AND kept.line = seen.line
ORDER BY seen.line"""


def rewriting(keys: Sequence[str], unnamed: Mapping[str, str]) -> DuckDBPyConnection:
    """A connection with `expunged(record_key, source, table, record_id, instead)`.

    `keys` go altogether; a key of `unnamed` stays, with that in the place of a sponsor's name.
    """
    connection = duckdb.connect()
    connection.execute(QUIET)
    # A source has no slash in its name, nor has a table; a record's id may have.
    connection.execute(
        """CREATE TEMP TABLE expunged AS
        SELECT record_key, split_part(record_key, '/', 1) AS source,
            split_part(record_key, '/', 2) AS "table",
            substr(record_key, length(split_part(record_key, '/', 1))
                + length(split_part(record_key, '/', 2)) + 3) AS record_id, instead
        FROM (SELECT unnest($keys::VARCHAR[]) AS record_key,
            unnest($instead::VARCHAR[]) AS instead)""",
        {"keys": [*keys, *unnamed], "instead": [None] * len(keys) + list(unnamed.values())},
    )
    return connection


def hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return sha256(stream.read()).hexdigest()


def verify(store: Path) -> int:
    """How many rewritten files bear the hash that they were given.

    Raises:
        SponsorgraphError: one does not; the sentence names it.
    """
    checked = 0
    for folder in committed(store):
        ledger = folder / LEDGER
        if not ledger.exists():
            continue
        lines = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
        last: dict[str, dict[str, Any]] = {}
        for line in lines:
            if line["file"] in last and last[line["file"]]["after"] != line["before"]:
                raise SponsorgraphError(f"{ledger}: {line['file']} was changed in between.")
            last[line["file"]] = line
        for name, line in last.items():
            if hash_of(folder / name) != line["after"]:
                raise SponsorgraphError(
                    f"{folder / name} is not what expungement {line['expungement']} left: bring"
                    " the store back from a backup, and expunge again."
                )
            checked += 1
    return checked
