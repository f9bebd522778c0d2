"""XLSX and its elders: an office's spreadsheet, whose header stands where somebody put it."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from linkage.intake.formats import RefusedError, Request
from linkage.intake.formats.clean import CleanRows

MAGICS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Titles and notes stand above the header; what is further down is data.
HEADER_WITHIN = 20
# A worksheet fits in memory; an archive that swells beyond this is no office's worksheet.
LARGEST_UNZIPPED = 1 << 30


def read(connection: DuckDBPyConnection, request: Request) -> list[str]:
    """Load the first sheet whose header does into `cells`; lines are the spreadsheet's rows.

    Raises:
        RefusedError: not readable as a spreadsheet, or no sheet has a header that does.
    """
    request.progress("reading", 0, None)
    sheet, at, header = _table_in(_workbook(request.file), request)
    with CleanRows(request.scratch) as clean:
        for line, row in _numbered(sheet):
            cells = [_as_text(value) for value in row[: len(header)]]
            if line > at and any(cells):
                clean.row(line, [*cells, *[""] * (len(header) - len(cells))])
    clean.load(connection, len(header))
    return header


def _workbook(file: Path) -> CalamineWorkbook:
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNZIPPED:
                    raise RefusedError("the spreadsheet is larger than 1 GB: save it as CSV")
        return CalamineWorkbook.from_path(file)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise RefusedError("not readable as a spreadsheet: save it again as XLSX") from error


def _table_in(workbook: CalamineWorkbook, request: Request) -> tuple[CalamineSheet, int, list[str]]:
    """The sheet, the header's line and the header: the first that does."""
    problem = None
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        for line, row in islice(_numbered(sheet), HEADER_WITHIN):
            header = _without_empty_tail([_as_text(value) for value in row])
            found = request.header_problem(header)
            if header and not found:
                return sheet, line, header
            # The first row that holds anything is what a person would call the header.
            problem = problem or (found if header else None)
    raise RefusedError(problem or "the spreadsheet is empty")


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    return enumerate(sheet.iter_rows(), start=1 + (sheet.start or (0, 0))[0])


def _without_empty_tail(header: list[str]) -> list[str]:
    while header and not header[-1]:
        header.pop()
    return header


def _as_text(value: Any) -> str:
    """A cell as a person reads it: a day without its midnight, a number without `.0`."""
    if isinstance(value, datetime):
        return str(value.date() if value.time() == datetime.min.time() else value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
