"""Other addresses where a child may be, by which ways; and hearings far from where she lives."""

from datetime import date

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

SEARCH = """query ($id: ID!, $asOf: Date, $knownAt: Date) {
  alternateAddresses(childId: $id, asOf: $asOf, knownAt: $knownAt) {
    rank address { id } statement { line1 } courtHasIt current lastReportedOn
    verifications { outcome } paths { on steps { kind agency sponsor { id } record { id } } } } }"""
VENUE = """query ($id: ID!, $asOf: Date) { child(id: $id) { venue(asOf: $asOf) {
  address { id } hearing { court } courtsNearby mismatch } } }"""
FAR = """query ($state: String!, $after: String) { venueMismatches(state: $state, first: 2, after: $after)
  { edges { node { child { id } hearing { court } } } pageInfo { hasNextPage endCursor } } }"""
REPORT = "mutation ($input: ReportAddressInput!) { reportAddress(input: $input) { __typename } }"
VERIFY = "mutation ($input: VerifyAddressInput!) { verifyAddress(input: $input) { __typename } }"


async def searched(ask, child, **days):
    return (await ask(SEARCH, id=child, **days))["alternateAddresses"]


def kinds(candidate):
    return [[step["kind"] for step in path["steps"]] for path in candidate["paths"]]


async def a_search(world, ask):
    """The court knows one door; her aunt, a call and she herself name others."""
    child, aunt = await world.a_child(), await world.a_sponsor()
    court, call, aunts = [await world.an_address(f"{n} Oak St") for n in (1, 2, 3)]
    await world.released_to(child, aunt, released_on=date(2023, 1, 1))
    await world.lives_at(
        child, court, kind="COURT_FILE", source="EOIR", reported_on=date(2024, 5, 1),
        sharing=SharingClass.COURT,
    )  # fmt: skip
    await world.lives_at(
        child, call, kind="CALL_CONFIRMED", source="ORR", reported_on=date(2024, 3, 1),
        sharing=SharingClass.WELFARE,
    )  # fmt: skip
    paper = await world.a_record("ORR", "orr_release", of=aunt)
    await world.lives_at(
        aunt, aunts, kind="RELEASE", source="ORR", reported_on=date(2024, 2, 1), record=paper,
        sharing=SharingClass.RELEASE,
    )  # fmt: skip
    said = {"childId": child, "reporter": "CHILD", "line1": "9 Elm St", "key": "k"}
    await ask(REPORT, input={**said, "reportedOn": "2024-04-01"})
    return child, aunt, court, call, aunts


async def test_each_candidate_shows_the_ways_that_lead_there_and_the_courts_own_is_last(world, ask):
    child, aunt, court, call, aunts = await a_search(world, ask)
    found = await searched(ask, child)
    assert [one["address"] and one["address"]["id"] for one in found] == [None, call, aunts, court]
    assert [one["rank"] for one in found] == [1, 2, 3, 4]
    assert [one["courtHasIt"] for one in found] == [False, False, False, True]
    assert found[0]["statement"] == {"line1": "9 Elm St"}
    assert [kinds(one) for one in found] == [
        [["SAID"]], [["HER_PAPER"]], [["RELEASED_TO", "SPONSORS_PAPER"]], [["HER_PAPER"]],
    ]  # fmt: skip
    steps = found[2]["paths"][0]["steps"]
    assert [step["sponsor"] for step in steps] == [{"id": aunt}, {"id": aunt}]
    assert steps[1]["record"]["id"].startswith("ORR/orr_release/")


async def test_a_door_that_several_name_is_one_candidate_with_a_way_for_each(world, ask):
    child, aunt, _, call, aunts = await a_search(world, ask)
    await world.lives_at(aunt, call, kind="RELEASE", source="ORR", reported_on=date(2024, 6, 1))
    found = await searched(ask, child)
    (one,) = [one for one in found if one["address"] == {"id": call}]
    assert kinds(one) == [["RELEASED_TO", "SPONSORS_PAPER"], ["HER_PAPER"]]
    assert (one["rank"], one["lastReportedOn"]) == (1, "2024-06-01")
    assert found[-2]["address"] == {"id": aunts}


async def test_where_somebody_looked_goes_before_or_behind(world, ask):
    child, _, _, call, aunts = await a_search(world, ask)
    said = {"childId": child, "method": "VISIT", "on": "2024-06-20"}
    await ask(VERIFY, input={**said, "addressId": aunts, "outcome": "CONFIRMED", "key": "v"})
    await ask(VERIFY, input={**said, "addressId": call, "outcome": "NOT_THERE", "key": "w"})
    found = await searched(ask, child)
    assert [one["address"] and one["address"]["id"] for one in found][:3] == [aunts, None, call]
    assert found[0]["verifications"] == [{"outcome": "CONFIRMED"}]


async def test_a_way_that_is_withheld_or_not_known_by_then_leads_nowhere(world, ask):
    child, _, court, call, aunts = await a_search(world, ask)
    await world.a_record(of=child)
    asks = ask.seen_by(Viewer("t", frozenset({SharingClass.WELFARE, SharingClass.RELEASE})))
    assert [one["address"] for one in await searched(asks, child)] == [{"id": court}]
    by_march = await searched(ask, child, knownAt="2024-03-15")
    assert [one["address"]["id"] for one in by_march] == [call, aunts]
    assert await searched(ask, child, asOf="2022-12-31") == []
    assert await searched(ask, "child_nobody") == []


async def test_a_hearing_far_from_where_she_lives_is_told(world, ask):
    child = await world.a_child()
    home = await world.an_address(city="Doral", state="FL")
    await world.lives_at(child, home)
    await world.a_hearing(child, court="MIA", day=date(2023, 1, 1))

    async def venue():
        return (await ask(VENUE, id=child))["child"]["venue"]

    assert await venue() == {
        "address": {"id": home}, "hearing": {"court": "MIA"}, "courtsNearby": ["MIA"],
        "mismatch": False,
    }  # fmt: skip
    await world.a_hearing(child, court="HOU", day=date(2024, 5, 1))
    assert ((await venue())["mismatch"], (await venue())["hearing"]) == (True, {"court": "HOU"})


async def test_of_a_state_without_courts_or_a_child_without_an_address_nothing_is_said(world, ask):
    child, homeless = await world.a_child(), await world.a_child()
    await world.lives_at(child, await world.an_address(city="San Juan", state="PR"))
    for one in (child, homeless):
        await world.a_hearing(one)
    for one in (child, homeless):
        venue = (await ask(VENUE, id=one))["child"]["venue"]
        assert (venue["mismatch"], venue["courtsNearby"]) == (False, [])


async def test_those_of_a_state_are_listed_page_by_page_where_they_live_now(world, ask):
    far = []
    for n in range(3):
        child = await world.a_child()
        await world.lives_at(child, await world.an_address(f"{n} Oak St", state="FL"))
        await world.a_hearing(child, court="HOU")
        far.append(child)
    near, moved = await world.a_child(), await world.a_child()
    await world.lives_at(near, await world.an_address(state="FL"))
    await world.a_hearing(near, court="MIA")
    await world.lives_at(moved, await world.an_address(state="FL"), reported_on=date(2023, 1, 1))
    await world.lives_at(moved, await world.an_address(state="TX"), reported_on=date(2024, 5, 1))
    await world.a_hearing(moved, court="HOU")
    found: list[str] = []
    after = None
    while not found or after:
        page = (await ask(FAR, state="FL", after=after))["venueMismatches"]
        found += [edge["node"]["child"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert sorted(found) == sorted(far)
