"""Where sockets are let in, and what answers what is asked over them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from graphql import OperationType
from starlette.types import Receive, Scope, Send

from api.admission import Admits, NotAdmittedError
from api.asking import Asking
from api.context import Reads, Writes
from api.library import Request
from api.listening import Listening, Viewers
from api.responses import Response
from api.settings import ApiSettings
from api.websocket.messages import SUBPROTOCOL
from api.websocket.origin import is_trusted
from api.websocket.socket import Circumstances, Code, Socket
from graph.events import Watch
from graph.sharing import Viewer


class SocketEndpoint:
    """The endpoint for sockets, as bare ASGI."""

    def __init__(self, asking: Asking, limits: ApiSettings, admits: Admits) -> None:
        self._asking = asking
        self._limits = limits
        self._admits = admits
        self._listening: Listening | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        over_tls = scope.get("scheme") == "wss"  # ASGI may leave it out
        if not is_trusted(scope["headers"], self._limits.trusted_origins, over_tls=over_tls):
            await _refuse(
                send,
                403,
                "Sockets are opened by this server's own pages, or by others"
                " that SPONSORGRAPH_API_TRUSTED_ORIGINS names.",
            )
            return
        counts = self._asking.counts
        if counts.websockets >= self._limits.most_sockets:
            counts.refusals["sockets"] += 1
            await _refuse(send, 503, "Too many sockets are open: try again in a moment.")
            return
        counts.websockets += 1
        try:
            await self._converse(scope, receive, send)
        finally:
            counts.websockets -= 1

    async def _converse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if SUBPROTOCOL not in scope.get("subprotocols", ()):
            await send({"type": "websocket.accept"})
            reason = f"Subprotocol not acceptable: use {SUBPROTOCOL}"
            await send({"type": "websocket.close", "code": Code.WRONG_PROTOCOL, "reason": reason})
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        answering = _Answering(self._asking, self._listener(scope), *_doors(scope))
        circumstances = Circumstances(answering, self._admitted, self._limits)
        await Socket(receive, send, circumstances).run()

    async def _admitted(self, presented: Mapping[str, Any]) -> Viewer:
        try:
            return await self._admits(presented)
        except NotAdmittedError as refused:
            self._asking.not_admitted(refused)
            raise

    def _listener(self, scope: Scope) -> Listening:
        if self._listening is None:
            reads, _ = _doors(scope)
            watch = Watch(reads, self._limits.seconds_between_looks)
            self._listening = Listening(self._asking, watch, reads, self._limits)
        return self._listening


def _doors(scope: Scope) -> tuple[Reads, Writes]:
    return scope["app"].state.reads, scope["app"].state.writes


class _Answering:
    """Answers operations of every kind: subscriptions by listening, others once."""

    def __init__(self, asking: Asking, listening: Listening, reads: Reads, writes: Writes) -> None:
        self._asking = asking
        self._listening = listening
        self._reads = reads
        self._writes = writes

    async def __call__(self, request: Request, viewers: Viewers) -> AsyncIterator[Response]:
        viewer = await viewers()
        understood = self._asking.understood(request, viewer)
        if isinstance(understood, Response):
            yield await self._asking.refused(viewer, understood)
        elif understood.operation.operation is OperationType.SUBSCRIPTION:
            async with aclosing(self._listening.responses(understood, viewers)) as responses:
                async for response in responses:
                    yield response
        else:
            yield await self._asking.answer(request, viewer, self._reads, self._writes)


async def _refuse(send: Send, status: int, sentence: str) -> None:
    """Refuse the handshake, in words."""
    body = sentence.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        *([(b"retry-after", b"5")] if status == _BUSY else []),
    ]
    start = {"type": "websocket.http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "websocket.http.response.body", "body": body})


_BUSY = 503
