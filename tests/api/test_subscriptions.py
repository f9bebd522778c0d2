"""Listening as clients do: over a real socket, to servers that come and go."""

import asyncio
import os
import socket
import sys
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import Any

import orjson
import pytest_asyncio
from gql import Client, gql
from gql.transport.websockets import WebsocketsTransport

from api.admission import as_one
from api.asking import Asking
from api.websocket.endpoint import SocketEndpoint
from graph.events import Place
from graph.reads import read
from graph.sharing import SEES_EVERYTHING
from tests.api.conftest import PATIENT, SCHEMA, TODAY
from tests.api.ears import beginning, ids, reports
from tests.api.sockets import listening, serving
from tests.audited import UNKEPT
from tests.signing import sign_ins

REPORTED = """subscription ($after: String) { addressReported(after: $after) {
  ... on AddressReported { cursor run report { id } resident { id ... on Child { fullName } } } } }"""
BEGINNING = beginning()
QUIET = 0.3


@pytest_asyncio.fixture(scope="module")
async def url(served_settings):
    async with serving(served_settings) as url:
        yield url


async def test_a_run_is_heard_of_when_it_is_published_and_not_before(world, url):
    async with listening(url) as listener:
        await listener.introduce()
        await listener.subscribe(REPORTED)
        run = world.next_run()
        child = await run.a_child()
        fact = await run.lives_at(child, await run.an_address())
        assert await listener.hears_nothing(QUIET)
        await run.publish()
        (event,) = await listener.told()
        assert event == {
            "cursor": event["cursor"], "run": 2, "report": {"id": fact},
            "resident": {"id": child, "fullName": "Ana Reyes"},
        }  # fmt: skip


async def test_many_listeners_of_several_servers_hear_the_same(world, url, served_settings):
    async with serving(served_settings) as another:
        async with listening(url) as one, listening(another) as two:
            for listener in (one, two):
                await listener.introduce()
                for name in "ab":
                    await listener.subscribe(REPORTED, name, after=BEGINNING)
            facts = [fact for how_many in (2, 1) for fact in await reports(world, how_many)]
            for listener in (one, two):
                assert sorted(ids(await listener.told(6))) == sorted(facts * 2)
        async with listening(another) as listener:
            await listener.introduce()
            await listener.subscribe(REPORTED, after=Place(2).cursor("addressReported"))
            assert ids(await listener.told(1)) == facts[2:]


async def test_pythons_own_client_listens(world, url):
    facts = await reports(world, 3)
    transport = WebsocketsTransport(url=url, subprotocols=["graphql-transport-ws"])
    heard = []
    async with Client(transport=transport) as session:
        request = gql(REPORTED)
        request.variable_values = {"after": BEGINNING}
        async for result in session.subscribe(request):
            heard.append(result["addressReported"]["report"]["id"])
            if len(heard) == len(facts):
                break
    assert heard == facts


class ASlowClient:
    """A socket's other end that takes what it is sent when it is let to."""

    def __init__(self, *said) -> None:
        self._said = [orjson.dumps(one).decode() for one in said]
        self.taken: list[Any] = []
        self.takes = asyncio.Semaphore(1)  # the acknowledgement
        self.left = asyncio.Event()

    async def receive(self):
        if not self.taken:
            self.taken.append({"type": "websocket.connect"})
            return self.taken[0]
        if self._said:
            return {"type": "websocket.receive", "text": self._said.pop(0)}
        await self.left.wait()
        return {"type": "websocket.disconnect", "code": 1000}

    async def send(self, message):
        if message["type"] == "websocket.send":
            await self.takes.acquire()
            self.taken.append(orjson.loads(message["text"]))


async def test_a_slow_listener_is_waited_for_and_what_happens_meanwhile_stays_in_the_graph(
    world, async_door
):
    facts = [fact for how_many in (70, 60) for fact in await reports(world, how_many)]
    pages = []

    async def reads(text, parameters):
        pages.extend([text] if "COLLECT" in text else [])
        return await read(async_door, text, parameters)

    asking = Asking(SCHEMA, PATIENT, lambda: TODAY, UNKEPT)
    endpoint = SocketEndpoint(asking, PATIENT, as_one(SEES_EVERYTHING))
    payload = {"query": REPORTED, "variables": {"after": BEGINNING}}
    subscribe = {"type": "subscribe", "id": "1", "payload": payload}
    client = ASlowClient({"type": "connection_init"}, subscribe)
    state = SimpleNamespace(reads=reads, writes=None)
    scope = {
        "type": "websocket", "headers": [], "subprotocols": ["graphql-transport-ws"],
        "app": SimpleNamespace(state=state),
    }  # fmt: skip
    conversation = asyncio.create_task(endpoint(scope, client.receive, client.send))
    for allowed, expected in ((49, 1), (2, 2), (50, 3), (29, 3)):
        for _ in range(allowed):
            client.takes.release()
        async with asyncio.timeout(60):
            while client.takes._value or len(pages) < expected:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(QUIET)
        assert len(pages) == expected
    told = [one["payload"]["data"]["addressReported"] for one in client.taken[2:]]
    assert ids(told) == facts
    client.left.set()
    await conversation


async def test_after_a_server_was_killed_another_tells_the_rest(world, served_settings, tmp_path):
    issuer = sign_ins(tmp_path)
    port = free_port()
    url = f"ws://127.0.0.1:{port}/graphql"
    facts = await reports(world, 70)
    heard = []
    async with a_process(served_settings, port, issuer) as process, listening(url) as listener:
        await listener.introduce(**issuer.headers())
        await listener.subscribe(REPORTED, after=BEGINNING)
        heard += await listener.told(30)
        process.kill()
        assert (await listener.closed())[0] == 1006
    facts += await reports(world, 5)
    async with a_process(served_settings, port, issuer), listening(url) as listener:
        await listener.introduce(**issuer.headers())
        await listener.subscribe(REPORTED, after=heard[-1]["cursor"])
        heard += await listener.told(45)
        assert await listener.hears_nothing(QUIET)
    assert ids(heard) == facts


@asynccontextmanager
async def a_process(settings, port, issuer):
    """`sponsorgraph serve` as people start it, on a port, once it answers."""
    password = settings.neo4j_password.get_secret_value()
    environment = {
        **os.environ, "NEO4J_URI": settings.neo4j_uri, "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": password, "SPONSORGRAPH_API_SECONDS_BETWEEN_LOOKS": "0.1",
        "SPONSORGRAPH_API_SECONDS_TO_ANSWER": "60", **issuer.environment,
    }  # fmt: skip
    command = [sys.executable, "-m", "api", "serve", "--port", str(port)]
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        async with asyncio.timeout(60):
            await _until_it_listens(port)
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _until_it_listens(port):
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
