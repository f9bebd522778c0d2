"""Small deliveries, made where a test needs them and unremarkable but for what it tests."""

import json
from pathlib import Path
from typing import Any

from linkage.intake.ingest import ingest
from linkage.intake.report import FileReport
from linkage.store import open_store

A_DAY = "2024-06-30"
HEADER = "record_id,a_number,family_name,given_names,date_of_birth"
# A row that nothing is wrong with.
ANA = "1,A000000001,LOPEZ,ANA,2010-05-06"


def a_delivery(
    folder: Path,
    files: dict[str, Any],
    source: str = "EARM",
    as_of: str = A_DAY,
    **said: Any,
) -> Path:
    """A folder with a manifest of one delivery; the files themselves are the test's to write."""
    folder.mkdir(parents=True, exist_ok=True)
    delivery = {"source": source, "as_of": as_of, "files": files} | said
    (folder / "manifest.json").write_text(json.dumps({"deliveries": [delivery]}))
    return folder


def deliver(
    home: Path, content: bytes | str, table: str = "earm", name: str | None = None, **said: Any
) -> FileReport:
    """Ingest one file of these contents; the outcome."""
    name = name or f"{table}.csv"
    folder = a_delivery(home.parent / "delivery", {table: name}, **said)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    [outcome] = ingest(home, [folder]).files
    return outcome


def stored(home: Path, table: str = "earm", what: str = "*") -> list[tuple[Any, ...]]:
    """What the store holds of a table, in order of record and version."""
    with open_store(home) as connection:
        return connection.execute(
            f"SELECT {what} FROM received_{table} ORDER BY record_key, version"
        ).fetchall()


def lines(*rows: str, end: str = "\n") -> str:
    return "".join(row + end for row in rows)
