"""What the process tells of itself, and that it tells nothing of anybody."""

import asyncio
import logging

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from api import app as application
from api.app import create_app
from api.asking import Asking
from api.library import Request
from api.plan.documents import Document, read_document
from api.settings import ApiSettings
from api.telemetry.tracing import Tracing, tracing_from_environment
from graph.sharing import SEES_EVERYTHING
from tests.api.conftest import EVERYBODY, PATIENT, SCHEMA, TODAY
from tests.audited import UNKEPT

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"
# Whatever somebody may ask by, as literals, variables, aliases and names.
SECRETS = ["A000000017", "Xochitl", "2009-06-02", "HOUSTON", "child_x", "key-of-a-clerk", "quetzal"]
QUESTIONS = [
    {"query": 'query Find { A000000017: child(aNumber: "A000000017") { id } }'},
    {"query": 'query A000000017 { children(name: "Xochitl", dateOfBirth: "2009-06-02") {'
              " edges { node { id } } } }"},
    {"query": "query F($n: String!, $c: String!) { children(name: $n) { edges { cursor } }"
              " hearings(court: $c) { edges { cursor } } viewer { name } }",
     "variables": {"n": "Xochitl", "c": "HOUSTON"}},
    {"query": "{ child(id: $id) { id } }", "variables": {"id": "child_x"}},
    {"query": 'mutation M { retractJudgement(input: {id: "child_x", reason: "quetzal",'
              ' key: "key-of-a-clerk"}) { __typename } }'},
    {"query": 'query B($d: Date) { hearings(court: "HOUSTON", from: $d) { edges { cursor } } }',
     "variables": {"d": "quetzal"}},
    {"query": '{ hearings(court: "HOUSTON", after: "quetzal") { edges { cursor } } }'},
    {"query": '{ nothing(name: "Xochitl") }'},
    {"query": '{ child(id: "Xochitl" }'},
]  # fmt: skip


@pytest.fixture
def spans():
    return InMemorySpanExporter()


@pytest.fixture
async def traced(served_settings, spans, monkeypatch):
    """A client of an application that is traced and counted."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    monkeypatch.setattr(application, "tracing_from_environment", lambda: Tracing(provider))
    app = create_app(
        served_settings,
        PATIENT.model_copy(update={"metrics": True, "warming": False}),
        admits=EVERYBODY,
        clock=lambda: TODAY,
    )
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield client


async def test_a_request_is_followed_from_its_own_trace_to_its_statements(traced, spans):
    text = "query Find($id: ID!) { child(id: $id) { id } sponsor(id: $id) { id } }"
    body = {"query": text, "variables": {"id": "child_x"}}
    await traced.post("/graphql", json=body, headers={"traceparent": PARENT})
    found = spans.get_finished_spans()
    assert {format(one.context.trace_id, "032x") for one in found} == {TRACE}
    by_id = {one.context.span_id: one for one in found}
    tree = {
        one.name: by_id[one.parent.span_id].name if one.parent.span_id in by_id else None
        for one in found
    }
    assert tree == {
        "POST /graphql": None,
        "query Find": "POST /graphql",
        "parse": "query Find",
        "validate": "query Find",
        "plan": "query Find",
        "read child": "query Find",
        "read sponsor": "query Find",
    }
    (read,) = (one for one in found if one.name == "read child")
    assert read.attributes["db.response.returned_rows"] == 0
    spans.clear()
    await traced.post("/graphql", json=body)
    again = [one.name for one in spans.get_finished_spans()]
    assert sorted(again) == ["POST /graphql", "query Find", "read child", "read sponsor"]


async def test_no_span_log_or_count_holds_anything_that_was_asked(traced, spans, caplog):
    with caplog.at_level(logging.DEBUG, logger="sponsorgraph"):
        for body in QUESTIONS:
            await traced.post("/graphql", json=body, headers={"traceparent": PARENT})
        await traced.post("/graphql", content=b'{"query": "Xochitl', headers={"accept": "quetzal"})
    metrics = (await traced.get("/metrics")).text
    told = [one.to_json() for one in spans.get_finished_spans()]
    assert len(told) > 30
    for secret in SECRETS:
        for text in (*told, metrics, caplog.text):
            assert secret not in text
    assert not [one for one in spans.get_finished_spans() if one.events]


async def test_documents_are_told_apart_by_their_shape_alone():
    def signature(text):
        return Document(read_document(text, 1_000)).signature

    one = signature('query Ana { child(id: "child_1") { id } }')
    assert one == signature('query Eva { A17: child(id: """child_2""") { x: id } }')
    assert one != signature('{ child(id: "child_1") { fullName } }')
    assert one != signature('{ child(aNumber: "child_1") { id } }')


async def test_what_is_counted_adds_up(traced):
    for _ in range(3):
        await traced.post("/graphql", json={"query": '{ child(id: "x") { id } }'})
    await traced.post("/graphql", json={"query": "{ nothing }"})
    await traced.post("/graphql", json={"query": "{ " + "a " * 2_500 + "}"})
    await traced.post("/graphql", json=[{"query": "{ __typename }"}])
    await traced.post("/graphql", json={"query": '{ hearings(court: "x", after: "?") { edges { cursor } } }'})  # fmt: skip
    page = await traced.get("/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    found = {
        (one.name.removeprefix("sponsorgraph_"), *one.labels.values()): one.value
        for family in text_string_to_metric_families(page.text)
        for one in family.samples
    }
    assert found["operations_total", "query", "answered"] == 3
    assert found["operations_total", "query", "with errors"] == 1
    assert found["operation_seconds_count", "query"] == 4
    assert found["operation_seconds_bucket", "query", "+Inf"] == 4
    assert found["statements_total",] == 3
    assert found["database_seconds_total",] > 0
    assert (found["documents_total", "read"], found["documents_total", "kept"]) == (4, 2)
    assert (found["plans_total", "made"], found["plans_total", "kept"]) == (2, 2)
    assert found["refusals_total", "batch"] == 1
    assert found["refusals_total", "invalid"] == 2
    assert found["in_flight",] == 0


async def test_counts_are_for_those_who_switched_them_on(client):
    assert (await client.get("/metrics")).status_code == 404


@pytest.mark.parametrize(
    ("environment", "on"),
    [
        ({}, False),
        ({"OTEL_SERVICE_NAME": "x"}, False),
        ({"OTEL_TRACES_EXPORTER": "console"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_TRACES_EXPORTER": "console", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)  # fmt: skip
def test_spans_are_for_those_who_configured_them(environment, on):
    tracing = tracing_from_environment(environment)
    assert (tracing is not None) is on
    if tracing is not None:
        tracing.close()


async def test_beyond_what_is_answered_at_once_one_is_told_to_come_back(monkeypatch):
    allowed = ApiSettings(most_at_once=2)
    asked = Asking(SCHEMA, allowed, lambda: TODAY, UNKEPT)
    inner = []

    async def reads(_, __):
        inner.append(await asked.answer(Request("{ __typename }"), SEES_EVERYTHING, reads))
        return [[]]

    text = (
        '{ one: child(id: "x") { id } two: sponsor(id: "x") { id } three: address(id: "x") { id } }'
    )

    async def outer(_, __):
        return [(await asked.answer(Request(text), SEES_EVERYTHING, reads)).result.data and []]

    assert (
        await asked.answer(Request('{ child(id: "x") { id } }'), SEES_EVERYTHING, outer)
    ).executed
    assert [one.status for one in inner] == [503] * 3
    assert asked.counts.refusals["busy"] == 3
    assert asked.counts.in_flight == 0


async def test_sockets_and_those_who_listen_are_counted_while_they_do(app):
    counts = app.state.counts
    opened, gone = asyncio.Event(), asyncio.Event()

    async def receive():
        if not counts.websockets:
            return {"type": "websocket.connect"}
        await gone.wait()
        return {"type": "websocket.disconnect"}

    async def send(_):
        opened.set()

    scope = {"type": "websocket", "path": "/graphql", "headers": [], "app": app,
             "subprotocols": ["graphql-transport-ws"], "query_string": b"", "root_path": ""}  # fmt: skip
    socket = asyncio.create_task(app(scope, receive, send))
    async with asyncio.timeout(20):
        await opened.wait()
        assert counts.websockets == 1
        gone.set()
        await socket
    assert counts.websockets == 0
