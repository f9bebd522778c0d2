"""A server on a port of its own, and a client that speaks graphql-transport-ws by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import orjson
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from api.app import create_app
from api.settings import ApiSettings
from tests.api.conftest import EVERYBODY

# Nobody waits long in a test; planning a statement for the first time takes seconds, though.
QUICK = {"seconds_between_looks": 0.05, "seconds_to_answer": 120.0}
_SECONDS = 60


@asynccontextmanager
async def serving(settings, *, admits=EVERYBODY, clock=None, **limits) -> AsyncIterator[str]:
    """The address of a server that stops with the block."""
    allowed = ApiSettings(**{**QUICK, **limits})
    more = {"clock": clock} if clock else {}
    config = uvicorn.Config(
        create_app(settings, allowed, admits=admits, **more), port=0, ws="wsproto",
        ws_max_size=allowed.most_body_bytes, ws_per_message_deflate=False, log_level="error",
    )  # fmt: skip
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        assert not running.done(), running.result()
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"ws://127.0.0.1:{port}/graphql"
    finally:
        server.should_exit = True
        await running


class Listener:
    """A client's end of a socket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._ids = count(1)

    async def send(self, **message: Any) -> None:
        await self.connection.send(orjson.dumps(message).decode())

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(_SECONDS):
            message: dict[str, Any] = orjson.loads(await self.connection.recv())
        return message

    async def introduce(self, **presented: Any) -> "Listener":
        await self.send(type="connection_init", payload=presented)
        assert await self.receive() == {"type": "connection_ack"}
        return self

    async def subscribe(self, query: str, name: str = "", **variables: Any) -> str:
        name = name or str(next(self._ids))
        payload = {"query": query, "variables": variables}
        await self.send(id=name, type="subscribe", payload=payload)
        return name

    async def told(self, how_many: int = 1) -> list[Any]:
        """The next results' only field."""
        found = []
        for _ in range(how_many):
            message = await self.receive()
            assert message["type"] == "next", message
            assert "errors" not in message["payload"], message
            (value,) = message["payload"]["data"].values()
            found.append(value)
        return found

    async def hears_nothing(self, seconds: float = 0.5) -> bool:
        try:
            async with asyncio.timeout(seconds):
                raise AssertionError(await self.connection.recv())
        except TimeoutError:
            return True

    async def closed(self) -> tuple[int, str]:
        """How the server closes the socket, whatever it says before."""
        try:
            async with asyncio.timeout(_SECONDS):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as closed:
            frame = closed.rcvd
        return (frame.code, frame.reason) if frame else (1006, "")


@asynccontextmanager
async def listening(url: str, **options: Any) -> AsyncIterator[Listener]:
    """A client that has not said anything yet."""
    options = {"subprotocols": ["graphql-transport-ws"], **options}
    async with connect(url, compression=None, **options) as connection:
        yield Listener(connection)
