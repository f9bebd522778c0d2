"""By which names this server may be called.

A page elsewhere can have its own name lead to 127.0.0.1 once it is loaded (DNS rebinding): the
browser then takes this server for the page's own, and neither CORS nor an origin keeps the page
from reading answers. Only the name in `Host` gives it away.
"""

from collections.abc import Collection

import orjson
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})

_REFUSED = {
    "errors": [
        {
            "message": "This server does not go by that name: call it by one that"
            " SPONSORGRAPH_API_HOST_NAMES lists, or by 127.0.0.1.",
            "extensions": {"code": "REFUSED"},
        }
    ]
}
_MISDIRECTED = 421


def only_called(names: Collection[str]) -> list[Middleware]:
    """Has only these names answered to; any, if there are none."""
    return [Middleware(OnlyCalled, names=names)] if names else []


class OnlyCalled:
    """Refuses what is asked of another name, over HTTP and over WebSocket."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower().encode() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _called(scope) in self._names:
            await self._app(scope, receive, send)
            return
        start = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
        if scope["type"] == "websocket":
            await receive()  # websocket.connect
        body = orjson.dumps(_REFUSED)
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": f"{start}.start", "status": _MISDIRECTED, "headers": headers})
        await send({"type": f"{start}.body", "body": body})


def _called(scope: Scope) -> bytes:
    """The name in `Host`, without its port; empty where it is missing or twice."""
    names = [value.lower() for name, value in scope["headers"] if name == b"host"]
    if len(names) != 1:
        return b""
    name: bytes = names[0]
    return name.partition(b"]")[0] + b"]" if name.startswith(b"[") else name.partition(b":")[0]
