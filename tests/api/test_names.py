"""A page whose name was made to lead here is told apart by the name that it calls."""

import httpx
import pytest

from api.app import create_app
from api.names import LOOPBACK_NAMES
from api.settings import ApiSettings
from tests.api.conftest import EVERYBODY, TODAY
from tests.serving import serving


@pytest.fixture(scope="module")
def address(served_settings):
    limits = ApiSettings(host_names=LOOPBACK_NAMES)
    with serving(
        create_app(served_settings, limits, admits=EVERYBODY, clock=lambda: TODAY)
    ) as address:
        yield address


def ask(address, *hosts):
    headers = [("host", host) for host in hosts]
    return httpx.post(f"{address}/graphql", json={"query": "{ __typename }"}, headers=headers)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "LOCALHOST", "localhost:1", "[::1]:8000"])
def test_its_own_names_are_answered_to(address, host):
    assert ask(address, host).json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example:8000", "localhost@x", "[::2]", ""]
)
def test_another_name_is_not(address, host):
    answer = ask(address, host)
    assert answer.status_code == 421
    assert "SPONSORGRAPH_API_HOST_NAMES" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(("host", "status"), [("elsewhere.example", 421), ("127.0.0.1", 101)])
def test_nor_are_its_sockets_opened_under_another_name(address, host, status):
    upgrade = {
        "host": host,
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version": "13",
        "sec-websocket-protocol": "graphql-transport-ws",
    }
    with httpx.stream("GET", f"{address}/graphql", headers=upgrade) as answer:
        assert answer.status_code == status


async def test_any_name_is_answered_to_where_none_is_given(client):
    answer = await client.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"host": "cases.example"}
    )
    assert answer.status_code == 200
