"""gql, the Python client: it fetches our schema and checks against it what it asks."""

from typing import Any

import pytest
from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from graphql import GraphQLError

from tests.clients.a_small_world import Written

FIND = GraphQLRequest(
    "query ($name: String!) { children(name: $name, first: 1) { edges { node { id fullName } } } }",
    variable_values={"name": "Natividad Alverto Martines"},
)
WRONG = GraphQLRequest('{ child(id: "one", aNumber: "A000000001") { id } }')
UNKNOWN = GraphQLRequest("{ nothing }")


def the_first(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer["children"]["edges"][0]["node"]
    return found


def test_it_asks_and_gets(address: str, people: Written) -> None:
    with Client(transport=HTTPXTransport(f"{address}/graphql", timeout=120)) as session:
        found = the_first(session.execute(FIND))
    assert found == {"id": people.child, "fullName": "Natividad Alberto Martinez Diaz"}


async def test_it_asks_and_gets_without_waiting(address: str, people: Written) -> None:
    async with Client(transport=HTTPXAsyncTransport(f"{address}/graphql", timeout=120)) as session:
        found = the_first(await session.execute(FIND))
    assert found["id"] == people.child


def test_what_is_asked_wrongly_comes_with_its_code(address: str, people: Written) -> None:
    client = Client(transport=HTTPXTransport(f"{address}/graphql", timeout=120))
    with pytest.raises(TransportQueryError) as told:
        client.execute(WRONG)
    assert told.value.errors is not None
    assert told.value.errors[0]["extensions"]["code"] == "UNANSWERABLE"


def test_it_knows_from_the_schema_what_cannot_be_asked(address: str, people: Written) -> None:
    transport = HTTPXTransport(f"{address}/graphql", timeout=120)
    client = Client(transport=transport, fetch_schema_from_transport=True)
    with pytest.raises(GraphQLError, match="Cannot query field 'nothing'"):
        client.execute(UNKNOWN)
