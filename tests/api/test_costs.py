"""What answering cost, for those who ask and may know."""

import orjson
import pytest

from api.asking import Asking
from api.http import read_request
from api.library import Request
from graph.sharing import SEES_EVERYTHING, Viewer
from tests.api.conftest import PATIENT, SCHEMA, TODAY
from tests.audited import UNKEPT

TEXT = '{ one: children(name: "Reyes") { edges { node { id } } } two: sponsors(name: "x") { edges { cursor } } }'


async def test_costs_are_told_beside_the_data_whose_bytes_stay_the_same(world, client):
    for _ in range(3):
        await world.a_child()
    plain = await client.post("/graphql", json={"query": TEXT})
    told = await client.post("/graphql", json={"query": TEXT, "extensions": {"costs": True}})
    data = orjson.dumps({"data": plain.json()["data"]})
    assert plain.content == data
    assert told.content.startswith(data[:-1])
    costs = told.json()["extensions"]["costs"]
    assert list(costs) == ["statements", "rows", "databaseMs", "totalMs"]
    assert (costs["statements"], costs["rows"]) == (2, 3)
    assert costs["databaseMs"] > 0
    assert costs["totalMs"] > 0


@pytest.mark.parametrize("asks", [False, None, "true", 1, {"yes": True}])
async def test_nobody_is_told_who_did_not_ask(client, asks):
    body = {"query": "{ __typename }", "extensions": {"costs": asks}}
    assert (await client.post("/graphql", json=body)).json() == {"data": {"__typename": "Query"}}


async def test_nobody_is_told_who_may_not_know():
    async def nothing(_, __):
        return [[]]

    request = read_request(orjson.dumps({"query": TEXT, "extensions": {"costs": True}}))
    for viewer, told in [(Viewer("somebody"), False), (SEES_EVERYTHING, True)]:
        asked = Asking(SCHEMA, PATIENT, lambda: TODAY, UNKEPT)
        response = await asked.answer(request, viewer, nothing)
        assert bool(response.result.extensions) is told


async def test_a_write_and_what_it_is_answered_with_are_counted(graph_door, client):
    text = 'mutation { retractJudgement(input: {id: "j", reason: "so", key: "k"}) { __typename } }'
    body = {"query": text, "extensions": {"costs": True}}
    costs = (await client.post("/graphql", json=body)).json()["extensions"]["costs"]
    assert costs["statements"] == 1


async def test_a_statement_that_failed_is_counted_too():
    async def fails(_, __):
        raise RuntimeError

    asked = Asking(SCHEMA, PATIENT, lambda: TODAY, UNKEPT)
    response = await asked.answer(Request(TEXT, asks_costs=True), SEES_EVERYTHING, fails)
    assert response.result.extensions is not None
    assert response.result.extensions["costs"]["statements"] == 2
    assert asked.counts.statements == 2
    assert asked.counts.operations == {("query", "failed"): 1}
