"""The least that an XLSX file can be: one sheet of text cells, the same bytes every time.

Written by hand, since the program only ever reads such files and needs no writer otherwise.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_OFFICE}/package/2006/content-types">
<Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_OFFICE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument"
 Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main"
 xmlns:r="{_OFFICE}/officeDocument/2006/relationships">
<sheets><sheet name="Hearings" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_OFFICE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/worksheet"
 Target="worksheets/sheet1.xml"/></Relationships>""",
}
_SHEET = f'<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main"><sheetData>\n'
_YEAR_ZERO = (1980, 1, 1, 0, 0, 0)  # ZIP's earliest: a clock would make each file another


def write_workbook(path: Path, columns: list[str], rows: Iterable[tuple[str, ...]]) -> None:
    """A workbook with the columns' names in its first row."""
    sheet = "".join(_row(cells) for cells in chain([tuple(columns)], rows))
    with ZipFile(path, "w") as book:
        for name, part in _parts(sheet):
            entry = ZipInfo(name, _YEAR_ZERO)
            entry.compress_type = ZIP_DEFLATED
            book.writestr(entry, part)


def _parts(sheet: str) -> Iterator[tuple[str, str]]:
    for name, text in _PARTS.items():
        yield name, _HEAD + text
    yield "xl/worksheets/sheet1.xml", f"{_HEAD}{_SHEET}{sheet}</sheetData></worksheet>"


def _row(cells: tuple[str, ...]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>\n"


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"
