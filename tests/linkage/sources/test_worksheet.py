"""A field office's own spreadsheet: any columns, mapped by the manifest, typed by people."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]

from tests.linkage.deliveries import deliver, stored

MAPPING = {
    "A#": "a_number",
    "Name": "name",
    "Hrg": "hearing_date",
    "Appeared?": "appearance",
    "Addr": "address",
}
HEADER = ["A#", "Name", "Hrg", "Appeared?", "Addr", "Initials"]


def a_workbook(file: Path, *rows: list[Any]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(file)
    return file.read_bytes()


def test_a_worksheet_with_a_title_above_its_header_loads_by_its_mapping(tmp_path: Path):
    content = a_workbook(
        tmp_path / "w.xlsx",
        ["No-shows, Newark"],
        [],
        HEADER,
        ["A000000001", "Lopez, Ana", date(2023, 3, 14), "no", "1 Main St", "JD"],
        [1, "Perez, Bea", datetime(2023, 3, 15, 9, 30), None, None, None],
        [None] * 6,
        ["A000000003", "Diaz, Eva", "3/16/2023", "yes", None, "JD"],
        ["A000000004", "Cruz, Luz", "next week", None, None, None],
    )
    outcome = deliver(
        tmp_path / "home", content, "worksheet", name="w.xlsx", mapping=MAPPING,
        source="LOCAL_WORKSHEET",
    )  # fmt: skip
    assert (outcome.refused, outcome.new) == (None, 2)
    assert [(row.line, row.column, row.value) for row in outcome.rows_set_aside] == [
        (5, "Hrg", "2023-03-15 09:30:00"),
        (8, "Hrg", "next week"),
    ]
    found = stored(
        tmp_path / "home", "worksheet", "line, a_number, name, hearing_date, appearance, extra"
    )
    assert sorted(found) == [
        (4, "A000000001", "Lopez, Ana", "2023-03-14", "no", {"Initials": "JD"}),
        (7, "A000000003", "Diaz, Eva", "2023-03-16", "yes", {"Hrg": "3/16/2023", "Initials": "JD"}),
    ]


def test_a_row_of_a_worksheet_is_known_by_what_it_says(tmp_path: Path):
    rows = "A#,Name,Hrg,Appeared?,Addr\nA000000001,Ana,2023-03-14,no,\n"
    first = deliver(tmp_path / "home", rows, "worksheet", mapping=MAPPING)
    above = rows.replace("\nA", "\nA000000002,Bea,,,\nA", 1)
    again = deliver(tmp_path / "home", above, "worksheet", mapping=MAPPING, as_of="2024-07-31")
    assert (first.new, again.new, again.unchanged) == (1, 1, 1)


def test_a_worksheet_may_number_its_rows(tmp_path: Path):
    rows = "Row,Name\n7,Ana\n"
    deliver(tmp_path / "home", rows, "worksheet", mapping={"Row": "record_id", "Name": "name"})
    assert stored(tmp_path / "home", "worksheet", "record_id, name") == [("7", "Ana")]


def test_a_mapped_column_that_is_not_there_refuses_the_file(tmp_path: Path):
    outcome = deliver(tmp_path / "home", "Name\nAna\n", "worksheet", mapping=MAPPING)
    assert outcome.refused
    assert outcome.refused.startswith("the header lacks the columns A#, Hrg, Appeared?, Addr")


def test_without_a_mapping_the_canonical_names_do_and_others_are_refused(tmp_path: Path):
    assert deliver(tmp_path / "home", "name\nAna\n", "worksheet").new == 1
    refused = deliver(tmp_path / "home", "Who\nAna\n", "worksheet").refused
    assert refused
    assert "mapping" in refused
