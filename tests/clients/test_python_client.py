"""gql, the Python client: it fetches our schema and checks against it what it asks."""

from typing import Any

import pytest
from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from gql.transport.websockets import WebsocketsTransport
from graphql import GraphQLError

from tests.api.world import World
from tests.clients.a_small_world import Written, report
from tests.signing import SignIns

FIND = GraphQLRequest(
    "query ($name: String!) { children(name: $name, first: 1) { edges { node { id fullName } } } }",
    variable_values={"name": "Natividad Alverto Martines"},
)
WRONG = GraphQLRequest('{ child(id: "one", aNumber: "A000000001") { id } }')
UNKNOWN = GraphQLRequest("{ nothing }")

HEAR = GraphQLRequest(
    "subscription ($ids: [ID!]) { addressReported(residentIds: $ids, marks: true) {"
    " __typename ... on AddressReported { address { line1 } } } }"
)


def the_first(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer["children"]["edges"][0]["node"]
    return found


def test_it_asks_and_gets(address: str, issuer: SignIns, people: Written) -> None:
    with Client(
        transport=HTTPXTransport(f"{address}/graphql", headers=issuer.headers(), timeout=120)
    ) as session:
        found = the_first(session.execute(FIND))
    assert found == {"id": people.child, "fullName": "Natividad Alberto Martinez Diaz"}


async def test_it_asks_and_gets_without_waiting(
    address: str, issuer: SignIns, people: Written
) -> None:
    async with Client(
        transport=HTTPXAsyncTransport(f"{address}/graphql", headers=issuer.headers(), timeout=120)
    ) as session:
        found = the_first(await session.execute(FIND))
    assert found["id"] == people.child


def test_what_is_asked_wrongly_comes_with_its_code(
    address: str, issuer: SignIns, people: Written
) -> None:
    client = Client(
        transport=HTTPXTransport(f"{address}/graphql", headers=issuer.headers(), timeout=120)
    )
    with pytest.raises(TransportQueryError) as told:
        client.execute(WRONG)
    assert told.value.errors is not None
    assert told.value.errors[0]["extensions"]["code"] == "UNANSWERABLE"


def test_it_knows_from_the_schema_what_cannot_be_asked(
    address: str, issuer: SignIns, people: Written
) -> None:
    transport = HTTPXTransport(f"{address}/graphql", headers=issuer.headers(), timeout=120)
    client = Client(transport=transport, fetch_schema_from_transport=True)
    with pytest.raises(GraphQLError, match="Cannot query field 'nothing'"):
        client.execute(UNKNOWN)


async def test_it_hears_what_is_new(
    address: str, issuer: SignIns, world: World, people: Written
) -> None:
    socket = WebsocketsTransport(
        f"{address.replace('http', 'ws', 1)}/graphql",
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        # The names of headers do on a socket, too.
        init_payload=dict(issuer.headers()),
    )
    heard = GraphQLRequest(HEAR, variable_values={"ids": [people.child]})
    async with Client(transport=socket) as session:
        told = (each["addressReported"] async for each in session.subscribe(heard))
        assert (await anext(told))["__typename"] == "HeardUpTo"
        await report(world, people.child, "3 Third St")
        assert (await anext(told))["address"] == {"line1": "3 Third St"}
        await told.aclose()
