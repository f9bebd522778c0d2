"""Which records name the same door."""

import itertools

import pytest

from linkage.cleaning import clean
from linkage.model.frozen import load_models
from linkage.places import resolve_places
from tests.linkage.a_store import a_store

HOUSTON = {"city": "HOUSTON", "state": "TX", "zip": "77001"}


def doors(*addresses):
    rows = [
        {"record_id": f"{n:02}", "family_name": "LOPEZ", **HOUSTON, **address}
        for n, address in enumerate(addresses)
    ]
    connection = a_store(earm=rows)
    clean(connection, load_models().lexicon)
    resolve_places(connection)
    found = connection.execute(
        "SELECT address_id FROM places_stated ORDER BY record_key"
    ).fetchall()
    return [door for (door,) in found]


@pytest.mark.parametrize(
    "line",
    [
        "123 Main St Apt 2B", "123 MAIN STREET #2B", "123 Main St. Unit 2-B", "123 MAIN ST APTO 2B",
        "123 Main St., Apt. # 2 B", "123 main st apt2b", "123 Main Street Apartamento 2B",
        "123 MAIN ST 2B", "123 MIAN ST APT 2B", "123 Main Apt 2B",
    ],
)  # fmt: skip
def test_apt_2b_is_2b_however_it_is_written(line):
    said = [{"address": "123 MAIN ST APT 2B"}] * 3
    assert len(set(doors(*said, {"address": line}))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"address": "123 Main St Apt 2C"},
        {"address": "125 Main St Apt 2B"},
        {"address": "123 Main St"},
        {"address": "123 Oak St Apt 2B"},
        {"address": "123 Main St Apt 2B", "zip": "77999"},
        {"address": "PO Box 123"},
    ],
)
def test_another_unit_house_street_or_zip_is_another_door(other):
    assert len(set(doors({"address": "123 Main St Apt 2B"}, other))) == 2


def test_twelfth_street_is_not_thirteenth_street():
    assert len(set(doors({"address": "9 12th St"}, {"address": "9 13th St"}))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"zip": "02134"}, {"zip": "2134"}),
        ({"zip": "77001"}, {"zip": "77001-1234"}),
        ({"zip": "77001"}, {"zip": "77081"}),
        ({"city": "RANCHO CUCAMONGA"}, {"city": "RANCHO CUCAMONG"}),
        ({"zip": "77001"}, {"zip": None}),
    ],
)
def test_a_clerks_slip_in_city_or_zip_is_still_her_door(one, other):
    line = {"address": "123 Main St Apt 2B"}
    assert len(set(doors(line | one, line | other))) == 1


def test_po_boxes_are_one_however_they_are_written_and_two_when_the_number_differs():
    same = [{"address": text} for text in ("PO Box 12", "P.O. BOX 12", "P O Box #12")]
    assert len(set(doors(*same))) == 1
    assert len(set(doors(same[0], {"address": "PO Box 13"}))) == 2


def test_all_units_of_one_house_are_told_apart():
    lines = [{"address": f"77 Elm Ave Apt {unit}"} for unit in ("1", "2", "12", "A", "1A")]
    found = doors(*lines)
    assert all(one != other for one, other in itertools.combinations(found, 2))
