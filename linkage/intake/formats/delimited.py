"""CSV (RFC 4180) and EOIR's tab-delimited text, plain or gzipped, whatever state it is in.

The text is walked once as a stream, because only a walk knows the physical line of every row and
can go on after a broken one. Rows that come apart as the header says go to a clean CSV that
DuckDB then loads; nothing here grows with the file.
"""

import csv
import gzip
import re
import zlib
from dataclasses import dataclass
from itertools import chain
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.intake.formats import RefusedError, Request
from linkage.intake.formats.clean import CleanRows
from linkage.intake.formats.lines import BYTE_ORDER_MARK, EndlessRowError, Lines, opened

LONGEST_VALUE_KEPT = 500
ROWS_BETWEEN_NEWS = 5_000


@dataclass(frozen=True)
class _Dialect:
    """How a file sets its cells apart, and what makes a row need the careful reader."""

    delimiter: str
    needs_care: re.Pattern[bytes]
    reader: dict[str, Any]


# A quotation mark, a control character (a line end within the row), a no-break space to trim.
_COMMAS = _Dialect(",", re.compile(rb'["\x00-\x1f\xa0]'), {"strict": True})
# The public EOIR files quote nothing: a quotation mark in them is a quotation mark.
_TABS = _Dialect(
    "\t",
    re.compile(rb'["\x00-\x08\x0a-\x1f\xa0]'),
    {"delimiter": "\t", "quoting": csv.QUOTE_NONE},
)


@dataclass
class _Walk:
    """One pass over a file's rows: those as wide as the header, and those set aside."""

    lines: Lines
    dialect: _Dialect
    width: int
    clean: CleanRows

    def take(self, rows: int) -> bool:
        """Divide the next rows; False when the file is at its end."""
        lines, needs_care = self.lines, self.dialect.needs_care
        delimiter, delimiters = self.dialect.delimiter.encode(), self.width - 1
        for _ in range(rows):
            row = lines.peek().removesuffix(b"\n").removesuffix(b"\r")
            if not row and not lines.peek():
                return False
            plain = row.count(delimiter) == delimiters and not needs_care.search(row)
            # Most rows are plain: their bytes go on as they are, ten times as fast.
            if plain and row and _is_text(row):
                self.clean.plain(lines.first, row)
                lines.skip()
            else:
                self._take_with_care()
        return True

    def _take_with_care(self) -> None:
        lines = self.lines
        try:
            cells = next(csv.reader(lines, **self.dialect.reader))
        except (csv.Error, EndlessRowError):
            self._set_aside("a quotation mark out of place")
            return
        if len(cells) == self.width and not lines.unreadable:
            self.clean.row(lines.first, [cell.strip() for cell in cells])
            lines.accept()
        elif lines.unreadable or any(map(str.strip, cells)):
            self._set_aside(f"{len(cells)} columns where the header has {self.width}")
        else:
            lines.accept()

    def _set_aside(self, reason: str) -> None:
        """Set the row at hand aside: all of its lines when they belong together, else the first."""
        lines = self.lines
        shown = lines.text()[:LONGEST_VALUE_KEPT].replace("\0", "\N{REPLACEMENT CHARACTER}")
        self.clean.broken.writerow((lines.first, None, shown, lines.unreadable or reason))
        lines.give_back_all_but_the_first()


def _is_text(row: bytes) -> bool:
    try:
        row.decode()
    except UnicodeDecodeError:
        return False
    return True


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
        clean.set_apart_by(dialect.delimiter)
        walk = _Walk(lines, dialect, len(header), clean)
        while walk.take(ROWS_BETWEEN_NEWS):
            request.progress("reading", min(on_disk.tell(), size), size)
    return header


def _header(lines: Lines) -> tuple[list[str], _Dialect]:
    """The names in the first line that is not blank, and how the file sets its cells apart."""
    for text in lines:
        if lines.unreadable:
            raise RefusedError(f"the header: {lines.unreadable}; save the file as UTF-8 text")
        if not text.strip():
            lines.accept()
            continue
        dialect = _TABS if "\t" in text else _COMMAS
        try:
            whole = chain([text.removeprefix(BYTE_ORDER_MARK)], lines)
            names = next(csv.reader(whole, **dialect.reader))
        except (csv.Error, EndlessRowError) as error:
            raise RefusedError("the header has a quotation mark out of place") from error
        lines.accept()
        return [name.strip() for name in names], dialect
    raise RefusedError("the file is empty: not even a header is in it")
