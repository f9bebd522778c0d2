"""An address that somebody says today is read as linkage reads those of files."""

import pytest

from graph.vocabulary.doors import door_of
from linkage.cleaning import clean
from linkage.model.frozen import load_models
from linkage.places import resolve_places
from tests.linkage.a_store import a_store

LINES = [
    *("101 Main St Apt 2B", "102 MAIN STREET #2B", "103 Main St. Unit 2-B", "104 MAIN ST APTO 2B"),
    *("105 Main St., Apt. # 2 B", "106 main st apt2b", "107 Main Street Apartamento 2B"),
    *("108 MAIN ST 2B", "109 Main Apt 2B", "PO Box 12", "P.O. BOX 13", "P O Box #14"),
    *("110 9th Avenue NW", "111-22 Ñandú Avenida Norte", "112 Calle Ocho Apt 07", "113B Oak Lane"),
    *("undeliverable", "Elm Street", "114 South  Elm ,Blvd. # 3", "115 Route 9 Lot 12"),
]
PLACES = [
    ("Houston", "TX", "77001"), ("Rancho Cucamonga", "ca", "91730-1234"), ("Boston", "MA", "2134"),
    ("St. Paul", "MN", None), (None, "TX", "770011234"), ("Houston", "TX", "0"),
]  # fmt: skip


def as_linkage_reads(lines):
    rows = [
        {"record_id": f"{n:03}", "family_name": "LOPEZ", "address": line, "city": city,
         "state": state, "zip": zip_code}
        for n, (line, (city, state, zip_code)) in enumerate(lines)
    ]  # fmt: skip
    connection = a_store(earm=rows)
    clean(connection, load_models().lexicon)
    resolve_places(connection)
    return connection.execute(
        "SELECT line1, unit, building, state, zip FROM places_stated ORDER BY record_key"
    ).fetchall()


@pytest.mark.parametrize("place", PLACES)
def test_what_is_said_and_what_is_filed_are_one_door(place):
    lines = [(line, place) for line in LINES]
    doors = [door_of(line, None, *of) for line, of in lines]
    read = [(door.line1, door.unit, door.building, door.state, door.zip) for door in doors if door]
    assert read == as_linkage_reads(lines)


def test_a_unit_said_by_itself_is_the_same_unit():
    said = {door_of("12 Oak St", unit) for unit in ("2B", "Apt 2-B", "# 2 b", "Unit 2B", "02B")}
    assert said == {door_of("12 Oak Street Apt 2B")}


def test_no_street_is_no_door():
    assert door_of(" ., ") is None
