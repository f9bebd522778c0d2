"""What was done is counted from what was recorded, and every task has somebody whose it is."""

from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest

from api.commands.report_files import COLUMNS, as_csv, rows, write
from graph.errors import UsageError
from graph.following.chart import CHART
from graph.reports.chart import chart
from graph.reports.process import address_search, inbox
from graph.reports.responsibilities import responsibilities
from graph.reports.sources import coverage, data_quality

DAY = date(2024, 6, 30)
TEN = ("MIAMI", "LOS_ANGELES", "ST_PAUL", "PHILADELPHIA", "SAN_DIEGO", "BALTIMORE", "HOUSTON",
       "DALLAS", "NEW_YORK", "CHICAGO")  # fmt: skip


def told(report):
    return {
        " ".join(part.value for part in one.of): (one.numerator.counted, one.denominator.counted)
        for one in report.figures
    }


def test_officers_at_one_of_ten_offices_looked_for_an_address():
    searched = [[f"office/{TEN[0]}", True, True, 2], [f"office/{TEN[0]}", True, False, 1]]
    report = address_search(DAY, [*searched, *([f"office/{one}", False, False, 5] for one in TEN)])

    assert told(report)["OFFICES"] == (1, 10)
    assert told(report)[""] == (3, 53)
    assert told(report)["FOUND"] == (2, 3)
    assert told(report)["office/MIAMI"] == (3, 8)


def test_the_inbox_is_recounted_by_office_and_month():
    office = "office/HOUSTON"
    report = inbox(
        DAY,
        [[office, True, 3], [office, False, 4]],
        [[office, "2024-05", "SENT", 1], [office, "2024-06", "ACKNOWLEDGED", 2],
         [office, "2024-06", "WAITING", 1]],
    )  # fmt: skip

    assert told(report)[""] == (3, 7)
    assert told(report)["SENT"] == (3, 4)
    assert told(report)[f"{office} 2024-06 SENT"] == (2, 3)
    assert told(report)[f"{office} 2024-06 ACKNOWLEDGED"] == (2, 2)


def test_a_source_is_graded_in_all_and_extract_by_extract():
    report = data_quality(
        DAY, [["EARM", "2024-05-31", "A_NUMBER", 1, 2], ["EARM", "2024-06-30", "A_NUMBER", 3, 3]]
    )

    assert told(report) == {
        "EARM A_NUMBER": (4, 5),
        "EARM A_NUMBER 2024-05-31": (1, 2),
        "EARM A_NUMBER 2024-06-30": (3, 3),
    }


def test_word_of_either_kind_is_counted_once_a_child():
    report = coverage(DAY, 30, [[True, True, 1], [True, False, 2], [False, False, 4]])

    assert told(report) == {"": (3, 7), "CALL_OR_SERVICE": (3, 7), "APPEARED": (1, 7)}


def test_every_step_of_a_follow_up_is_somebodys_task():
    tasks = {(one.event, one.actor) for one in responsibilities(DAY)}

    for event, move in CHART.moves.items():
        assert all((str(event), str(actor)) in tasks for actor in move.by)
    assert ("CALL_30_DAYS_AFTER_RELEASE", "ORR") in tasks


@pytest.mark.parametrize(
    ("day", "force"),
    [
        (date(2023, 12, 20), "NONE_FOUND"),
        (date(2023, 12, 21), "SHOULD"),
        (date(2024, 8, 4), "SHOULD"),
        (date(2024, 8, 5), "REQUIRED"),
    ],
)
def test_to_tell_orr_is_as_strong_as_the_words_in_force_on_that_day(day, force):
    assert {one.force for one in responsibilities(day, "NOTIFY_ORR")} == {force}


def answered(name="Houston"):
    count = {"counted": 1, "low": 1, "high": 2}
    figure = {
        "name": name, "of": [{"dimension": "OFFICE", "value": name}], "unit": "CHILDREN",
        "numerator": count, "denominator": {**count, "counted": 4}, "share": 0.25,
        "asOf": "2024-06-30", "definition": "Of them <these>.", "sources": ["EARM"],
    }  # fmt: skip
    return {"kind": "TRANSFERS", "title": "A <title>", "asOf": "2024-06-30", "figures": [figure],
            "notes": ["A note."]}  # fmt: skip


def test_a_name_that_a_spreadsheet_would_run_is_written_as_a_name(tmp_path):
    report = answered('=HYPERLINK("x")')
    write(report, tmp_path / "a.xlsx")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    assert [one.value for one in book["Figures"][1]] == list(COLUMNS)
    assert book["Figures"]["B2"].value == '\'=HYPERLINK("x")'
    assert book["Notes"]["A3"].value == "A note."
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o777 == 0o600
    assert "'=HYPERLINK" in as_csv(report)
    assert rows(report)[0][COLUMNS.index("of_how_many")] == 4


def test_a_chart_says_all_of_it_in_words_and_loads_nothing():
    drawn = chart(answered())

    assert "Houston: 1–2 of 4 (25.0 %)" in drawn
    assert "A &lt;title&gt;" in drawn
    assert "href" not in drawn
    assert drawn == chart(answered())


def test_a_file_of_an_unknown_kind_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(UsageError, match=r"give a .csv, .xlsx or .svg file"):
        write(answered(), tmp_path / "a.pdf")
