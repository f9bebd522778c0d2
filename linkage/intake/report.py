"""What an ingest did, for a person and for a script: numbers everywhere, values in one file only.

A value that was set aside may be somebody's name. It stands in the report that lies in the home,
readable by its owner alone; nothing prints or logs it.
"""

import os
from datetime import date, datetime
from itertools import count
from pathlib import Path

from pydantic import BaseModel, computed_field

# The report shows this many rows of a file; all of them are in the store's view `set_aside`.
ROWS_SHOWN = 1_000


class RowSetAside(BaseModel):
    """A row that could not be read: where it stands, and what is wrong with it."""

    line: int
    column: str | None
    value: str | None
    reason: str


class Quirk(BaseModel):
    """Something odd that was read all the same, and how often."""

    what: str
    count: int


class FileReport(BaseModel):
    """What became of one file; rows read = set aside + new + changed + unchanged."""

    source: str | None = None
    table: str | None = None
    file: str
    as_of: date | None = None
    delivery: str | None = None
    file_sha256: str | None = None
    read: int = 0
    set_aside: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    # Why nothing of the file was loaded, when nothing was.
    refused: str | None = None
    quirks: list[Quirk] = []
    warnings: list[str] = []
    # Columns that the table does not know: kept on the record, not used.
    extra_columns: list[str] = []
    # Columns that are kept of nobody: biometrics, immigration status.
    never_kept_columns: list[str] = []
    set_aside_for: dict[str, int] = {}
    rows_set_aside: list[RowSetAside] = []
    seconds: float = 0.0


class IngestReport(BaseModel):
    """What one `ingest` did, file by file."""

    started_at: datetime
    seconds: float = 0.0
    files: list[FileReport] = []
    # Where the machine-readable report lies.
    path: Path | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def complete(self) -> bool:
        """Every file was loaded; rows set aside do not count against it."""
        return not any(file.refused for file in self.files)


def write(report: IngestReport, folder: Path) -> IngestReport:
    """Put the report into the home, readable by its owner alone; return it with its path."""
    stamp = report.started_at.strftime("%Y%m%dT%H%M%S.%fZ")
    # The store's lock is held, so a name found free stays free.
    names = (folder / f"{stamp}-{nth}.json" for nth in count(1))
    placed = report.model_copy(update={"path": next(name for name in names if not name.exists())})
    private = os.open(str(placed.path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(private, "w", encoding="utf-8") as file:
        file.write(placed.model_dump_json(indent=2))
    return placed
