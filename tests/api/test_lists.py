"""A list without pages is told whole, or refused where it is longer than anybody could use."""

import pytest

from graph.shapes.asking import LONGEST_LIST
from graph.vocabulary.evidence import STILL_HOLDS

ASKED = "query ($id: ID!) { child(id: $id) { id addressHistory { id } } }"
TWICE = """query ($id: ID!) { again: child(id: $id) { addressHistory { id } }
  child(id: $id) { id } }"""


@pytest.fixture
def moved_often(world, session):
    """A child of whom agencies said that many times where she lives."""

    async def made(times):
        child, address = await world.a_child(), await world.an_address()
        session.run(
            "MATCH (a:Address {id: $address}), (c:Child {id: $child}) UNWIND range(1, $times) AS n"
            " CREATE (c)-[:LIVES_AT {id: 'lx' + n, kind: 'ENFORCEMENT_FILE',"
            " reportedOn: date('2024-03-01'), knownFrom: date('2024-03-01'), source: 'EARM',"
            " agency: 'ICE_ERO', sharingClass: 'ENFORCEMENT', runFrom: 1, runUntil: $open}]->(a)",
            address=address, child=child, times=times, open=STILL_HOLDS,
        ).consume()  # fmt: skip
        return child

    return made


async def test_the_longest_list_is_told_whole(ask, moved_often):
    told = await ask(ASKED, id=await moved_often(LONGEST_LIST))
    assert len(told["child"]["addressHistory"]) == LONGEST_LIST


async def test_one_more_is_refused_and_says_what_to_do(ask, moved_often):
    child = await moved_often(LONGEST_LIST + 1)
    result = await ask.result(ASKED, id=child)
    (error,) = result.errors
    assert error.extensions["code"] == "UNANSWERABLE"
    assert error.message == (
        "`addressHistory` has more than 5,000 things here, and no pages: narrow it by its"
        " arguments, or ask for them by a question that has pages."
    )
    assert child not in error.message
    assert len(ask.statements) == 1


async def test_what_is_asked_beside_it_is_answered(ask, moved_often):
    child = await moved_often(LONGEST_LIST + 1)
    result = await ask.result(TWICE, id=child)
    assert result.data == {"again": None, "child": {"id": child}}
