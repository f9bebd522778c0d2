"""People whom a comparison of names alone would lose, or take for each other: each by name."""

import pytest

from linkage.link import link_received
from linkage.model.frozen import load_models
from tests.linkage.a_store import a_store

NUMBER = "A000123456"
AT_HOME = {"state": "TX", "city": "HOUSTON", "zip": "77001"}


def release(record_id, surnames, given_names, **stated):
    return {
        "record_id": record_id, "uac_id": record_id, "last_name": surnames,
        "first_name": given_names, "dob": "2008-05-17", "date_of_entry": "2021-03-02",
        "release_date": "2021-04-09", "sponsor_last_name": "PEREZ", "sponsor_first_name": "JORGE",
        "sponsor_phone": "2125550101", "sponsor_id": record_id,
        **{f"sponsor_{name}": value for name, value in AT_HOME.items() if name != "zip"},
        "sponsor_zip_code": "77001", "sponsor_address": "12 OAK ST APT 3",
    } | stated  # fmt: skip


def enforcement(record_id, surnames, given_names, **stated):
    return {
        "record_id": record_id, "family_name": surnames, "given_names": given_names,
        "date_of_birth": "2008-05-17", "apprehension_date": "2021-03-02", "a_number": None,
        "address": "12 OAK ST APT 3", **AT_HOME,
    } | stated  # fmt: skip


def identities(tmp_path, role="CHILD", **tables):
    connection = a_store(**tables)
    link_received(connection, load_models())
    return dict(
        connection.execute(
            "SELECT record_key, identity_id FROM identities WHERE role = $role", {"role": role}
        ).fetchall()
    )


def test_a_child_without_an_a_number_is_known_by_name_birthday_and_day_of_entry(tmp_path):
    found = identities(
        tmp_path,
        orr_release=[release("1", "ARREAGA TZOC", "WENDY NOHEMI", alien_no=NUMBER)],
        earm=[enforcement("2", "ARREAGA TZOC", "WENDY NOHEMI")],
    )
    assert found["ORR/orr_release/1"] == found["EARM/earm/2"]


@pytest.mark.parametrize(
    ("surnames", "given_names", "elsewhere"),
    [
        # Mayan: the second surname left out, surnames exchanged, a given name spelt by ear.
        ("XO TZUL", "TOMAS", ("XO", "TOMAS")),
        ("CHEN POP", "MATEO", ("POP CHEN", "MATEO")),
        ("RAYMUNDO BRITO", "GASPAR", ("RAYMUNDO BRITO", "GAZPAR")),
        # India: SINGH or KAUR is left out, or stands with the given names.
        ("SINGH", "HARPREET", ("SINGH", "HARPRIT")),
        ("KAUR", "MANPREET", ("KAUR", "MANPREET KAUR")),
        # Haiti: two given names in one, and one surname.
        ("JEANBAPTISTE", "WIDLINE", ("JEAN-BAPTISTE", "WIDLINE")),
        ("PIERRE", "JEAN RENEL", ("PIERRE", "RENEL JEAN")),
        ("PIERRE", "JEAN RENEL", ("PIERRE", "JEAN")),
    ],
)
def test_mayan_indian_and_haitian_children_are_found_however_their_names_are_cut(
    tmp_path, surnames, given_names, elsewhere
):
    found = identities(
        tmp_path,
        orr_release=[release("1", surnames, given_names, alien_no=NUMBER)],
        earm=[enforcement("2", *elsewhere, a_number=NUMBER)],
    )
    assert found["ORR/orr_release/1"] == found["EARM/earm/2"]


def test_a_singh_and_his_sister_kaur_are_two_though_released_together(tmp_path):
    found = identities(
        tmp_path,
        orr_release=[
            release("1", "SINGH", "GURPREET", alien_no=NUMBER, familygroup="7"),
            release("2", "KAUR", "MANPREET", alien_no="A000123457", familygroup="7"),
        ],
    )
    assert found["ORR/orr_release/1"] != found["ORR/orr_release/2"]


def test_sisters_released_together_are_two_though_neither_has_a_number(tmp_path):
    found = identities(
        tmp_path,
        orr_release=[release("1", "PEREZ SOTO", "ANA", dob="2006-02-11")],
        earm=[enforcement("2", "PEREZ SOTO", "MARTA")],
    )
    assert found["ORR/orr_release/1"] != found["EARM/earm/2"]


def test_children_of_one_shelter_are_not_one_child_for_its_address(tmp_path):
    shelter = {"sponsor_address": "900 SHELTER RD", "sponsor_phone": "2125550100"}
    found = identities(
        tmp_path,
        orr_release=[
            release("1", "LOPEZ", "JOSE", dob="2007-01-01", **shelter),
            release("2", "LOPEZ", "JOSE MANUEL", dob="2005-01-01", date_of_entry=None, **shelter),
        ],
    )
    assert found["ORR/orr_release/1"] != found["ORR/orr_release/2"]


def test_husband_and_wife_are_two_sponsors_of_one_telephone_and_door(tmp_path):
    found = identities(
        tmp_path,
        role="SPONSOR",
        orr_release=[
            release("1", "LOPEZ", "JOSE", alien_no=NUMBER),
            release("2", "LOPEZ", "LUIS", alien_no="A000123457", sponsor_first_name="CLAUDIA"),
        ],
    )
    assert found["ORR/orr_release/1"] != found["ORR/orr_release/2"]
