"""Rows that were taken apart in Python, handed to DuckDB in bulk through a clean CSV of our own."""

# ruff: noqa: S608 - statements are made of the models' names and of quoted literals alone

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from duckdb import DuckDBPyConnection

from linkage.formats import CREATE_UNREAD, cell, tidy
from linkage.quoting import file_literal

# Only what is written here is read this way, so nothing is left for DuckDB to guess.
_AS_WRITTEN = (
    "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
    "new_line = '\\r\\n', max_line_size = 16777216"
)
_UNREAD = "{line: 'BIGINT', \"column\": 'VARCHAR', value: 'VARCHAR', reason: 'VARCHAR'}"


class CleanRows:
    """Two CSV files in `scratch`: rows as wide as the header plus their line, and rows set aside.

    A broken row is (line, column, value, reason), as `unread` has it.
    """

    def __init__(self, scratch: Path) -> None:
        self._rows_file = scratch / "clean.csv"
        self._broken_file = scratch / "broken.csv"

    def __enter__(self) -> Self:
        self._open_rows = self._rows_file.open("w", newline="", encoding="utf-8")
        self._open_broken = self._broken_file.open("w", newline="", encoding="utf-8")
        self.rows: Any = csv.writer(self._open_rows)
        self.broken: Any = csv.writer(self._open_broken)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open_rows.close()
        self._open_broken.close()

    def load(self, connection: DuckDBPyConnection, width: int) -> None:
        """Fill `cells` and `unread`, and remove the files."""
        names = [cell(position) for position in range(width)]
        types = ", ".join(f"{name}: 'VARCHAR'" for name in names)
        kept = ", ".join(f"{tidy(name)} AS {name}" for name in names)
        connection.execute(
            f"CREATE OR REPLACE TABLE cells AS SELECT line, {kept} FROM read_csv("
            f"{file_literal(self._rows_file)}, columns = {{{types}, line: 'BIGINT'}}, "
            f"{_AS_WRITTEN})"
        )
        connection.execute(CREATE_UNREAD)
        connection.execute(
            f"INSERT INTO unread FROM read_csv({file_literal(self._broken_file)}, "
            f"columns = {_UNREAD}, {_AS_WRITTEN})"
        )
        self._rows_file.unlink()
        self._broken_file.unlink()
