import asyncio
import logging

import orjson
import pytest

from api.asking import Asking
from api.http import GraphQLEndpoint
from api.settings import ApiSettings
from graph.errors import OutcomeUnknownError
from graph.writes.steps import OUTCOME_UNKNOWN
from tests.api.conftest import EVERYBODY, SCHEMA, TODAY
from tests.audited import UNKEPT

GRAPHQL = "application/graphql-response+json"
ASK = {"query": "{ viewer { name } }"}


async def post(client, body, *, accept=GRAPHQL, content="application/json"):
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    headers = {"accept": accept, "content-type": "application/json"}
    return await client.post("/graphql", content=content, headers=headers)


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json", "*/*"])
async def test_a_question_is_answered_in_the_form_that_was_asked_for(client, accept):
    answer = await post(client, ASK, accept=accept)
    assert answer.status_code == 200
    expected = GRAPHQL if accept == GRAPHQL else "application/json"
    assert answer.headers["content-type"] == f"{expected}; charset=utf-8"
    assert answer.json() == {"data": {"viewer": {"name": "sees-everything"}}}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"{}", b'{"query": 3}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "x"}',
        b'{"query": "{ __typename }", "operationName": {}}',
        b'{"query": "{ __typename }", "extensions": 3}',
        b'[{"query": "{ __typename }"}]',
        b"[" * 50_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
async def test_what_is_no_request_is_a_400_that_says_so(client, body, accept):
    answer = await post(client, body, accept=accept)
    assert answer.status_code == 400
    assert "data" not in answer.json()
    assert answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "query", ["{", "{ nothing }", "{ child { id", "query A { __typename } query B { __typename }"]
)
async def test_a_document_that_cannot_run_is_a_400_to_who_reads_statuses(client, query):
    assert (await post(client, {"query": query})).status_code == 400
    plain = await post(client, {"query": query}, accept="application/json")
    assert plain.status_code == 200
    assert "data" not in plain.json()


async def test_variables_that_do_not_fit_are_refused_before_anything_runs(client):
    body = {"query": "query ($id: ID!) { child(id: $id) { id } }", "variables": {}}
    answer = await post(client, body)
    assert answer.status_code == 400
    assert "data" not in answer.json()
    assert "'$id'" in answer.json()["errors"][0]["message"]


async def test_only_posts_of_json_ask(client):
    assert (await client.get("/graphql", params=ASK)).status_code == 405
    assert (await client.put("/graphql", json=ASK)).status_code == 405
    form = await client.post("/graphql", data=ASK)
    assert form.status_code == 415
    text = await client.post("/graphql", content=b"{}", headers={"content-type": "text/plain"})
    assert text.status_code == 415
    other = await client.post("/graphql", json=ASK, headers={"accept": "text/csv"})
    assert other.status_code == 406


async def test_a_body_too_large_is_refused_unread(client):
    answer = await post(client, b'{"query": "' + b" " * 300_000 + b'"}')
    assert answer.status_code == 413


async def test_it_says_whether_it_is_alive_and_ready(client):
    assert (await client.get("/health")).json() == {"status": "alive"}
    assert (await client.get("/ready")).json() == {"status": "ready"}


async def test_it_is_not_ready_for_a_graph_that_another_program_migrated(client, shared_door):
    with shared_door.writing() as session:
        session.run("MERGE (m:Migration {version: 999}) SET m.title = 'later', m.sha256 = 'x',"
                    " m.done = 1, m.of = 1").consume()  # fmt: skip
    try:
        assert (await client.get("/ready")).status_code == 503
    finally:
        with shared_door.writing() as session:
            session.run("MATCH (m:Migration {version: 999}) DELETE m").consume()
    assert (await client.get("/ready")).status_code == 200


async def _answer(reads, limits=None, query=b'{"query": "{ sponsor(id: 1) { id } }"}', writes=None):
    """The endpoint alone, over whatever stands in for the graph."""
    limits = limits or ApiSettings()
    endpoint = GraphQLEndpoint(
        Asking(SCHEMA, limits, lambda: TODAY, UNKEPT), EVERYBODY, limits, None
    )
    sent = []

    async def receive():
        return {"type": "http.request", "body": query}

    async def send(message):
        sent.append(message)

    doors = {"reads": staticmethod(reads), "writes": staticmethod(writes)}
    app = type("App", (), {"state": type("State", (), doors)})
    headers = [(b"content-type", b"application/json"), (b"accept", GRAPHQL.encode())]
    await endpoint({"method": "POST", "headers": headers, "app": app}, receive, send)
    return sent[0]["status"], orjson.loads(sent[1]["body"])


async def test_what_goes_wrong_inside_stays_inside_and_is_found_by_its_number(caplog):
    async def reads(_, __):
        raise RuntimeError("bolt://neo4j:secret@db refused A000000001")

    with caplog.at_level(logging.ERROR):
        status, answer = await _answer(reads)
    assert status == 200
    assert answer["data"] == {"sponsor": None}
    (error,) = answer["errors"]
    number = error["message"].removeprefix("Something went wrong here. Report it as ").rstrip(".")
    assert number in caplog.text
    assert "RuntimeError" in caplog.text
    for text in (orjson.dumps(answer).decode(), caplog.text):
        assert "secret" not in text
        assert "A000000001" not in text
    assert error["path"] == ["sponsor"]


async def test_a_graph_that_does_not_answer_is_given_up_at_the_deadline():
    ended = asyncio.Event()

    async def reads(_, __):
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    status, answer = await _answer(reads, ApiSettings(seconds_to_answer=0.05))
    assert status == 200
    assert answer["errors"][0]["extensions"] == {"code": "DEADLINE"}
    assert answer["data"] is None
    assert ended.is_set()


A_RETRACTION = (
    b'{"query": "mutation { retractJudgement(input: {id: 1, reason: \\"so\\", key: \\"k\\"})'
    b' { __typename ... on JudgementRefused { reason } } }"}'
)


async def test_a_write_is_taken_over_http_by_post_alone(client, graph_door):
    asked = orjson.loads(A_RETRACTION)
    done = await client.post("/graphql", json=asked)
    refused = {"__typename": "JudgementRefused", "reason": "UNKNOWN_JUDGEMENT"}
    assert done.json() == {"data": {"retractJudgement": refused}}
    assert (await client.get("/graphql", params=asked)).status_code == 405


@pytest.mark.parametrize("silent", [True, False])
async def test_of_a_write_whose_outcome_is_unknown_one_is_told_to_send_it_again(silent):
    async def writes(_):
        await asyncio.sleep(60 if silent else 0)
        raise OutcomeUnknownError(OUTCOME_UNKNOWN)

    limits = ApiSettings(seconds_to_answer=0.05)
    status, answer = await _answer(None, limits, A_RETRACTION, writes)
    assert status == 200
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "OUTCOME_UNKNOWN"}
    assert "again" in error["message"]
