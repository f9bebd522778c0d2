"""One connection, holding out against clients that never finish.

What comes before the application is bounded here: how large the head of a request may be, how long
a request may take to arrive, and how many connections are open. What is refused here never reached
the application, and is told what `api.headers` has every answer tell.
"""

import asyncio
from dataclasses import replace
from typing import Any

import orjson
import wsproto
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol
from wsproto.events import Event, RejectConnection

from api.headers import ALWAYS, ALWAYS_OVER_TLS, POLICY, Header, completed
from api.settings import ApiSettings

_MOST_HEADERS = 100
_UNAVAILABLE = 503


def _lines(headers: tuple[Header, ...]) -> bytes:
    return b"".join(b"%s: %s\r\n" % header for header in headers)


_TOLD = {"http": _lines(ALWAYS), "https": _lines(ALWAYS_OVER_TLS)}


class GuardedProtocol(HttpToolsProtocol):
    """One connection, whose requests must arrive within bounds of size and time."""

    def __init__(self, *args: Any, allowed: ApiSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._allowed = allowed
        # When the request that is arriving began, or the connection that has sent none.
        self._since: float | None = None
        self._head_bytes: int | None = None
        # When an answer began to wait for its reader.
        self._untaken_since: float | None = None
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

    def pause_writing(self) -> None:
        super().pause_writing()
        self._untaken_since = self.loop.time()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._untaken_since = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours says more
        self._refuse(*self._refusal)

    def drop_if_slow(self, now: float) -> None:
        """End a connection whose request has not arrived, or whose answer was not read, in time."""
        if self._untaken_since is not None:
            if now - self._untaken_since > self._allowed.seconds_to_take:
                self.transport.abort()  # closing would wait for the reader, too
            return
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
            _TOLD[self.scheme or "http"],
            *([b"retry-after: 1\r\n"] if status == _UNAVAILABLE else []),
            b"\r\n",
        ]
        begun = self.cycle is not None and self.cycle.response_started
        if not begun or self.cycle.response_complete:
            self.transport.write(b"".join([*head, body]))
        self._since = None
        self.transport.close()


class GuardedSocket(WSProtocol):
    """One WebSocket; also a handshake that is none is refused with what every answer tells."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        over_tls = self.scheme == "wss"
        self.conn = _Telling(wsproto.ConnectionType.SERVER, over_tls=over_tls)


class _Telling(wsproto.WSConnection):
    def __init__(self, kind: wsproto.ConnectionType, *, over_tls: bool) -> None:
        super().__init__(kind)
        self._over_tls = over_tls

    def send(self, event: Event) -> bytes:
        if isinstance(event, RejectConnection) and POLICY not in dict(event.headers):
            headers = completed(list(event.headers), over_tls=self._over_tls)
            event = replace(event, headers=headers)
        return super().send(event)
