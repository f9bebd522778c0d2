from datetime import date

LOCATE = """query ($child: ID!, $asOf: Date, $knownAt: Date) {
  locate(childId: $child, asOf: $asOf, knownAt: $knownAt) { asOf candidates {
    rank current address { id } agencies kinds firstReportedOn lastReportedOn daysSinceReported
    corroboratedBy conflictsWith saidBy { source reportedOn } } } }"""


async def where(ask, child, **days):
    answer = await ask(LOCATE, child=child, **days)
    assert len(ask.statements) == 1
    return [one["address"]["id"] for one in answer["locate"]["candidates"]]


async def test_each_candidate_says_who_says_so_how_fresh_it_is_and_who_disagrees(world, ask):
    child = await world.a_child()
    old, new = await world.an_address("1 Elm St"), await world.an_address("2 Elm St")
    await world.lives_at(child, old, source="ORR", kind="RELEASE", reported_on=date(2024, 1, 10))
    await world.lives_at(child, new, source="EARM", reported_on=date(2024, 3, 1))
    await world.lives_at(child, new, source="EOIR", kind="COURT_FILE", reported_on=date(2024, 6, 1))

    answer = await ask(LOCATE, child=child)
    first, second = answer["locate"]["candidates"]
    assert first == {
        "rank": 1,
        "current": True,
        "address": {"id": new},
        "agencies": ["EOIR", "ICE_ERO"],
        "kinds": ["COURT_FILE", "ENFORCEMENT_FILE"],
        "firstReportedOn": "2024-03-01",
        "lastReportedOn": "2024-06-01",
        "daysSinceReported": 30,
        "corroboratedBy": ["ICE_ERO"],
        "conflictsWith": ["ORR"],
        "saidBy": [
            {"source": "EOIR", "reportedOn": "2024-06-01"},
            {"source": "EARM", "reportedOn": "2024-03-01"},
        ],
    }
    assert second["address"]["id"] == old
    assert second["conflictsWith"] == ["EOIR", "ICE_ERO"]
    assert second["corroboratedBy"] == []


async def test_candidates_come_in_the_documented_order(world, ask):
    child = await world.a_child()
    ended, older, two_agencies, one_agency = [
        await world.an_address(f"{n} Elm St") for n in range(4)
    ]
    day = date(2024, 5, 1)
    await world.lives_at(child, ended, reported_on=date(2024, 6, 1), valid_until=date(2024, 6, 2))
    await world.lives_at(child, older, reported_on=date(2024, 4, 1))
    await world.lives_at(child, one_agency, reported_on=day)
    await world.lives_at(child, two_agencies, reported_on=day)
    await world.lives_at(child, two_agencies, source="EOIR", reported_on=date(2024, 1, 1))
    assert await where(ask, child) == [two_agencies, one_agency, older, ended]


async def test_what_was_reported_or_begins_later_is_no_candidate(world, ask):
    child = await world.a_child()
    home = await world.an_address()
    later = await world.an_address("9 Later St")
    await world.lives_at(child, home, reported_on=date(2024, 1, 1))
    await world.lives_at(child, later, reported_on=date(2024, 6, 1))
    await world.lives_at(
        child, later, reported_on=date(2024, 1, 1), valid_from=date(2024, 6, 5), source="EOIR"
    )
    assert await where(ask, child, asOf="2024-05-31") == [home]
    assert await where(ask, child, asOf="2024-06-01") == [later, home]


async def test_what_was_known_later_is_left_out_when_asked_what_was_known(world, ask):
    child = await world.a_child()
    home, learnt = await world.an_address(), await world.an_address("9 Later St")
    await world.lives_at(child, home, reported_on=date(2024, 1, 1))
    await world.lives_at(child, learnt, reported_on=date(2024, 2, 1), known_from=date(2024, 6, 1))
    assert await where(ask, child) == [learnt, home]
    assert await where(ask, child, knownAt="2024-05-31") == [home]


async def test_an_unknown_child_has_no_location_and_a_homeless_one_no_candidates(world, ask):
    child = await world.a_child()
    assert await ask(LOCATE, child="child_nobody") == {"locate": None}
    assert await where(ask, child) == []


async def test_units_of_one_building_are_apart_and_know_each_other(world, ask):
    flat, next_door = await world.an_address(unit="2B"), await world.an_address(unit="2C")
    child, other = await world.a_child(), await world.a_child(given_names="Luis")
    sponsor = await world.a_sponsor()
    await world.lives_at(child, flat)
    await world.lives_at(sponsor, flat)
    await world.lives_at(other, next_door)
    answer = await ask(
        """query ($id: ID!) { address(id: $id) { unit children { id } sponsors { id }
             residents { resident { __typename id } }
             sameBuilding { id unit children { id } } } }""",
        id=flat,
    )
    assert answer["address"]["children"] == [{"id": child}]
    assert answer["address"]["sponsors"] == [{"id": sponsor}]
    assert {one["resident"]["__typename"] for one in answer["address"]["residents"]} == {
        "Child",
        "Sponsor",
    }
    assert answer["address"]["sameBuilding"] == [
        {"id": next_door, "unit": "2C", "children": [{"id": other}]}
    ]


async def test_an_address_is_found_by_what_is_known_of_it(world, ask):
    home = await world.an_address("12 Oak Street", "2B", city="Houston")
    await world.an_address("700 Pine Avenue", city="Dallas")
    answer = await ask('{ addresses(text: "oak houstn") { edges { node { id } } } }')
    assert [edge["node"]["id"] for edge in answer["addresses"]["edges"]] == [home]
