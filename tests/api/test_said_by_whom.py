"""What only a withheld agency said of a child is not told, found by, or counted from."""

from datetime import date
from typing import Any

import pytest

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

COURT, RELEASE, WELFARE = SharingClass.COURT, SharingClass.RELEASE, SharingClass.WELFARE
KNOWN = """query ($id: ID!) { child(id: $id) { aNumber aNumbers familyName givenNames fullName
  dateOfBirth age turnsEighteenOn sex countryOfBirth } }"""
NOTHING: dict[str, Any] = {
    "aNumber": None, "aNumbers": [], "familyName": None, "givenNames": None, "fullName": None,
    "dateOfBirth": None, "age": None, "turnsEighteenOn": None, "sex": None, "countryOfBirth": None,
}  # fmt: skip


def without(*classes):
    return Viewer("t", frozenset(classes))


@pytest.fixture
def a_child(world):
    """A child of whom there is a record that nobody is kept from."""

    async def made(*args, **said):
        child = await world.a_child(*args, **said)
        await world.a_record("USCIS", "uscis_relief", of=child)
        return child

    return made


async def test_a_value_is_told_while_one_who_says_it_may_be_heard(a_child, ask):
    child = await a_child("A000000001", said_by=(COURT, RELEASE))
    everything = await ask(KNOWN, id=child)
    assert everything["child"]["fullName"] == "Ana Reyes"
    for one in (COURT, RELEASE, WELFARE):
        assert await ask.seen_by(without(one))(KNOWN, id=child) == everything
    assert (await ask.seen_by(without(COURT, RELEASE))(KNOWN, id=child))["child"] == NOTHING


async def test_each_value_is_told_by_its_own_origin(a_child, ask):
    child = await a_child(
        "A000000001", said_by=(RELEASE,), family_name_by=(COURT,), date_of_birth_by=(WELFARE,)
    )
    told = (await ask.seen_by(without(COURT))(KNOWN, id=child))["child"]
    assert (told["familyName"], told["fullName"], told["age"]) == (None, "Ana", 15)
    told = (await ask.seen_by(without(WELFARE))(KNOWN, id=child))["child"]
    assert (told["dateOfBirth"], told["age"], told["turnsEighteenOn"]) == (None, None, None)
    assert told["fullName"] == "Ana Reyes"


async def test_a_number_that_only_a_withheld_agency_gives_finds_nobody(a_child, world, ask):
    child = await a_child("A000000001", said_by=(RELEASE,))
    await world.a_record("ORR", "orr_release", of=child, a_number="A000000001")
    asked = """{ child(aNumber: "A000000001") { id }
      childrenByANumber(aNumber: "A000000001") { edges { node { id } } }
      findChildren(who: {aNumberPart: "00000001"}) { edges { node { points } } } }"""
    assert (await ask(asked))["child"] == {"id": child}
    nobody: dict[str, Any] = {
        "child": None,
        "childrenByANumber": {"edges": []},
        "findChildren": {"edges": []},
    }
    assert await ask.seen_by(without(RELEASE))(asked) == nobody


async def test_a_number_on_an_open_record_finds_her_and_says_nothing_of_a_withheld_one(
    a_child, world, ask
):
    """Hers by a withheld paper as much as by an open one, she stands where the open one puts her."""
    hers = [await a_child("A000000001", said_by=(by,)) for by in (COURT, RELEASE)]
    for child in hers:
        await world.a_record("NTA", "nta", of=child, a_number="A000000001")
    asked = '{ childrenByANumber(aNumber: "A000000001") { edges { cursor node { id } } } }'
    someone = ask.seen_by(without(COURT))
    edges = (await someone(asked))["childrenByANumber"]["edges"]
    assert [edge["node"]["id"] for edge in edges] == hers[::-1]


async def test_a_childs_age_at_a_hearing_is_told_as_her_birth_date_is(a_child, world, ask):
    child = await a_child(date_of_birth_by=(RELEASE,))
    await world.a_hearing(child, day=date(2024, 3, 1))
    asked = '{ hearings(court: "HOU") { edges { node { childAge } } } }'
    for viewer, age in ((without(WELFARE), 14), (without(RELEASE), None)):
        (edge,) = (await ask.seen_by(viewer)(asked))["hearings"]["edges"]
        assert edge["node"] == {"childAge": age}


@pytest.mark.parametrize("asked", [
    '{ children(name: "Flores") { edges { node { id } } } }',
    '{ found: findChildren(text: "Flores") { edges { node { points } } } }',
    '{ found: findChildren(who: {name: "Floras"}) { edges { node { points } } } }',
])  # fmt: skip
async def test_a_name_that_only_a_withheld_agency_wrote_finds_nobody(a_child, ask, asked):
    await a_child(names_by={"ana reyes": (COURT,), "ana flores": (RELEASE,)})
    (found,) = (await ask.seen_by(without(WELFARE))(asked)).values()
    assert len(found["edges"]) == 1
    (found,) = (await ask.seen_by(without(RELEASE))(asked)).values()
    assert found["edges"] == []


async def test_a_birth_date_that_may_not_be_told_orders_nobody(a_child, ask):
    for by in (COURT, RELEASE):
        await a_child(date_of_birth_by=(by,))
    asked = """{ findChildren(text: "Ana Reyes 2009") { edges { node { points reasons { part } } } } }"""
    everyone = (await ask(asked))["findChildren"]["edges"]
    assert [edge["node"]["points"] for edge in everyone] == [120, 120]
    some = (await ask.seen_by(without(RELEASE))(asked))["findChildren"]["edges"]
    assert some[0]["node"]["points"] == 120
    assert "BORN" not in [one["part"] for one in some[1]["node"]["reasons"]]
    filtered = '{ children(name: "Ana", dateOfBirth: "2009-06-02") { edges { node { id } } } }'
    assert len((await ask.seen_by(without(RELEASE))(filtered))["children"]["edges"]) == 1


async def test_a_sponsors_name_is_as_open_as_the_releases_that_give_it(a_child, world, ask):
    sponsor, child = await world.a_sponsor(), await a_child()
    await world.a_record("ORR", "orr_release", of=sponsor)
    await world.released_to(child, sponsor)
    asked = """query ($id: ID!) { sponsor(id: $id) { fullName }
      sponsors(name: "Marta") { edges { node { id } } }
      findChildren(who: {sponsorName: "Marta Lopez"}) { edges { node { points } } } }"""
    told = await ask.seen_by(without(WELFARE))(asked, id=sponsor)
    assert told["sponsor"] == {"fullName": "Marta Lopez"}
    assert len(told["sponsors"]["edges"]) == len(told["findChildren"]["edges"]) == 1
    told = await ask.seen_by(without(RELEASE))(asked, id=sponsor)
    assert told["sponsor"] is None
    assert told["sponsors"]["edges"] == told["findChildren"]["edges"] == []
