"""Pages of other servers: what a browser is told before it lets one of them ask."""

import httpx
import pytest

from api.app import create_app
from api.settings import ApiSettings
from graph.settings import Settings
from tests.api.conftest import EVERYBODY

OURS, OTHER = "https://cases.example", "https://elsewhere.example"
ASK = {"query": "{ __typename }"}


def preflight(origin, headers="content-type", method="POST"):
    asked = {"access-control-request-method": method, "access-control-request-headers": headers}
    return {"origin": origin, **asked}


@pytest.fixture
async def asked(tmp_path):
    """A server that trusts one origin. It answers preflights without its graph."""
    app = create_app(
        Settings(home=tmp_path), ApiSettings(trusted_origins=frozenset({OURS})), admits=EVERYBODY
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


async def test_a_trusted_page_may_ask_and_read(asked):
    answer = await asked.options("/graphql", headers=preflight(OURS))
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == OURS
    assert answer.headers["access-control-allow-methods"] == "POST"
    assert "access-control-allow-credentials" not in answer.headers
    refused = await asked.post("/graphql", content=b"{", headers={"origin": OURS})
    assert refused.headers["access-control-allow-origin"] == OURS
    assert "Origin" in refused.headers["vary"]


async def test_a_trusted_page_may_say_who_asks_and_to_what_end(asked):
    said = "authorization,content-type,sponsorgraph-basis,sponsorgraph-case,sponsorgraph-purpose"
    for headers, status in ((said, 200), ("sponsorgraph-role", 200), ("cookie", 400)):
        answer = await asked.options("/graphql", headers=preflight(OURS, headers))
        assert answer.status_code == status


async def test_a_page_of_another_origin_may_not(asked):
    answer = await asked.options("/graphql", headers=preflight(OTHER))
    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_nobody_is_trusted_unless_named(client):
    answer = await client.options("/graphql", headers=preflight(OURS))
    assert "access-control-allow-origin" not in answer.headers
    told = await client.post("/graphql", json=ASK, headers={"origin": OURS})
    assert "access-control-allow-origin" not in told.headers


async def test_no_answer_is_kept_by_anybody_nor_compressed(client):
    answer = await client.post("/graphql", json=ASK, headers={"accept-encoding": "gzip, br"})
    assert answer.headers["cache-control"] == "no-store"
    assert "content-encoding" not in answer.headers
