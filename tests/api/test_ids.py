"""An id is one thing's in the whole graph: Relay keeps things by it alone, whatever their type."""

from collections.abc import Iterator
from datetime import date

EVERYTHING = """query ($name: String!, $sponsor: ID!, $child: ID!, $other: ID!) {
  children(name: $name) { edges { node { __typename id
    addressHistory { __typename id address { __typename id } record { __typename id } }
    releases { __typename id sponsor { __typename id } }
    records { edges { node { __typename id } } }
    hearings { edges { node { __typename id } } } } } }
  sponsorNetwork(sponsorId: $sponsor, depth: 3) {
    nodes { node { __typename id } } edges { __typename id } }
  evidencePath(from: $child, to: $other) { steps { tie { __typename id } } }
  reviewQueue { edges { node { __typename id judgements { __typename id }
    left { record { __typename id } } } } } }"""


def things(answer) -> Iterator[tuple[str, str]]:
    """The id and the type of everything in an answer."""
    if isinstance(answer, dict):
        if "id" in answer:
            yield answer["id"], answer["__typename"]
        for part in answer.values():
            yield from things(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from things(part)


async def test_no_two_things_of_different_types_share_an_id(world, ask):
    child, other = await world.a_child("A000000001"), await world.a_child("A000000002")
    sponsor, home = await world.a_sponsor(), await world.an_address()
    record = await world.a_record(of=child)
    for one in (child, other):
        await world.released_to(one, sponsor, record=record)
        await world.lives_at(one, home, record=record)
    await world.a_hearing(child, day=date(2024, 5, 1))
    await world.a_pair(record, await world.a_record(of=other))
    names = {"name": "Ana Reyes", "sponsor": sponsor, "child": child, "other": other}
    types: dict[str, set[str]] = {}
    for identity, kind in things(await ask(EVERYTHING, **names)):
        types.setdefault(identity, set()).add(kind)
    told = {kind for kinds in types.values() for kind in kinds}
    assert told >= {"Child", "Sponsor", "Address", "Record", "Hearing", "Release", "Tie",
                    "AddressReport", "CandidatePair"}  # fmt: skip
    assert {identity: kinds for identity, kinds in types.items() if len(kinds) > 1} == {}
