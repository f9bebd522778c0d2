"""Rows taken apart in Python, handed to DuckDB in bulk through clean files of our own."""

# ruff: noqa: S608 - statements are made of the models' names and of quoted literals alone

import csv
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from duckdb import DuckDBPyConnection

from linkage.intake.formats import CREATE_UNREAD, cell, tidy
from linkage.quoting import file_literal, literal

# Only what is written here is read this way, so nothing is left for DuckDB to guess.
_AS_WRITTEN = (
    "header = false, auto_detect = false, quote = '\"', escape = '\"', "
    "new_line = '\\r\\n', max_line_size = 16777216"
)
_UNREAD = "{line: 'BIGINT', \"column\": 'VARCHAR', value: 'VARCHAR', reason: 'VARCHAR'}"


class CleanRows:
    """Files in `scratch` for a file's rows: those as wide as its header, and those set aside.

    A row is its line and then its cells: as bytes through `plain`, when nothing in it needs
    quoting, or as a list through `row`. A broken row is (line, column, value, reason).
    """

    def __init__(self, scratch: Path) -> None:
        self._plain_file = scratch / "plain.csv"
        self._rows_file = scratch / "rows.csv"
        self._broken_file = scratch / "broken.csv"
        self._delimiter = ","

    def __enter__(self) -> Self:
        with ExitStack() as files:
            self._plain = files.enter_context(self._plain_file.open("wb"))
            opened = [
                files.enter_context(file.open("w", newline="", encoding="utf-8"))
                for file in (self._rows_file, self._broken_file)
            ]
            self._rows: Any = csv.writer(opened[0])
            self._opened = opened
            self.broken: Any = csv.writer(opened[1])
            self._files = files.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._files.close()

    def set_apart_by(self, delimiter: str) -> None:
        """Say what stands between the cells; before the first row."""
        self._delimiter = delimiter
        self._rows = csv.writer(self._opened[0], delimiter=delimiter)

    def row(self, line: int, cells: list[str]) -> None:
        self._rows.writerow([line, *cells])

    def plain(self, line: int, row: bytes) -> None:
        """A row without a quotation mark or line end in it, as wide as the header."""
        self._plain.write(b"%d%b%b\r\n" % (line, self._delimiter.encode(), row))

    def load(self, connection: DuckDBPyConnection, width: int) -> None:
        """Make `cells`, to be read while the files are there, and fill `unread`."""
        names = [cell(position) for position in range(width)]
        types = ", ".join(f"{name}: 'VARCHAR'" for name in names)
        kept = ", ".join(f"{tidy(name)} AS {name}" for name in names)
        files = f"[{file_literal(self._plain_file)}, {file_literal(self._rows_file)}]"
        connection.execute(
            f"CREATE OR REPLACE VIEW cells AS SELECT line, {kept} FROM read_csv({files}, "
            f"columns = {{line: 'BIGINT', {types}}}, delim = {literal(self._delimiter)}, "
            f"{_AS_WRITTEN})"
        )
        connection.execute(CREATE_UNREAD)
        connection.execute(
            f"INSERT INTO unread FROM read_csv({file_literal(self._broken_file)}, "
            f"columns = {_UNREAD}, delim = ',', {_AS_WRITTEN})"
        )
