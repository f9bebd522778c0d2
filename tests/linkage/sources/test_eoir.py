"""EOIR's tab-delimited files: padded codes, NA that is a code, rows shifted by a stray tab."""

from pathlib import Path

import pytest

from tests.linkage.deliveries import deliver, lines, stored

CASE = "IDNCASE\tNAT\tLANG\tC_BIRTHDATE\tDATE_OF_ENTRY\tALIEN_CITY\tALIEN_ZIPCODE"


def cases(*rows: str) -> str:
    return lines(CASE, *rows, end="\r\n")


def test_codes_lose_their_padding_and_na_stays_a_code(tmp_path: Path):
    deliver(tmp_path / "home", cases("12  \tGT \tNA\t\t\tHOUSTON   \t77001"), "eoir_case")
    assert stored(tmp_path / "home", "eoir_case", "record_id, idncase, nat, lang, alien_city") == [
        ("12", "12", "GT", "NA", "HOUSTON")
    ]


def test_a_row_that_a_stray_tab_shifted_is_set_aside(tmp_path: Path):
    outcome = deliver(
        tmp_path / "home",
        cases("1\tGT\tSP\t\t\tHOU\tSTON\t77001", "2\tGT\tSP\t\t\tHOUSTON\t77001"),
        "eoir_case",
    )
    [row] = outcome.rows_set_aside
    assert (row.line, row.reason) == (2, "8 columns where the header has 7")
    assert outcome.new == 1


def test_a_quotation_mark_in_a_tabbed_file_is_just_that(tmp_path: Path):
    deliver(tmp_path / "home", cases('1\tGT\tSP\t\t\t"EL PASO\t79901'), "eoir_case")
    assert stored(tmp_path / "home", "eoir_case", "alien_city") == [('"EL PASO',)]


@pytest.mark.parametrize(
    "value", ["2021-03-04", "2021-03-04 00:00:00", "2021-03-04 00:00:00.000", ""]
)
def test_a_time_as_eoir_writes_it_is_a_date(tmp_path: Path, value: str):
    outcome = deliver(tmp_path / "home", cases(f"1\t\t\t\t{value}\t\t"), "eoir_case")
    assert (outcome.new, outcome.set_aside) == (1, 0)


@pytest.mark.parametrize(("value", "loads"), [("4/2006", 1), ("2006-04-01", 1), ("13/2006", 0)])
def test_a_birth_may_be_a_month(tmp_path: Path, value: str, loads: int):
    outcome = deliver(tmp_path / "home", cases(f"1\t\t\t{value}\t\t\t"), "eoir_case")
    assert outcome.new == loads


def test_a_public_case_file_says_that_it_links_to_nobody(tmp_path: Path):
    outcome = deliver(tmp_path / "home", cases("1\tGT\tSP\t\t\tHOUSTON\t7001"), "eoir_case")
    assert any("link to nobody" in warning for warning in outcome.warnings)
    assert ("a ZIP without its leading zero", 1) in [(q.what, q.count) for q in outcome.quirks]


def test_an_internal_case_file_does_not(tmp_path: Path):
    content = 'IDNCASE,A_NUMBER,NAME\n1,A000000001,"LOPEZ, ANA"\n'
    outcome = deliver(tmp_path / "home", content, "eoir_case")
    assert outcome.warnings == []
    assert stored(tmp_path / "home", "eoir_case", "name") == [("LOPEZ, ANA",)]
