"""The way that can best be relied on, and what was left out of a network."""

import random
from datetime import date
from itertools import pairwise

import pytest

from graph.shapes import paths, ties
from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

PATH = """query ($from: ID!, $to: ID!, $most: Int! = 6, $asOf: Date, $knownAt: Date) {
  evidencePath(from: $from, to: $to, maxLength: $most, asOf: $asOf, knownAt: $knownAt) {
    found length cost hubs { id } hubsInAll tooWide steps { cost papers agencies
      costs { reason points because } from { id } to { id } tie { kind source record { id } } } } }"""
NETWORK = """query ($id: ID!, $depth: Int! = 3, $first: Int! = 50, $knownAt: Date) {
  sponsorNetwork(sponsorId: $id, depth: $depth, first: $first, knownAt: $knownAt) { truncated cut
    cuts { distance why nodes hub { id } askOn } nodes { node { id } } } }"""
DAY = date(2024, 6, 1)


async def path(ask, start, finish, **more):
    answer = (await ask(PATH, **{"from": start, "to": finish}, **more))["evidencePath"]
    assert len(ask.statements) == 1
    return answer


def walked(found):
    return [step["from"]["id"] for step in found["steps"]] + [found["steps"][-1]["to"]["id"]]


async def a_quiet_and_a_loud_way(world):
    """Two children: by a worksheet's word they share a room; by ORR's they have one sponsor's home."""
    one, other = await world.a_child(), await world.a_child(given_names="Luz")
    room, sponsor = await world.an_address("1 Elm St"), await world.a_sponsor()
    for child in (one, other):
        await world.lives_at(
            child, room, source="LOCAL_WORKSHEET", kind="WORKSHEET", reported_on=date(2020, 1, 1),
            valid_until=date(2021, 1, 1),
        )  # fmt: skip
        record = await world.a_record("ORR", "orr_release", of=child, weight=20.0)
        await world.released_to(child, sponsor, released_on=DAY, record=record)
    return one, other, room, sponsor


async def test_the_way_that_can_be_relied_on_is_taken_with_what_each_step_costs_and_why(world, ask):
    one, other, _, sponsor = await a_quiet_and_a_loud_way(world)
    found = await path(ask, one, other)
    assert walked(found) == [one, sponsor, other]
    assert (found["found"], found["length"], found["cost"]) == (True, 2, 20)
    (first, _) = found["steps"]
    assert first["tie"]["record"]["id"].startswith("ORR/orr_release/")
    assert (first["cost"], first["papers"], first["agencies"]) == (10, 1, ["ORR"])
    assert first["costs"] == [{"reason": "PAPER", "points": 10, "because": "RELEASED_TO in ORR"}]


async def test_a_longer_way_is_taken_where_it_can_be_relied_on_more(world, ask):
    """A worksheet's word of four years ago joins them in two steps, papers of ORR's in four."""
    one, other, room, _ = await a_quiet_and_a_loud_way(world)
    friend, home = await world.a_child(given_names="Eva"), await world.an_address("2 Elm St")
    for child in (one, friend):
        for source in ("ORR", "EARM", "EOIR"):
            await world.lives_at(
                child, home, source=source, kind="RELEASE", reported_on=DAY,
                record=await world.a_record(source, of=child, weight=18.0),
            )  # fmt: skip
    found = await path(ask, one, friend)
    assert walked(found) == [one, home, friend]
    assert [cost["reason"] for cost in found["steps"][0]["costs"]] == ["PAPER", "AGREEMENT"]
    await world.lives_at(
        friend, room, source="LOCAL_WORKSHEET", kind="WORKSHEET", reported_on=date(2018, 1, 1)
    )
    found = await path(ask, other, friend)
    assert len(found["steps"]) == 4
    assert (await path(ask, other, friend, most=2))["length"] == 2


async def test_every_part_of_a_cost_is_told(world, ask):
    child, home = await world.a_child(), await world.an_address()
    await world.lives_at(
        child, home, kind="NOTICE_TO_APPEAR", source="NTA", reported_on=date(2022, 1, 1),
        valid_until=date(2023, 1, 1), record=await world.a_record("NTA", "nta", of=child, weight=9.5),
    )  # fmt: skip
    found = await path(ask, home, child)
    assert {one["reason"]: one["points"] for one in found["steps"][0]["costs"]} == {
        "PAPER": 20, "AGE": 10, "ENDED": 10, "DOUBT": 6,
    }  # fmt: skip
    assert found["cost"] == 46


async def test_leading_through_a_crowd_costs(world, ask):
    home = await world.an_address()
    children = [await world.a_child() for _ in range(16)]
    for child in children:
        await world.lives_at(child, home, reported_on=DAY)
    steps = (await path(ask, children[0], children[1]))["steps"]
    assert {
        "reason": "CROWD",
        "points": 10,
        "because": "16 are tied to where it leads on from",
    } in (steps[1]["costs"])
    assert "CROWD" not in [one["reason"] for one in steps[0]["costs"]]


async def test_no_way_leads_through_a_hub_and_that_is_said(world, ask):
    shelter, *children = await a_shelter(world)
    found = await path(ask, children[0], children[1])
    assert (found["found"], found["length"], found["steps"]) == (False, None, [])
    assert (found["hubs"], found["hubsInAll"], found["tooWide"]) == ([{"id": shelter}], 1, False)
    to_it = await path(ask, children[0], shelter)
    from_it = await path(ask, shelter, children[0], most=1)
    assert (to_it["length"], from_it["length"]) == (1, 1)


async def a_shelter(world):
    """An address with one more than a hub may have, and two of its children."""
    shelter, child, other = (
        await world.an_address(), await world.a_child(), await world.a_child(given_names="Luz"),
    )  # fmt: skip
    for one in (child, other):
        await world.lives_at(one, shelter, reported_on=DAY)
    await world._create(
        "MATCH (a:Address {id: $id}) UNWIND range(3, $many) AS n"
        " CREATE (:Child {id: 'child_of_many_' + n, runFrom: $run})-[:LIVES_AT {id: 'many' + n,"
        " runFrom: $run, runUntil: $open, kind: 'RELEASE', reportedOn: $day, knownFrom: $day,"
        " source: 'EARM', agency: 'ICE_ERO', sharingClass: 'ENFORCEMENT'}]->(a)",
        id=shelter, many=ties.HUB + 1, day=DAY,
    )  # fmt: skip
    return shelter, child, other


async def test_a_hub_is_none_to_whoever_may_not_see_its_crowd(world, ask):
    shelter, child, other = await a_shelter(world)
    for one in (child, other):
        await world.a_record("ORR", "orr_contact", of=one)
        await world.lives_at(
            one, shelter, source="ORR", sharing=SharingClass.WELFARE, reported_on=DAY
        )
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.ENFORCEMENT})))
    found = await path(someone, child, other)
    assert (found["length"], found["hubsInAll"]) == (2, 0)


async def test_a_way_is_of_a_day_and_of_what_was_known(world, ask):
    one, other, *_ = await a_quiet_and_a_loud_way(world)
    assert (await path(ask, one, other, asOf="2024-05-31"))["steps"][0]["tie"]["kind"] == "LIVES_AT"
    assert (await path(ask, one, other, knownAt="2024-05-31"))["steps"][0]["tie"]["kind"] == (
        "LIVES_AT"
    )
    assert not (await path(ask, one, other, asOf="2019-12-31"))["found"]


async def test_there_is_no_way_from_oneself_and_none_to_nobody(world, ask):
    child = await world.a_child()
    assert not (await path(ask, child, child))["found"]
    assert await path(ask, child, "child_nobody") is None


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_way_of_all_there_are_is_cheaper(world, ask, seed):
    """Each tie's own cost is asked for by itself, and all ways are tried."""
    rng = random.Random(seed)
    children = [await world.a_child() for _ in range(6)]
    homes = [await world.an_address(f"{n} Elm St") for n in range(5)]
    joined: dict[str, dict[str, int]] = {}
    for child in children:
        for home in rng.sample(homes, 2):
            await world.lives_at(
                child, home, kind=rng.choice(["RELEASE", "COURT_FILE", "WORKSHEET"]),
                reported_on=date(rng.randint(2019, 2024), 1, 1),
            )  # fmt: skip
            cost = (await path(ask, child, home, most=1))["cost"]
            joined.setdefault(child, {})[home] = joined.setdefault(home, {})[child] = cost
    for one, other in pairwise(children):
        for most in (2, 3, 4, 6):
            costs = _all_ways(joined, one, other, most)
            assert (await path(ask, one, other, most=most))["cost"] == min(costs, default=None)


def _all_ways(joined, here, finish, most, seen=(), spent=0):
    if here == finish:
        return [spent]
    if not most:
        return []
    return [
        cost
        for there, more in joined.get(here, {}).items()
        if there not in seen
        for cost in _all_ways(joined, there, finish, most - 1, (*seen, here), spent + more)
    ]


async def test_when_more_are_reached_than_are_followed_that_is_said(world, ask):
    child, other = await world.a_child(), await world.a_child()
    home = await world.an_address()
    for one in (child, other):
        await world.lives_at(one, home, reported_on=DAY)
    assert not (await path(ask, child, other))["tooWide"]
    await world._create(
        "MATCH (c:Child {id: $id}) UNWIND range(1, 3) AS m"
        " CREATE (s:Sponsor {id: 'sponsor_' + m, runFrom: $run})"
        " CREATE (c)-[:RELEASED_TO {id: s.id, runFrom: $run, runUntil: $open, releasedOn: $day,"
        " knownFrom: $day, source: 'ORR', agency: 'ORR', sharingClass: 'RELEASE'}]->(s)"
        " WITH s UNWIND range(1, $many) AS n"
        " CREATE (:Child {id: s.id + '_' + n, runFrom: $run})-[:RELEASED_TO {id: s.id + '_' + n,"
        " runFrom: $run, runUntil: $open, releasedOn: $day, knownFrom: $day, source: 'ORR',"
        " agency: 'ORR', sharingClass: 'RELEASE'}]->(s)",
        id=child, many=paths.WIDTH // 3 + 1, day=DAY,
    )  # fmt: skip
    found = await path(ask, child, other)
    assert found["tooWide"]
    assert walked(found) == [child, home, other]


async def test_what_was_left_out_of_a_network_is_told_with_how_to_ask_on(world, ask):
    shelter, child, _ = await a_shelter(world)
    sponsor = await world.a_sponsor()
    await world.released_to(child, sponsor, released_on=DAY)
    network = (await ask(NETWORK, id=sponsor))["sponsorNetwork"]
    assert network["truncated"] is True
    assert network["cut"] == 0
    assert network["cuts"] == [
        {
            "distance": 2, "why": "HUB", "nodes": None, "hub": {"id": shelter},
            "askOn": f'Ask childrenAtAddress(addressId: "{shelter}") for who is said to live there,'
            " page by page.",
        }
    ]  # fmt: skip
    assert len(network["nodes"]) == 3
    (full,) = (await ask(NETWORK, id=sponsor, first=1))["sponsorNetwork"]["cuts"]
    assert (full["distance"], full["why"], full["nodes"], full["hub"]) == (2, "PAGE_FULL", 1, None)
    assert "begin at" in full["askOn"]


async def test_a_network_is_of_what_was_known(world, ask):
    sponsor, child = await world.a_sponsor(), await world.a_child()
    await world.released_to(
        child, sponsor, released_on=date(2024, 1, 1), known_from=date(2024, 5, 1)
    )
    assert len((await ask(NETWORK, id=sponsor))["sponsorNetwork"]["nodes"]) == 2
    early = (await ask(NETWORK, id=sponsor, knownAt="2024-04-30"))["sponsorNetwork"]
    assert len(early["nodes"]) == 1
