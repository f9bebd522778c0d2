"""uvicorn, holding out against clients that never finish and leaving when it is told to.

What comes before the application is bounded here: how large the head of a request may be, how long
a request may take to arrive, and how many connections are open.
"""

import asyncio
import signal
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import orjson
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.settings import ApiSettings

_MOST_HEADERS = 100
# A graceful leave waits this much longer than any operation may take.
_SECONDS_MORE = 2.0
_TICKS_A_LOOK = 5  # of a tenth of a second


class Server(uvicorn.Server):
    """Serves one application in this process.

    Told to stop with SIGTERM it is first not ready any more, for as long as the settings say, so
    that whoever balances the load sends nothing new; then it takes no new connections, and what is
    under way is answered. Told again, or interrupted, it leaves at once.
    """

    def __init__(
        self, app: ASGIApp, host: str, port: int, allowed: ApiSettings, leaving: Callable[[], None]
    ) -> None:
        self._allowed = allowed
        self._leaving = leaving
        self._leaves_at: float | None = None
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=partial(GuardedProtocol, allowed=allowed),  # type: ignore[arg-type] # called
                log_level="warning",
                access_log=False,  # a request line may hold what somebody asked
                server_header=False,
                ws="wsproto",
                ws_max_size=allowed.most_body_bytes,
                ws_per_message_deflate=False,  # a small message may not grow to a large one
                timeout_graceful_shutdown=round(allowed.seconds_to_answer + _SECONDS_MORE),
            )
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._leaving()
        drains = sig == signal.SIGTERM and self._allowed.seconds_to_drain > 0
        if drains and self._leaves_at is None:
            self._leaves_at = asyncio.get_running_loop().time() + self._allowed.seconds_to_drain
            return
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        now = asyncio.get_running_loop().time()
        if self._leaves_at is not None and now >= self._leaves_at and not self.should_exit:
            super().handle_exit(signal.SIGTERM, None)
        if counter % _TICKS_A_LOOK == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, GuardedProtocol):
                    connection.drop_if_slow(now)
        return await super().on_tick(counter)


class GuardedProtocol(HttpToolsProtocol):
    """One connection, whose requests must arrive within bounds of size and time."""

    def __init__(self, *args: Any, allowed: ApiSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._allowed = allowed
        # When the request that is arriving began, or the connection that has sent none.
        self._since: float | None = None
        self._head_bytes: int | None = None
        self._refusal = (400, "This is not a request of HTTP/1.1.")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > self._allowed.most_connections:
            self._refuse(503, "Too many connections are open: try again in a moment.")

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head_bytes is not None:
            self._head_bytes += len(data)
            if self._head_bytes > self._allowed.most_header_bytes:
                self._refuse(431, "The request's headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._since = self.loop.time()
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        self._head_bytes = None
        if len(self.headers) > _MOST_HEADERS:
            self._refusal = (431, f"The request has more than {_MOST_HEADERS} headers.")
            raise ValueError  # what follows is not read: `send_400_response` ends it
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._since = None
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours says more
        self._refuse(*self._refusal)

    def drop_if_slow(self, now: float) -> None:
        """End a connection whose request has not arrived in time."""
        if self._since is not None and now - self._since > self._allowed.seconds_to_send:
            self._refuse(408, "The request took too long to arrive.")

    def _refuse(self, status: int, sentence: str) -> None:
        if self.transport.is_closing():
            return
        body = orjson.dumps({"errors": [{"message": sentence}]})
        head = [
            STATUS_LINE[status],
            b"content-type: application/json; charset=utf-8\r\n",
            b"content-length: %d\r\nconnection: close\r\n" % len(body),
            *([b"retry-after: 1\r\n"] if status == _UNAVAILABLE else []),
            b"\r\n",
        ]
        begun = self.cycle is not None and self.cycle.response_started
        if not begun or self.cycle.response_complete:
            self.transport.write(b"".join([*head, body]))
        self._since = None
        self.transport.close()


_UNAVAILABLE = 503
