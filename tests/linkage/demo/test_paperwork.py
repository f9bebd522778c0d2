"""What each agency wrote: how often it is wrong, and how."""

import re

import pytest

from linkage.demo.population.streets import APARTMENTS
from tests.linkage.demo.conftest import a_world


def share(rows, holds):
    return sum(map(holds, rows)) / len(rows)


@pytest.mark.parametrize(
    ("table", "column", "missing"),
    [
        ("earm", "address", 0.055),
        ("eoir_case", "GENDER", 0.262),
        ("eoir_case", "DATE_OF_ENTRY", 0.260),
        ("eoir_case", "C_BIRTHDATE", 0.240),
        ("vor", "address", 0.015),
        ("orr_release", "alien_no", 0.03),
        ("vor", "a_number", 0.01),
    ],
)
def test_as_much_is_missing_as_the_source_says(hundredth, table, column, missing):
    found = share(hundredth.table(table), lambda row: not row[column])
    assert abs(found - missing) < max(0.015, missing * 0.2)


def test_the_court_loses_the_latest_hearing_of_one_case_in_six(hundredth):
    held = {row["IDNPROCEEDING"] for row in hundredth.table("eoir_schedule")}
    heard = [row for row in hundredth.table("eoir_proceeding") if row["IDNPROCEEDING"] in held]
    assert abs(share(heard, lambda row: not row["HEARING_DATE"]) - 0.162) < 0.04


def test_enforcement_addresses_lose_their_units_most(hundredth):
    def with_unit(row):
        return bool(re.search(r"(APTO?|UNIT|#)", row["address"].upper()))

    release = share([r for r in hundredth.table("vor") if r["address"]], with_unit)
    file = share([r for r in hundredth.table("earm") if r["address"]], with_unit)
    assert file < release < APARTMENTS + 0.02


def test_a_unit_is_written_in_many_ways(hundredth):
    units = {
        re.sub(r"[\dA-D-]+$", "", found[0]).strip()
        for row in hundredth.table("vor")
        if (found := re.search(r"(Apt\.?|Apto|Unit|#) ?[\dA-D-]+$", row["address"]))
    }
    assert {"Apt", "Apto", "Unit", "#", "Apt."} <= units


def test_the_courts_cities_end_at_fifteen_letters(hundredth):
    cities = [row["ALIEN_CITY"] for row in hundredth.table("eoir_case")]
    assert max(map(len, cities)) == 15


def test_some_zips_lost_their_nought_and_some_ran_on(hundredth):
    lengths = {len(row["ALIEN_ZIPCODE"]) for row in hundredth.table("eoir_case")}
    assert {4, 5, 9} <= lengths


def test_births_in_the_courts_file_are_month_and_year(hundredth):
    for row in hundredth.table("eoir_case"):
        assert re.fullmatch(r"(1?\d/(19|20)\d\d)?", row["C_BIRTHDATE"])


def test_everybodys_numbers_are_numbers_nobody_has(world):
    for row in world.table("orr_release"):
        assert re.fullmatch(r"([2-9]\d\d-555-01\d\d)?", row["sponsor_phone"])
        assert re.fullmatch(r"(000-\d{3}-\d{3})?", row["alien_no"])
    for row in world.table("earm"):
        assert re.fullmatch(r"(A000\d{6})?", row["a_number"])


def test_each_clerk_writes_a_numbers_as_they_do_there(world):
    assert any(re.fullmatch(r"000\d{6}", row["a_number"]) for row in world.table("planet"))
    assert any(re.fullmatch(r"A 000 \d{3} \d{3}", row["a_number"]) for row in world.table("nta"))


def test_letters_go_to_boxes_sometimes(hundredth):
    boxes = share(hundredth.table("earm"), lambda row: row["address"].startswith("PO BOX"))
    assert 0.003 < boxes < 0.03


def test_a_notice_served_in_care_may_give_the_shelters_address(hundredth):
    said = [(row["address"], row["zip"]) for row in hundredth.table("nta") if row["address"]]
    assert max(map(said.count, set(said))) >= 4


def test_relationships_are_spelt_as_the_agency_spells_them(hundredth):
    labels = {row["sponsor_relationship_to_uac"] for row in hundredth.table("orr_release")}
    assert {"Mother", "Uncle (Non-Primary Caregiver)", "Other Distant Relative"} <= labels
    assert len(labels) > 25


def test_without_noise_every_name_is_whole(tmp_path):
    quiet = a_world(tmp_path, 300, noise=0.0)
    families = {(row["family_name"], row["given_names"]) for row in quiet.table("earm")}
    cases = {tuple(row["NAME"].split(", ")) for row in quiet.table("eoir_case")}
    assert cases <= families
    assert all(row["a_number"] and row["address"] for row in quiet.table("earm"))


def test_more_noise_is_more_errors(tmp_path):
    def dropped(noise):
        rows = a_world(tmp_path / str(noise), 600, noise=noise).table("earm")
        return share(rows, lambda row: " " not in row["family_name"])

    assert dropped(0.5) < dropped(1.0) < dropped(2.0)


def test_a_numbers_can_be_hidden_record_by_record(tmp_path):
    hidden = a_world(tmp_path, 600, hide_a_numbers=0.6)
    for table in ("earm", "vor", "eoir_case"):
        column = "A_NUMBER" if table == "eoir_case" else "a_number"
        assert abs(share(hidden.table(table), lambda r: not r[column]) - 0.605) < 0.1  # noqa: B023
