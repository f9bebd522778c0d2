"""Whoever may not be seen takes no place in a search, and changes nothing of it."""

from dataclasses import replace

import pytest

from graph.shapes.finding import MATCHES_CONSIDERED, by_name
from graph.sharing import Gate, Viewer
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Category, Outcome, ScopeKind

OFFICER = Viewer(
    "officer",
    frozenset({SharingClass.WELFARE}),
    gate=Gate("officer", ScopeKind.OFFICE, dict.fromkeys(Category, Outcome.ALLOW)),
    scopes=frozenset({"office/HOUSTON"}),
)
ASKED = """{
  children(name: "Ana Reyes", first: 3) { edges { cursor node { id } } pageInfo { hasNextPage } }
  findChildren(text: "Ana Reyes Houston", first: 3) {
    edges { cursor node { points child { id } reasons { part points found } } }
    pageInfo { hasNextPage } }
  bySponsor: findChildren(who: {sponsorName: "Marta Lopez"}) { edges { cursor node { points } } }
  sponsors(name: "Marta Lopez") { edges { cursor node { id } } }
  addresses(text: "12 Oak St Houston") { edges { cursor node { id } } } }"""


async def someone(world, given="Ana", family="Reyes", office="HOUSTON", street="12 Oak St"):
    child = await world.a_child(given_names=given, family_name=family)
    sponsor = await world.a_sponsor()
    home = await world.an_address(street)
    await world.within(child, f"office/{office}")
    for person, table in ((child, "earm"), (sponsor, "orr_release")):
        await world.a_record("EARM", table, of=person)
    await world.released_to(child, sponsor)
    await world.lives_at(child, home)
    return child


async def test_people_of_another_office_change_nothing_of_a_search(world, ask):
    for given in ("Ana", "Anna", "Maria Ana", "Ana"):
        await someone(world, given)
    asks = ask.seen_by(OFFICER)
    alone = await asks(ASKED)
    assert [len(found["edges"]) for found in alone.values()] == [3, 3, 4, 4, 4]
    for n in range(30):
        await someone(world, *(("Ana", "Reyes") if n % 2 else ("Reyes", "Ana Lopez")),
                      office="DALLAS", street=f"{n} Oak St")  # fmt: skip
    assert await asks(ASKED) == alone
    assert len((await ask(ASKED))["addresses"]["edges"]) > 4


async def test_the_sealed_change_nothing_of_a_search_by_whoever_sees_everybody_else(world, ask):
    asked = """{ children(name: "Ana Reyes") { edges { cursor node { id } } }
      findChildren(text: "Ana Reyes Houston") { edges { cursor node { points child { id } } } } }"""
    for given in ("Ana", "Anna", "Maria Ana"):
        await someone(world, given)
    asks = ask.seen_by(Viewer("triage", gate=replace(OFFICER.gate, scope=ScopeKind.EVERYONE)))
    never_there = await asks(asked)
    for n in range(30):
        sealed = await someone(world, *(("Ana", "Reyes") if n % 2 else ("Reyes", "Ana Lopez")))
        await world._create("MATCH (c:Child {id: $id}) SET c:Sealed", id=sealed)
    assert await asks(asked) == never_there
    assert [len(found["edges"]) for found in never_there.values()] == [3, 3]


async def test_hidden_people_take_no_place_among_the_best(world, ask):
    await world._create(
        "MERGE (d:Scope {id: 'office/DALLAS'}) SET d.kind = 'OFFICE' WITH d"
        " UNWIND range(1, $many) AS n CREATE (d)<-[:WITHIN {id: 'w' + n, runFrom: $run,"
        " runUntil: $open}]-(:Child {id: 'child_' + n, runFrom: $run})"
        "-[:HAS_BIOGRAPHICS {id: 'b' + n, runFrom: $run, runUntil: $open}]->(:ChildBiographics"
        " {id: 'b' + n, givenNames: 'Ana', familyName: 'Reyes',"
        " searchWords: ['Cana', 'Creyes', 'C_ana_reyes']})",
        many=MATCHES_CONSIDERED + 60,
    )
    hers = await someone(world, "Ana", "Reies")
    asked = """{ children(name: "Ana Reyes") { edges { node { id } } }
      findChildren(text: "Ana Reyes") { edges { node { points child { id } } } } }"""
    found = await ask.seen_by(OFFICER)(asked)
    assert found["children"]["edges"] == [{"node": {"id": hers}}]
    assert found["findChildren"]["edges"] == [{"node": {"points": 100, "child": {"id": hers}}}]


async def test_a_whole_name_comes_before_one_with_more_names_and_one_with_slips(world, ask):
    more = await someone(world, "Ana Maria", "Reyes Flores")
    slips = await someone(world, "Anna", "Reies")
    whole = await someone(world)
    found = await ask.seen_by(OFFICER)('{ children(name: "REYES, Ana") { edges { node { id } } } }')
    assert [edge["node"]["id"] for edge in found["children"]["edges"]] == [whole, more, slips]


@pytest.mark.parametrize(
    ("written", "found"),
    [("Natividad", True), ("Nativitad", True), ("Natvidad", True), ("Nattividad", True),
     ("Naitvidad", True), ("Nativdiat", False), ("Nahivitad", True), ("Felicidad", False),
     ("Nat", False), ("Natividad2", False)],
)  # fmt: skip
async def test_a_name_is_found_with_slips_of_the_pen(world, ask, written, found):
    hers = await someone(world, "Natividad", "Xicay")
    answer = await ask.seen_by(OFFICER)(
        "query ($n: String!) { children(name: $n) { edges { node { id } } } }", n=written
    )
    assert answer["children"]["edges"] == ([{"node": {"id": hers}}] if found else [])


async def test_names_of_any_length_can_be_looked_for(world, ask):
    await someone(world, "Maximilianorodrigo", "Ab")
    asks = ask.seen_by(OFFICER)
    asked = "query ($n: String!) { children(name: $n) { edges { node { id } } } }"
    for length in range(1, 41):
        word = ("maximilianorodrigo" * 3)[:length]
        await asks(asked, n=f"{word} {'a' * length} {word[::-1]}")
    for hard in ("aaaaaaaaaaaaaaaa", "abababababababab", "x" * 16):
        await asks(asked, n=" ".join([hard] * 8))
    assert len((await asks(asked, n="Maximilianorodrigo"))["children"]["edges"]) == 1


def test_whoever_has_everything_withheld_looks_for_words_that_nobody_says():
    query = by_name("child", ["ana"], Viewer("t", frozenset(SharingClass)))
    assert "/[\\~]ana/" in query["query"]
