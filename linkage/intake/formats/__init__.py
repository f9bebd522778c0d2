"""A file as it came, whatever its format, into one table of numbered cells.

Each reader fills two tables of the working database: `cells(line, c1, c2, …)` with the rows it
could take apart, and `unread(line, "column", value, reason)` with those that it could not. What a
cell means is nobody's business here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from graph.progress import Progress

CREATE_UNREAD = """
CREATE OR REPLACE TABLE unread (line BIGINT, "column" VARCHAR, value VARCHAR, reason VARCHAR)
"""

# What surrounds a value without being part of it: EOIR pads its codes, spreadsheets and web forms
# leave tabs, line ends and no-break spaces.
SURROUNDINGS = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"


class RefusedError(Exception):
    """A file that cannot be loaded at all; the sentence says why, and names no person."""


@dataclass(frozen=True)
class Request:
    """One file to read into `cells` and `unread`.

    `header_problem` says why a header does not do for the table (None: it does). A spreadsheet
    uses it to find its header under the titles that people put above it.
    """

    file: Path
    scratch: Path
    header_problem: Callable[[list[str]], str | None]
    progress: Progress

    def check(self, header: list[str]) -> None:
        """Refuse the file, naming what its header lacks."""
        if problem := self.header_problem(header):
            raise RefusedError(problem)


Reader = Callable[[DuckDBPyConnection, Request], list[str]]


def cell(position: int) -> str:
    """The column of `cells` that holds the header's column at `position` (from 0)."""
    return f"c{position + 1}"


def tidy(column: str, surroundings: str = "' '") -> str:
    """The SQL of a cell as it is kept: trimmed, and null when nothing is left."""
    return f"nullif(trim({column}, {surroundings}), '')"
