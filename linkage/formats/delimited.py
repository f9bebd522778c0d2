"""CSV (RFC 4180) and EOIR's tab-delimited text, plain or gzipped, whatever state it is in.

The text is walked once as a stream, because only a walk knows the physical line of every row and
can go on after a broken one. Rows that come apart as the header says go to a clean CSV that
DuckDB then loads; nothing here grows with the file.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.formats import RefusedError, Request
from linkage.formats.clean import CleanRows
from linkage.formats.lines import BYTE_ORDER_MARK, EndlessRowError, Lines, opened

LONGEST_VALUE_KEPT = 500
ROWS_A_WRITE = 5_000

# The public EOIR files quote nothing: a quotation mark in them is a quotation mark.
_TABBED: dict[str, Any] = {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
_COMMAS: dict[str, Any] = {"delimiter": ",", "strict": True}


@dataclass
class _Walk:
    """One pass over a file's rows: those as wide as the header, and those set aside."""

    lines: Lines
    dialect: dict[str, Any]
    width: int
    clean: CleanRows

    def rows(self) -> Iterator[list[Any]]:
        """Each readable row's cells, and last its line."""
        reader = csv.reader(self.lines, **self.dialect)
        while True:
            try:
                cells: list[Any] = next(reader)
            except StopIteration:
                return
            except (csv.Error, EndlessRowError):
                self._set_aside("a quotation mark out of place")
                reader = csv.reader(self.lines, **self.dialect)
                continue
            if not cells and not self.lines.unreadable:
                self.lines.accept()
            elif len(cells) != self.width:
                self._set_aside(f"{len(cells)} columns where the header has {self.width}")
                reader = csv.reader(self.lines, **self.dialect)
            elif self.lines.unreadable:
                self._set_aside(self.lines.unreadable, whole=True)
            else:
                cells.append(self.lines.first)
                self.lines.accept()
                yield cells

    def _set_aside(self, reason: str, *, whole: bool = False) -> None:
        lines = self.lines
        shown = lines.text()[:LONGEST_VALUE_KEPT].replace("\0", "\N{REPLACEMENT CHARACTER}")
        self.clean.broken.writerow((lines.first, None, shown, lines.unreadable or reason))
        if whole:
            lines.accept()
        else:
            lines.give_back_all_but_the_first()


def read(connection: DuckDBPyConnection, request: Request) -> list[str]:
    """Load a delimited file into `cells` and `unread`; return its header as written.

    Raises:
        RefusedError: empty, not UTF-8, truncated or corrupt gzip, or a header that does not do.
    """
    with CleanRows(request.scratch) as clean:
        try:
            header = _split(request, clean)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise RefusedError("the gzip is truncated or corrupt: send the file again") from error
    clean.load(connection, len(header))
    return header


def _split(request: Request, clean: CleanRows) -> list[str]:
    size = request.file.stat().st_size
    with opened(request.file) as (stream, on_disk):
        lines = Lines(stream)
        header, dialect = _header(lines)
        request.check(header)
        rows = _Walk(lines, dialect, len(header), clean).rows()
        while some := list(islice(rows, ROWS_A_WRITE)):
            clean.rows.writerows(some)
            request.progress("reading", min(on_disk.tell(), size), size)
    return header


def _header(lines: Lines) -> tuple[list[str], dict[str, Any]]:
    """The names in the first line that is not blank, and how the file sets its cells apart."""
    for text in lines:
        if lines.unreadable:
            raise RefusedError(f"the header: {lines.unreadable}; save the file as UTF-8 text")
        if not text.strip():
            lines.accept()
            continue
        dialect = _TABBED if "\t" in text else _COMMAS
        try:
            names = next(csv.reader(chain([text.removeprefix(BYTE_ORDER_MARK)], lines), **dialect))
        except (csv.Error, EndlessRowError) as error:
            raise RefusedError("the header has a quotation mark out of place") from error
        lines.accept()
        return [name.strip() for name in names], dialect
    raise RefusedError("the file is empty: not even a header is in it")
