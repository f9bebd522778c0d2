from datetime import date

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

AT = """query ($id: ID!, $asOf: Date, $knownAt: Date, $building: Boolean! = false, $first: Int! = 20,
    $after: String) {
  childrenAtAddress(addressId: $id, asOf: $asOf, knownAt: $knownAt, sameBuilding: $building) {
    doors count { counted low high }
    children(first: $first, after: $after) { edges { node { child { id } address { id } agencies
        report { source } firstReportedOn lastReportedOn daysSinceReported freshness
        saidElsewhereSince } } pageInfo { hasNextPage endCursor } } } }"""


async def at(ask, address, **more):
    answer = (await ask(AT, id=address, **more))["childrenAtAddress"]
    assert len(ask.statements) == 1
    return answer, [edge["node"]["child"]["id"] for edge in answer["children"]["edges"]]


async def test_each_child_stands_with_the_word_that_puts_her_there(world, ask):
    home, child = await world.an_address(), await world.a_child()
    await world.lives_at(child, home, source="ORR", reported_on=date(2023, 1, 1))
    await world.lives_at(child, home, source="EARM", reported_on=date(2024, 3, 3))
    await world.lives_at(
        child, await world.an_address("9 Elm St"), source="EOIR", reported_on=date(2024, 4, 1)
    )
    found, _ = await at(ask, home)
    assert (found["doors"], found["count"]["counted"]) == (1, 1)
    assert found["children"]["edges"][0]["node"] == {
        "child": {"id": child}, "address": {"id": home}, "agencies": ["ICE_ERO", "ORR"],
        "report": {"source": "EARM"}, "firstReportedOn": "2023-01-01",
        "lastReportedOn": "2024-03-03", "daysSinceReported": 120, "freshness": "RECENT",
        "saidElsewhereSince": ["EOIR"],
    }  # fmt: skip


async def test_the_latest_word_stands_first_and_no_child_is_lost_between_pages(world, ask):
    home = await world.an_address()
    children = [await world.a_child() for _ in range(5)]
    for n, child in enumerate(children):
        await world.lives_at(child, home, reported_on=date(2024, 1, 1 + n // 2))
    pages: list[str] = []
    cursor = None
    while not pages or cursor:
        found, ids = await at(ask, home, first=2, after=cursor)
        assert found["count"]["counted"] == 5
        page = found["children"]["pageInfo"]
        pages += ids
        cursor = page["endCursor"] if page["hasNextPage"] else None
    assert pages == [children[4], *sorted(children[2:4]), *sorted(children[:2])]


async def test_a_building_is_all_of_its_doors(world, ask):
    doors = [await world.an_address(unit=unit) for unit in ("2B", "2C")]
    children = [await world.a_child() for _ in doors]
    for child, door in zip(children, doors, strict=True):
        await world.lives_at(child, door)
    assert (await at(ask, doors[0]))[1] == children[:1]
    found, ids = await at(ask, doors[0], building=True)
    assert (found["doors"], found["count"]["counted"]) == (2, 2)
    assert sorted(ids) == sorted(children)


async def test_who_lived_there_is_asked_of_a_day_and_of_what_was_known(world, ask):
    home = await world.an_address()
    gone, learnt = await world.a_child(), await world.a_child()
    await world.lives_at(gone, home, reported_on=date(2023, 1, 1), valid_until=date(2024, 1, 1))
    await world.lives_at(learnt, home, reported_on=date(2023, 6, 1), known_from=date(2024, 2, 1))
    assert (await at(ask, home))[1] == [learnt]
    assert (await at(ask, home, asOf="2023-12-31"))[1] == [learnt, gone]
    assert (await at(ask, home, asOf="2023-12-31", knownAt="2024-01-31"))[1] == [gone]


async def test_a_move_that_nobody_knew_of_yet_had_not_ended_her_stay(world, ask):
    """ORR's next release of her ends the stay at the first; it came to be known in June."""
    child, home = await world.a_child(), await world.an_address()
    await world.released_to(
        child, await world.a_sponsor(), released_on=date(2023, 1, 1), until=date(2024, 2, 1)
    )
    await world.lives_at(
        child, home, kind="RELEASE", source="ORR", sharing=SharingClass.RELEASE,
        reported_on=date(2023, 1, 1), valid_until=date(2024, 2, 1),
    )  # fmt: skip
    await world.released_to(child, await world.a_sponsor("Pedro"), released_on=date(2024, 2, 1),
                            known_from=date(2024, 6, 1))  # fmt: skip
    assert (await at(ask, home, asOf="2024-03-01"))[1] == []
    assert (await at(ask, home, asOf="2024-03-01", knownAt="2024-05-31"))[1] == [child]
    assert (await at(ask, home, asOf="2024-03-01", knownAt="2024-06-01"))[1] == []


async def test_whoever_is_there_by_a_word_that_is_withheld_is_neither_named_nor_counted(world, ask):
    home, child = await world.an_address(), await world.a_child()
    await world.lives_at(child, home, sharing=SharingClass.ENFORCEMENT)
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.ENFORCEMENT})))
    # Nor is the house itself there, of which nothing else is known.
    assert await someone(AT, id=home) == {"childrenAtAddress": None}
    neighbour = await world.a_child()
    await world.a_record("ORR", "orr_release", of=neighbour)
    await world.lives_at(neighbour, home, sharing=SharingClass.RELEASE)
    found, ids = await at(someone, home)
    assert (found["count"]["counted"], ids) == (1, [neighbour])


async def test_a_door_that_only_withheld_papers_know_is_none_of_the_building(world, ask):
    home, child = await world.an_address(unit="1"), await world.a_child()
    await world.lives_at(child, home, source="ORR", sharing=SharingClass.RELEASE)
    await world.lives_at(child, await world.an_address(unit="2"), source="EARM")
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.ENFORCEMENT})))
    assert (await at(ask, home, building=True))[0]["doors"] == 2
    assert (await at(someone, home, building=True))[0]["doors"] == 1


async def test_an_address_that_is_none_has_no_children(world, ask):
    assert await ask(AT, id="address_none") == {"childrenAtAddress": None}
