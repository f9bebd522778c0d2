"""Listening: what a run brings is told in order, none left out, none told twice, none to whom it is
withheld from."""

import pytest_asyncio

from graph.events import Place
from tests.api.sockets import listening, serving
from tests.api.world import World

REPORTED = """subscription ($after: String, $most: Int, $marks: Boolean! = false, $of: [ID!],
  $states: [String!]) {
  addressReported(after: $after, mostOfARun: $most, marks: $marks, residentIds: $of,
      states: $states) {
    __typename
    ... on Event { cursor run }
    ... on AddressReported { stands report { id kind source } resident { id ... on Child { fullName
      sponsor(asOf: "2024-06-30") { fullName } } } address { line1 state } }
    ... on EventsOmitted { told message } } }"""
MISSED = """subscription ($after: String, $of: [ID!], $courts: [String!]) {
  failedToAppear(after: $after, childIds: $of, courts: $courts) { __typename
    ... on FailedToAppear { cursor run stands report { appearance source } hearing { id court
      disagreement } child { id } } } }"""
CHANGED = """subscription ($after: String, $of: [ID!], $role: Role) {
  identityChanged(after: $after, ids: $of, role: $role) { __typename
    ... on IdentityChanged { cursor run at event { kind to } identities { id } } } }"""

THE_BEGINNING = Place(0).cursor("addressReported")


@pytest_asyncio.fixture(scope="module")
async def url(served_settings):
    async with serving(served_settings) as url:
        yield url


@pytest_asyncio.fixture
async def listener(url):
    async with listening(url) as listener:
        yield await listener.introduce()


def the_next_run(world) -> World:
    later = World(world._write, world.run + 1)
    world.run += 1
    return later


async def reports(world, how_many=3, child=None):
    """A run with so many reports of addresses; their ids in the order in which they are told."""
    run = the_next_run(world)
    child = child or await run.a_child()
    facts = [
        await run.lives_at(child, await run.an_address(f"{n} Oak St")) for n in range(how_many)
    ]
    await run.publish()
    return sorted(facts)


def ids(events):
    return [event["report"]["id"] for event in events]


async def test_what_a_run_brings_is_told_when_it_is_published(world, listener):
    child, sponsor = await world.a_child(), await world.a_sponsor()
    await world.released_to(child, sponsor)
    await listener.subscribe(REPORTED)
    assert await listener.hears_nothing()
    run = the_next_run(world)
    fact = await run.lives_at(child, await run.an_address("7 Elm St"))
    assert await listener.hears_nothing()
    await run.publish()
    (event,) = await listener.told()
    assert event == {
        "__typename": "AddressReported", "cursor": event["cursor"], "run": 2, "stands": True,
        "report": {"id": fact, "kind": "ENFORCEMENT_FILE", "source": "EARM"},
        "resident": {"id": child, "fullName": "Ana Reyes", "sponsor": {"fullName": "Marta Lopez"}},
        "address": {"line1": "7 Elm St", "state": "TX"},
    }  # fmt: skip


async def test_from_each_cursor_exactly_the_rest_is_told(world, url):
    facts = [fact for n in (4, 1, 60) for fact in await reports(world, n)]
    async with listening(url) as listener:
        await listener.introduce()
        await listener.subscribe(REPORTED, after=THE_BEGINNING)
        told = await listener.told(len(facts))
        assert ids(told) == facts
        assert await listener.hears_nothing(0.2)
        for place in (0, 3, 4, 5, 30, 54, 63, 64):
            name = await listener.subscribe(REPORTED, after=told[place]["cursor"])
            assert await listener.told(len(facts) - place - 1) == told[place + 1 :]
            await listener.send(id=name, type="complete")
