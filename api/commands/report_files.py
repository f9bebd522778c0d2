"""Reports as files: CSV and XLSX for whoever counts, SVG for whoever looks.

A line a figure, and none without its denominator, its day, its definition and its sources.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from graph.errors import UsageError
from graph.private_files import write_private
from graph.reports.chart import chart

COLUMNS: Final = (
    *("report", "figure", "of", "unit", "counted", "low", "high", "of_how_many", "share"),
    *("as_of", "definition", "sources"),
)
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def rows(report: Mapping[str, Any]) -> list[list[Any]]:
    """A report as the API answers it, a row a figure."""
    return [
        [
            _plain(report["title"]),
            _plain(one["name"]),
            _plain(" / ".join(f"{part['dimension']}={part['value']}" for part in one["of"])),
            one["unit"],
            one["numerator"]["counted"],
            one["numerator"]["low"],
            one["numerator"]["high"],
            one["denominator"]["counted"],
            one["share"],
            one["asOf"],
            _plain(one["definition"]),
            " ".join(one["sources"]),
        ]
        for one in report["figures"]
    ]


def _plain(text: str) -> str:
    """A text that no spreadsheet reads as a formula: an office's name comes from a file."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(report: Mapping[str, Any]) -> str:
    """A line a figure, under a header."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows(report))
    return text.getvalue()


def as_xlsx(report: Mapping[str, Any]) -> bytes:
    """A workbook of two sheets: the figures, and what has to be said beside them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, bold = book.add_worksheet("Figures"), book.add_format({"bold": True})
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, COLUMNS, bold)
        for line, row in enumerate(rows(report), 1):
            sheet.write_row(line, 0, row)
            sheet.set_row(line, None)
        sheet.set_column(COLUMNS.index("share"), COLUMNS.index("share"), 8, percent)
        sheet.set_column(1, 1, 44)
        sheet.freeze_panes(1, 2)
        beside = book.add_worksheet("Notes")
        beside.write_column(0, 0, [report["title"], f"As of {report['asOf']}", *report["notes"]])
    return file.getvalue()


def write(report: Mapping[str, Any], path: Path) -> None:
    """Into a file of the kind that its name ends with, readable by its owner alone.

    Raises:
        UsageError: its name ends otherwise.
    """
    made = {".csv": as_csv, ".svg": chart}
    if path.suffix == ".xlsx":
        path.touch(mode=0o600)
        path.write_bytes(as_xlsx(report))
    elif path.suffix in made:
        write_private(path, made[path.suffix](report))
    else:
        raise UsageError(f"{path.name} ends otherwise: give a .csv, .xlsx or .svg file.")
