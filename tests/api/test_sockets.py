"""graphql-transport-ws to the letter, and what is refused over it: each with its code and a sentence."""

import asyncio
from typing import Any

import orjson
import pytest
import pytest_asyncio
from websockets.exceptions import InvalidStatus

from api.admission import NotAdmittedError
from api.websocket.messages import InvalidMessageError, Subscribe, read_message
from api.websocket.origin import is_trusted
from api.websocket.pace import Pace
from graph.sharing import SEES_EVERYTHING
from tests.api.sockets import listening, serving

VIEWER = "{ viewer { name } }"
NEWS = "subscription { identityChanged { __typename } }"


@pytest_asyncio.fixture(scope="module")
async def url(served_settings):
    async with serving(served_settings, seconds_to_introduce=1, most_operations_a_socket=2) as url:
        yield url


async def test_questions_and_changes_are_answered_over_a_socket(url):
    async with listening(url) as client:
        await client.introduce()
        await client.subscribe(VIEWER, "a")
        data = {"viewer": {"name": "sees-everything"}}
        assert await client.receive() == {"id": "a", "type": "next", "payload": {"data": data}}
        assert await client.receive() == {"id": "a", "type": "complete"}
        retract = """mutation { retractJudgement(input: {id: "judgement_x", reason: "r", key: "k"}) {
          ... on JudgementRefused { reason } } }"""
        await client.subscribe(retract, "a")
        (refused,) = await client.told()
        assert refused == {"reason": "UNKNOWN_JUDGEMENT"}
        assert await client.receive() == {"id": "a", "type": "complete"}


@pytest.mark.parametrize("query", [
    "{ viewer { nam } }", "{ viewer {", "subscription { identityChanged { __typename } viewer }",
    "query A { __typename } query B { __typename }", "{" + "a{" * 300,
])  # fmt: skip
async def test_what_is_not_executed_is_an_error_and_the_socket_goes_on(url, query):
    async with listening(url) as client:
        await client.introduce()
        await client.subscribe(query, "a")
        message = await client.receive()
        assert (message["id"], message["type"]) == ("a", "error")
        assert all(
            set(error) <= {"message", "locations", "extensions"} for error in message["payload"]
        )
        await client.subscribe(VIEWER, "a")
        assert (await client.receive())["type"] == "next"


async def test_pings_are_answered_before_and_after_the_introduction(url):
    async with listening(url) as client:
        await client.send(type="ping")
        assert await client.receive() == {"type": "pong"}
        await client.introduce()
        await client.send(type="ping", payload={"at": 7})
        assert await client.receive() == {"type": "pong", "payload": {"at": 7}}
        await client.send(type="pong")
        await client.send(type="ping")
        assert await client.receive() == {"type": "pong"}


async def test_what_a_client_wants_no_more_of_ends_and_its_id_is_free(url):
    async with listening(url) as client:
        await client.introduce()
        for _ in range(5):
            await client.subscribe(NEWS, "a")
            await client.send(id="a", type="complete")
        await client.send(id="never heard of", type="complete")
        await client.subscribe(VIEWER, "a")
        assert (await client.receive())["type"] == "next"


@pytest.mark.parametrize(("sent", "reason"), [
    ("no json", "The message is not JSON."),
    ("[]", "The message is not an object with a `type`."),
    ('{"type": 7}', "The message is not an object with a `type`."),
    ('{"type": "start", "id": "1"}', "The message's `type` is none of this protocol's."),
    ('{"type": "connection_init", "payload": []}', "`payload` must be an object."),
    ('{"type": "subscribe", "payload": {"query": "{ a }"}}', "`id` must be a string"),
    ('{"type": "subscribe", "id": "", "payload": {"query": "{ a }"}}', "`id` must be a string"),
    ('{"type": "subscribe", "id": {}, "payload": {"query": "{ a }"}}', "`id` must be a string"),
    ('{"type": "subscribe", "id": "1"}', "The body is not one JSON object with a `query`."),
    ('{"type": "subscribe", "id": "1", "payload": {}}', "`query` must be a string."),
    ('{"type": "subscribe", "id": "1", "payload": {"query": "", "variables": 1}}', "`variables`"),
    (b"\x00\xff", "Messages are text."),
])  # fmt: skip
async def test_what_is_no_message_of_the_protocol_closes_with_4400(url, sent, reason):
    async with listening(url) as client:
        await client.connection.send(sent)
        code, told = await client.closed()
        assert code == 4400
        assert told.startswith(reason)


async def test_whoever_asks_before_the_introduction_is_closed_with_4401(url):
    async with listening(url) as client:
        await client.subscribe(VIEWER)
        assert await client.closed() == (4401, "Unauthorized")


@pytest.mark.parametrize("offered", [[], ["graphql-ws"], ["other", "graphql-ws"]])
async def test_other_protocols_are_closed_with_4406(url, offered):
    async with listening(url, subprotocols=offered or None) as client:
        code, reason = await client.closed()
        assert (code, reason.split(":")[0]) == (4406, "Subprotocol not acceptable")


async def test_whoever_does_not_introduce_themselves_is_closed_with_4408(url):
    async with listening(url) as client:
        await client.send(type="ping")
        assert await client.closed() == (4408, "Connection initialisation timeout")


async def test_an_id_that_is_in_use_closes_with_4409(url):
    async with listening(url) as client:
        await client.introduce()
        await client.subscribe(NEWS, "a" * 128)
        await client.subscribe(NEWS, "a" * 128)
        code, reason = await client.closed()
        assert code == 4409
        assert reason.startswith("Subscriber for aaa")


async def test_a_second_introduction_closes_with_4429(url):
    async with listening(url) as client:
        await client.introduce()
        await client.send(type="connection_init")
        assert await client.closed() == (4429, "Too many initialisation requests")


async def test_a_flood_of_messages_closes_with_4429_and_others_are_answered(url):
    async with listening(url) as other, listening(url) as flood:
        await other.introduce()
        await flood.introduce()
        for _ in range(100):
            await flood.send(type="ping")
        assert (await flood.closed())[0] == 4429
        await other.subscribe(VIEWER)
        assert (await other.receive())["type"] == "next"


async def test_a_message_too_large_closes_with_1009(url):
    async with listening(url) as client:
        await client.introduce()
        await client.connection.send('{"type": "ping", "payload": {"x": "' + "x" * 200_000 + '"}}')
        assert (await client.closed())[0] == 1009


async def test_too_many_operations_on_a_socket_are_refused_one_by_one(url):
    async with listening(url) as client:
        await client.introduce()
        for name in "ab":
            await client.subscribe(NEWS, name)
        await client.subscribe(VIEWER, "c")
        message = await client.receive()
        assert (message["id"], message["type"]) == ("c", "error")
        assert message["payload"][0]["message"].startswith("2 operations are under way")
        await client.send(id="a", type="complete")
        await client.subscribe(VIEWER, "c")
        assert (await client.receive())["type"] == "next"


async def test_too_many_sockets_are_told_to_come_back(served_settings):
    async with serving(served_settings, most_sockets=2) as url:
        async with listening(url), listening(url):
            with pytest.raises(InvalidStatus) as refused:
                async with listening(url):
                    pass
            response = refused.value.response
            assert (response.status_code, response.headers["retry-after"]) == (503, "5")
            assert response.body == b"Too many sockets are open: try again in a moment."
        async with asyncio.timeout(10):
            while not await _is_let_in(url):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def _is_let_in(url):
    try:
        async with listening(url) as client:
            await client.introduce()
            return True
    except InvalidStatus:
        return False


async def test_another_sites_page_opens_no_socket(served_settings):
    trusted = frozenset({"https://cases.example"})
    async with serving(served_settings, trusted_origins=trusted) as url:
        host = url.removeprefix("ws://").removesuffix("/graphql")
        for origin in (f"http://{host}", f"https://{host}", "https://cases.example"):
            async with listening(url, origin=origin) as client:
                await client.introduce()
        for origin in ("https://elsewhere.example", "http://127.0.0.1:1", "null", "https://[",
                       "https://cases.example.elsewhere.example"):  # fmt: skip
            with pytest.raises(InvalidStatus) as refused:
                async with listening(url, origin=origin):
                    pass
            assert refused.value.response.status_code == 403


async def test_whoever_is_not_admitted_is_closed_with_4403_at_once_or_later(served_settings):
    async def admits(presented):
        if presented.get("token") not in tokens:
            raise NotAdmittedError("Your token is not valid: sign in again.")
        return SEES_EVERYTHING

    tokens = {"good"}
    refused = (4403, "Your token is not valid: sign in again.")
    async with serving(served_settings, admits=admits, seconds_between_checks=0.2) as url:
        async with listening(url) as client:
            await client.send(type="connection_init", payload={"token": "bad"})
            assert await client.closed() == refused
        async with listening(url) as client, listening(url) as quiet:
            await client.introduce(token="good")
            await quiet.introduce(token="good")
            await quiet.subscribe(NEWS)
            tokens.clear()
            assert await quiet.closed() == refused
            assert await client.closed() == refused


async def test_an_operation_asks_anew_who_asks(served_settings):
    async def admits(presented):
        calls.append(presented)
        if len(calls) > 1:
            raise NotAdmittedError("No longer.")
        return SEES_EVERYTHING

    calls: list[Any] = []
    async with serving(served_settings, admits=admits) as url, listening(url) as client:
        await client.introduce(token="t")
        await client.subscribe(VIEWER)
        assert await client.closed() == (4403, "No longer.")
    assert calls == [{"token": "t"}] * 2


async def test_what_breaks_inside_closes_with_4500_and_says_nothing_of_it(served_settings):
    async def admits(_):
        raise RuntimeError("bolt://neo4j:secret@graph")

    async with serving(served_settings, admits=admits) as url, listening(url) as client:
        await client.send(type="connection_init")
        code, reason = await client.closed()
        assert code == 4500
        assert reason.startswith("Something went wrong here. Report it as")


async def test_a_socket_on_which_nothing_is_asked_is_closed_and_one_that_listens_is_not(
    served_settings,
):
    async with serving(served_settings, seconds_idle=0.4) as url:  # noqa: SIM117
        async with listening(url) as idle, listening(url) as busy:
            await idle.introduce()
            await busy.introduce()
            await busy.subscribe(NEWS)
            assert await idle.closed() == (1000, "Nothing was asked for a while.")
            assert await busy.hears_nothing(0.8)


async def test_a_server_that_stops_says_so_with_1012(served_settings):
    async with serving(served_settings) as url:
        client = listening(url)
        listener = await client.__aenter__()
        await listener.introduce()
        await listener.subscribe(NEWS)
        closing = asyncio.create_task(listener.closed())
        await asyncio.sleep(0.1)
    assert (await closing)[0] == 1012
    await client.__aexit__(None, None, None)


async def test_subscriptions_over_http_are_sent_to_the_socket(client):
    response = await client.post("/graphql", json={"query": NEWS})
    (error,) = response.json()["errors"]
    assert error["message"].startswith("A subscription is listened to over WebSocket")


def test_a_message_is_what_was_sent():
    sent = {"id": "7", "type": "subscribe", "payload": {"query": "{ a }", "operationName": "A"}}
    message = read_message(orjson.dumps(sent).decode())
    assert isinstance(message, Subscribe)
    assert (message.id, message.request.query, message.request.operation_name) == (
        "7",
        "{ a }",
        "A",
    )
    with pytest.raises(InvalidMessageError):
        read_message('{"type": "complete", "id": "' + "x" * 129 + '"}')


def test_a_pace_lets_some_through_at_once_and_then_so_many_a_second():
    now = [0.0]
    pace = Pace(2, lambda: now[0])
    assert [pace.allows_one_more() for _ in range(5)] == [True] * 4 + [False]
    now[0] = 0.5
    assert [pace.allows_one_more() for _ in range(2)] == [True, False]
    now[0] = 100
    assert [pace.allows_one_more() for _ in range(5)] == [True] * 4 + [False]


def test_a_program_sends_no_origin_and_two_origins_must_both_be_trusted():
    host = (b"host", b"Cases.example:8000")
    own, other = (b"origin", b"https://cases.example:8000"), (b"origin", b"https://b.example")
    assert is_trusted([host], frozenset())
    assert is_trusted([host, own], frozenset())
    assert not is_trusted([host, own, other], frozenset())
    assert is_trusted([host, own, other], frozenset({"https://b.example"}))
