"""Deliveries on disk: tables, the manifest, and the truth in a folder of its own."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self, TextIO

from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.workbook import write_workbook

_NEEDS_QUOTES = frozenset(',"\n\r')


def line(cells: Iterable[str]) -> str:
    """One CSV line (RFC 4180)."""
    return ",".join(_quoted(cell) for cell in cells) + "\n"


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.intersection(cell) else cell


class Answers:
    """The truth, written while the papers are: who each record names, and where they lived."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._people = _open(folder / "truth.csv")
        self._people.write("source,table,record_id,role,person_id\n")
        self._addresses = _open(folder / "truth_addresses.csv")
        self._addresses.write("source,table,record_id,role,address_id\n")

    def note(self, source: str, table: str, record_id: str, about: Iterable[About]) -> None:
        for who in about:
            key = source, table, record_id, who.role
            self._people.write(line((*key, who.person)))
            if who.address:
                self._addresses.write(line((*key, who.address.id)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._people.close()
        self._addresses.close()


def write_table(path: Path, columns: list[str], sheets: list[Sheet], rng: Random) -> None:
    """The sheets as a table, shuffled: the order of lines must not tell who is who either."""
    rng.shuffle(sheets)
    if path.suffix == ".xlsx":
        write_workbook(path, columns, (sheet.cells for sheet in sheets))
        return
    text = line(columns) + "".join(line(sheet.cells) for sheet in sheets)
    # No time in a packed file's header: the same world is the same bytes.
    data = text.encode()
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def write_manifest(folder: Path, deliveries: list[dict[str, object]]) -> None:
    text = json.dumps({"deliveries": deliveries}, indent=2)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
