from datetime import date

import pytest

from graph.selection import Asked
from graph.shapes.looking import read_text
from graph.sharing import SEES_EVERYTHING, Viewer
from graph.vocabulary.evidence import SharingClass

FIND = """query ($text: String, $who: FindChildrenInput, $first: Int, $after: String) {
  findChildren(text: $text, who: $who, first: $first, after: $after) {
    edges { node { points child { id } reasons { part points found } } }
    pageInfo { hasNextPage endCursor } } }"""


async def find(ask, text=None, **who):
    answer = await ask(FIND, text=text, who=who or None)
    assert len(ask.statements) == 1
    return [edge["node"] for edge in answer["findChildren"]["edges"]]


def ids(found):
    return [one["child"]["id"] for one in found]


async def a_natividad(world, **more):
    child = await world.a_child(
        "A000425750", "Natividad Alberto", "Martinez Diaz",
        date_of_birth=date(2009, 1, 31), **more,
    )  # fmt: skip
    await world.lives_at(child, await world.an_address(city="Gaithersburg", state="MD"))
    return child


async def test_a_scribbled_name_half_a_date_and_a_city_find_her_and_say_why(world, ask):
    namesake = await world.a_child(given_names="Natividad", family_name="Martinez")
    child = await a_natividad(world)
    found = await find(ask, "Natividad Martines 2009-01 Gaithersburg MD")
    assert ids(found) == [child, namesake]
    assert {one["part"]: (one["found"], one["points"]) for one in found[0]["reasons"][1:]} == {
        "BORN": ("2009-01-31", 30), "CITY": ("Gaithersburg, MD", 25), "STATE": ("MD", 10),
    }  # fmt: skip
    assert found[0]["reasons"][0]["found"] == "Natividad Alberto Martinez Diaz"
    assert found[0]["points"] == sum(one["points"] for one in found[0]["reasons"])


async def test_each_part_may_be_said_by_itself(world, ask):
    child, sponsor = await a_natividad(world), await world.a_sponsor("Cesar", "Mendez")
    await world.released_to(child, sponsor)
    await world.a_child(given_names="Eva", family_name="Cruz")
    parts = {"bornIn": "2009-01-31", "city": "gaithersburg", "state": "md"}
    for who in (
        {"name": "Natividad"}, {"sponsorName": "Cezar Mendes"}, {"aNumberPart": "4257"},
        {"aNumberPart": "A000-425-750"},
    ):  # fmt: skip
        (found,) = await find(ask, **who, **parts)
        assert found["child"]["id"] == child
        assert [one["part"] for one in found["reasons"]][-3:-1] != []
    (found,) = await find(ask, name="Natividad", sponsorName="Cesar", aNumberPart="425750", **parts)
    assert [one["part"] for one in found["reasons"]] == [
        "NAME", "BORN", "CITY", "STATE", "SPONSOR", "A_NUMBER",
    ]  # fmt: skip
    assert found["points"] == 100 + 40 + 25 + 10 + 50 + 60


@pytest.mark.parametrize(
    ("written", "born", "number", "state", "words"),
    [
        ("Ana Reyes 2009", "2009", None, None, ["ana", "reyes"]),
        ("Reyes, Ana 6/2/2009", "2009-06-02", None, None, ["reyes", "ana"]),
        ("Ana 6/2009 Houston TX", "2009-06", None, "TX", ["ana", "houston"]),
        ("A000425750", None, "000425750", None, []),
        ("ana 425-750", None, "425750", None, ["ana"]),
        ("MARIA DE LA CRUZ", None, None, None, ["maria", "de", "la", "cruz"]),
    ],
)
def test_a_line_is_read_as_people_write_it(written, born, number, state, words):
    looked = read_text(written, Asked(SEES_EVERYTHING, date(2024, 7, 1)))
    assert (looked["born"], looked["number"], looked["state"], looked["places"]) == (
        born, number, state, words,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "`findChildren` takes exactly one of `text` or `who`."),
        ({"text": "2009"}, "`text` has no name and no part of an A-number: add one."),
        (
            {"who": {"city": "Houston"}},
            "`who` needs a name, a sponsor's name or part of an A-number to begin from.",
        ),
        (
            {"who": {"name": "Ana", "bornIn": "June"}},
            "`bornIn` is written 2009, 2009-01 or 2009-01-31.",
        ),
        ({"who": {"aNumberPart": "12"}}, "`aNumberPart` needs at least four figures."),
    ],
)
async def test_what_cannot_be_searched_for_is_told_so(world, ask, asked, told):
    result = await ask.result(FIND, **asked)
    assert [error.message for error in result.errors] == [told]


async def test_a_year_brings_its_children_among_the_best_of_a_common_name(world, ask, session):
    """More children bear the name than are looked through; the one born that year is among them."""
    await world._create(
        "UNWIND range(1, 260) AS n CREATE (:Child {id: 'child_' + n, runFrom: $run})"
        "-[:HAS_BIOGRAPHICS {id: 'b' + n, runFrom: $run, runUntil: $open}]->(:ChildBiographics"
        " {id: 'b' + n, givenNames: 'Ana', familyName: 'Reyes', dateOfBirth: date('2006-01-01'),"
        " searchWords: ['Cana', 'Creyes', 'C_ana_reyes', 'Cy2006', 'Cm200601', 'Cd20060101']})"
    )
    hers = await world.a_child(date_of_birth=date(2011, 6, 2))
    found = await find(ask, "Ana Reyes 2011")
    assert ids(found)[0] == hers


async def test_pages_of_matches_lose_and_double_nobody(world, ask):
    everyone = {await world.a_child(given_names=f"Ana {n}") for n in range(7)}
    found: list[str] = []
    cursor = None
    while not found or cursor:
        answer = await ask(FIND, text="Reyes", first=3, after=cursor)
        page = answer["findChildren"]["pageInfo"]
        found += ids([edge["node"] for edge in answer["findChildren"]["edges"]])
        cursor = page["endCursor"] if page["hasNextPage"] else None
    assert len(found) == 7
    assert set(found) == everyone


async def test_nobody_is_found_and_nothing_is_counted_by_what_is_withheld(world, ask):
    child, sponsor = await a_natividad(world), await world.a_sponsor("Cesar", "Mendez")
    await world.released_to(child, sponsor)
    await world.a_record("EOIR", "eoir_case", of=child, a_number="A000999999")
    await world.a_record("USCIS", "uscis_relief", of=child)
    withheld = {SharingClass.RELEASE, SharingClass.ENFORCEMENT, SharingClass.COURT}
    someone = ask.seen_by(Viewer("t", frozenset(withheld)))
    assert ids(await find(ask, sponsorName="Cesar")) == [child]
    assert await find(someone, sponsorName="Cesar") == []
    assert ids(await find(ask, aNumberPart="A000999999")) == [child]
    assert await find(someone, aNumberPart="A000999999") == []
    (found,) = await find(someone, "Natividad Gaithersburg MD")
    assert [one["part"] for one in found["reasons"]] == ["NAME"]
