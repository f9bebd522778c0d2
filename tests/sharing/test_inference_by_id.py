"""The id of what may not be seen is an id like any that was never given."""

from functools import partial

import pytest
import pytest_asyncio

from graph.vocabulary.identifiers import public_id
from tests.api.conftest import _write
from tests.api.world import World
from tests.conftest import WIPED
from tests.sharing.paper import write
from tests.sharing.seeded import Seeded
from tests.sharing.two_worlds import BEFORE_THE_GUIDANCE, OF_HOUSTON, Told

# Of each thing that is hidden from somebody of an office, how one may ask for it by its id.
BY_ID = {
    "child": ("luz", (
        "node(id: $id) { __typename id }",
        "nodes(ids: [$id]) { __typename id }",
        "child(id: $id) { id fullName }",
        "child(id: $id) { records(first: 0) { edges { cursor } } }",
        "child(id: $id) { identityEvents { id } }",
        "locate(childId: $id) { asOf candidates { rank } }",
        "evidencePath(from: $ana, to: $id) { found length cost hubsInAll }",
        "evidencePath(from: $id, to: $ana) { found }",
        "evidencePath(from: $ana, to: $id, maxLength: 9) { found }",
        "shortestPath(from: $id, to: $ana) { length }",
        "sponsor(id: $id) { id }",
    )),
    "sponsor": ("vera", (
        "node(id: $id) { __typename id }",
        "sponsor(id: $id) { id fullName network { cut } }",
        "sponsorNetwork(sponsorId: $id) { cut truncated }",
        "sponsorNetwork(sponsorId: $id, depth: 9) { cut }",
        "evidencePath(from: $ana, to: $id) { found }",
    )),
    "address": ("vetted", (
        "node(id: $id) { __typename id }",
        "address(id: $id) { id line1 childrenCount { counted } }",
        "childrenAtAddress(addressId: $id) { doors count { counted } }",
        "evidencePath(from: $id, to: $ana) { found }",
        "shortestPath(from: $ana, to: $id) { length }",
    )),
    "hearing": ("hidden_hearing", ("node(id: $id) { __typename id }",)),
    "record": ("hidden_record", ("node(id: $id) { __typename id }",)),
}  # fmt: skip
NOBODYS_RECORD = "EARM/earm/1-99999900/v1"


@pytest_asyncio.fixture(scope="module")
async def ids(async_door):
    seeded, world = Seeded(), World(partial(_write, async_door))
    await world._write(WIPED, {})
    await world.publish()
    await write(world, seeded.paper.entries)
    return seeded.named()


def _cases():
    for kind, (hidden, questions) in BY_ID.items():
        for question in questions:
            yield pytest.param(kind, hidden, question, id=f"{kind}: {question}")


def _asked(question, ids, one):
    text = question.replace("$id", f'"{one}"').replace("$ana", f'"{ids["ana"]}"')
    return f"{{ {text} }}"


def _nobodys(kind):
    return NOBODYS_RECORD if kind == "record" else public_id(kind, "that never was")


@pytest.mark.parametrize(("kind", "hidden", "question"), list(_cases()))
async def test_a_hidden_id_is_answered_as_one_that_never_was(
    ids, async_door, kind, hidden, question
):
    ask, viewer = Told(async_door), OF_HOUSTON.viewer
    there = await ask.bytes(viewer, _asked(question, ids, ids[hidden]))
    never = await ask.bytes(viewer, _asked(question, ids, _nobodys(kind)))
    assert there.replace(ids[hidden].encode(), _nobodys(kind).encode()) == never


@pytest.mark.parametrize("hidden", ["court", "hearing", "hers", "record"])
async def test_what_a_closed_class_alone_knows_is_nobody(ids, async_door, hidden):
    """Asked by whoever sees everybody, and neither court nor enforcement papers."""
    ask, viewer = Told(async_door), BEFORE_THE_GUIDANCE.viewer
    question = 'query {{ node(id: "{}") {{ __typename id }} }}'
    there = await ask.bytes(viewer, question.format(ids[hidden]))
    kind = {"court": "child", "hearing": "hearing"}.get(hidden, "record")
    assert there == await ask.bytes(viewer, question.format(_nobodys(kind)))


@pytest.mark.parametrize("field", ["childen", "Luz", "sponsr"])
async def test_no_suggestion_is_made_for_a_field_that_is_not_there(ids, async_door, field):
    told = await Told(async_door).bytes(
        OF_HOUSTON.viewer, f'{{ {field}(id: "{ids["luz"]}") {{ id }} }}'
    )
    assert b"Did you mean" not in told
    assert b"did you mean" not in told.lower()
