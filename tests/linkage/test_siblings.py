"""Brothers, sisters and twins, who share everything but a name."""

import pytest

from linkage.link import link_received
from linkage.model.frozen import load_models
from tests.linkage.a_store import a_store

ANA = {
    "alien_no": "A000123456", "last_name": "PEREZ SOTO", "first_name": "ANA LUCIA",
    "dob": "2008-05-17", "gender": "F", "cob": "GUATEMALA", "date_of_entry": "2021-03-02",
    "release_date": "2021-04-09", "familygroup": "77", "sponsor_last_name": "PEREZ",
    "sponsor_first_name": "JORGE", "sponsor_phone": "2125550101", "sponsor_id": "9",
    "sponsor_address": "12 OAK ST APT 3", "sponsor_city": "HOUSTON", "sponsor_state": "TX",
    "sponsor_zip_code": "77001",
}  # fmt: skip
IN_COURT = {
    "a_number": "A000123456", "name": "PEREZ SOTO, ANA LUCIA", "birthdate": "2008-05-17",
    "gender": "F", "nat": "GT", "date_of_entry": "2021-03-02", "alien_address": "12 OAK ST APT 3",
    "alien_city": "HOUSTON", "alien_state": "TX", "alien_zipcode": "77001",
}  # fmt: skip


def identities(tmp_path, **tables):
    connection = a_store(**tables)
    link_received(connection, load_models())
    rows = connection.execute(
        "SELECT record_key, identity_id FROM identities WHERE role = 'CHILD'"
    ).fetchall()
    return dict(rows)


def together(tmp_path, release, case):
    found = identities(
        tmp_path,
        orr_release=[ANA | {"record_id": "1", "uac_id": "1"} | release],
        eoir_case=[IN_COURT | {"idncase": "2"} | case],
    )
    return found["ORR/orr_release/1"] == found["EOIR/eoir_case/2"]


@pytest.mark.parametrize(
    ("release", "case"),
    [
        ({}, {}),
        ({"alien_no": "A000123456"}, {"a_number": None}),
        ({"last_name": "PEREZ"}, {}),
        ({"last_name": "SOTO PEREZ"}, {}),
        ({"last_name": "PEREZSOTO"}, {}),
        ({"first_name": "LUCIA ANA"}, {}),
        ({"first_name": "ANA"}, {}),
        ({"first_name": "AMA LUCIA"}, {}),
        ({"dob": "2008-01-01"}, {}),
        ({}, {"birthdate": None, "c_birthdate": "5/2008"}),
    ],
)
def test_she_is_one_child_though_each_agency_writes_her_otherwise(tmp_path, release, case):
    assert together(tmp_path, {"alien_no": "A000123456"} | release, case)


@pytest.mark.parametrize("given_name", ["MARIA JOSE", "LUCIA MARIA", "MARTA", "DIANA"])
def test_a_twin_is_not_her_sister(tmp_path, given_name):
    # The twin's file even has her sister's A-number.
    assert not together(
        tmp_path,
        {"alien_no": "A000123456"},
        {"name": f"PEREZ SOTO, {given_name}"},
    )


TWINS = [
    # India: one surname, and given names of which one word ends as the other's does.
    ("JOSHI", "HARSH GURPREET", "HARPREET", None),
    ("JOSHI", "HARSH GURPREET", "HARPREET MANPREET", None),
    ("FERNANDEZ VALTIERRA", "YAMILETH MARIA", "JAIME CARMEN", "FEMALE"),
    ("FERNANDEZ VALTIERRA", "JAIME", "YAMILETH MARIA", "FEMALE"),
    ("LOPEZ SOLIS", "ELVIRA", "JLISSA", "FEMALE"),
    # The only twins that were joined among 448,820 children.
    ("ZAMORANO VARGAS", "MARIA DELIA", "MYRIAM", "FEMALE"),
]


@pytest.mark.parametrize(("surnames", "one", "other", "sex"), TWINS)
def test_twins_whose_names_look_alike_are_two_when_each_has_a_number(
    tmp_path, surnames, one, other, sex
):
    assert not together(
        tmp_path,
        {"last_name": surnames, "first_name": one, "gender": sex, "alien_no": "A000123456"},
        {"name": f"{surnames}, {other}", "gender": sex, "a_number": "A000123457"},
    )


def test_a_boy_misspelt_under_his_twins_number_is_himself(tmp_path):
    papers = {"last_name": "GUAJARDO RANGEL", "dob": "2004-05-27", "gender": None}
    ana = {"first_name": "ANA MARIELA", "alien_no": "A000123457", "uac_id": "2"}
    adrian = {"first_name": "ADRIAN", "alien_no": "A000123456", "uac_id": "1"}
    found = identities(
        tmp_path,
        orr_release=[
            ANA | papers | adrian | {"record_id": "1"},
            ANA | papers | ana | {"record_id": "2"},
        ],
        earm=[{"record_id": "3", "a_number": "A000123457", "family_name": "GUAJARDO",
               "given_names": "AORIAN", "date_of_birth": "2004-05-27", "sex": "FEMALE",
               "country_of_birth": "GUATEMALA", "apprehension_date": "2021-03-02",
               "address": "12 OAK ST APT 3", "city": "HOUSTON", "state": "TX", "zip": "77001"}],
    )  # fmt: skip
    assert found["EARM/earm/3"] == found["ORR/orr_release/1"] != found["ORR/orr_release/2"]


def test_a_brother_of_another_birthday_is_not_his_brother_who_bears_half_his_names(tmp_path):
    # Gilberto Ramon's file has his brother's A-number, and his own given names exchanged.
    assert not together(
        tmp_path,
        {"first_name": "RAMON", "dob": "2003-07-10", "gender": "M"},
        {"name": "PEREZ SOTO, RAMON GILBERTO", "birthdate": "2006-02-06", "gender": "M",
         "a_number": "A000123456"},
    )  # fmt: skip


def test_a_paper_between_twins_joins_neither_to_the_other(tmp_path):
    found = identities(
        tmp_path,
        orr_release=[
            ANA | {"record_id": "1", "uac_id": "1", "alien_no": "A000123456"},
            ANA | {"record_id": "2", "uac_id": "2", "alien_no": "A000123457", "first_name": "MARTA"},
        ],
        earm=[{"record_id": "3", "a_number": "A000123456", "family_name": "PEREZ SOTO",
               "given_names": None, "date_of_birth": "2008-05-17"}],
    )  # fmt: skip
    assert found["ORR/orr_release/1"] != found["ORR/orr_release/2"]


@pytest.mark.parametrize(("number", "decided"), [("A000043002", "REVIEW"), ("A000520043", "APART")])
def test_one_number_and_birthday_under_names_that_differ_are_for_a_person(number, decided):
    connection = a_store(
        orr_release=[{"record_id": "1", "alien_no": "A000043002", "last_name": "TORREZ ARAGON",
                      "first_name": "RAMON CWRLOS", "dob": "2004-07-05", "gender": "M",
                      "cob": "GUATEMALA"}],
        planet=[{"record_id": "2", "a_number": number, "family_name": "ARA6ON TORRES",
                 "given_names": "CARLOS MONCHO", "date_of_birth": "2004-07-05",
                 "country": "GUATEMALA"}],
    )  # fmt: skip
    link_received(connection, load_models())
    assert connection.execute(
        "SELECT decision, why, match_weight < -2 FROM pairs WHERE role = 'CHILD'"
    ).fetchall() == [(decided, "HELD_APART_BY_NAMES", True)]


def test_rows_of_a_court_case_are_about_whom_the_case_is_about(tmp_path):
    found = identities(
        tmp_path,
        eoir_case=[IN_COURT | {"idncase": "2"}, {"idncase": "3", "nat": "GT"}],
        eoir_proceeding=[
            {"idnproceeding": "7", "idncase": "2"},
            {"idnproceeding": "8", "idncase": "3"},
        ],
    )
    assert found["EOIR/eoir_proceeding/7"] == found["EOIR/eoir_case/2"]
    assert "EOIR/eoir_proceeding/8" not in found
