"""One socket, from its first message to its end."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from graphql import ExecutionResult, GraphQLError
from starlette.types import Message as AsgiMessage
from starlette.types import Receive, Send

from api.admission import Admits, NotAdmittedError
from api.errors import public
from api.library import Request
from api.listening import Viewers
from api.responses import Response
from api.settings import ApiSettings
from api.websocket import messages
from api.websocket.messages import Complete, Init, InvalidMessageError, Ping, Subscribe
from api.websocket.pace import Pace
from graph.sharing import Viewer

_SECONDS_TO_CLOSE = 5.0
_LONGEST_REASON = 123  # bytes, RFC 6455


class Code:
    """Why a socket is closed: RFC 6455's codes, and those of graphql-transport-ws."""

    NORMAL = 1000
    TOO_LARGE = 1009
    INTERNAL = 4500
    INVALID = 4400
    NOT_INTRODUCED = 4401
    NOT_ADMITTED = 4403
    WRONG_PROTOCOL = 4406
    TOO_SLOW_TO_INTRODUCE = 4408
    IN_USE = 4409
    TOO_MANY = 4429


class ClosedError(Exception):
    """The socket is to be closed, or was by the client (no code)."""

    def __init__(self, code: int | None = None, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Answers(Protocol):
    """What answers operations: a response, or one after the other."""

    def __call__(self, request: Request, viewers: Viewers) -> AsyncIterator[Response]:
        """Responses; one that was not executed is the last."""
        ...


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a socket needs of the process it is in."""

    answers: Answers
    admits: Admits
    limits: ApiSettings
    clock: Callable[[], float] = time.monotonic


class Socket:
    """The conversation with one client; `run` returns when it is over."""

    def __init__(self, receive: Receive, send: Send, circumstances: Circumstances) -> None:
        self._receive = receive
        self._send = send
        self._in = circumstances
        self._presented: Mapping[str, Any] | None = None
        self._introduced = asyncio.Event()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._pace = Pace(circumstances.limits.most_messages_a_second, circumstances.clock)
        self._used = circumstances.clock()
        self._over: asyncio.Future[ClosedError] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        tasks = [self._part(self._read), self._part(self._mind)]
        try:
            closed = await self._over
        finally:
            tasks += self._operations.values()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if closed.code is not None:
            await self._close(closed.code, closed.reason)

    def _part(self, do: Callable[..., Awaitable[None]], *given: Any) -> asyncio.Task[None]:
        return asyncio.create_task(self._until_over(do, *given))

    async def _until_over(self, do: Callable[..., Awaitable[None]], *given: Any) -> None:
        """Do a part of the conversation; whatever ends it for good ends the socket."""
        try:
            await do(*given)
        except ClosedError as closed:
            self._end(closed)
        except NotAdmittedError as refused:
            self._end(ClosedError(Code.NOT_ADMITTED, str(refused)))
        except Exception as broken:  # noqa: BLE001 - whatever it is, the client must not wait for more
            told = self._in_public(broken)
            self._end(ClosedError(Code.INTERNAL, told))

    def _end(self, closed: ClosedError) -> None:
        if not self._over.done():
            self._over.set_result(closed)

    def _in_public(self, broken: Exception) -> str:
        error = GraphQLError("", original_error=broken)
        return public(error, self._in.limits.seconds_to_answer).message

    async def _close(self, code: int, reason: str) -> None:
        reason = reason.encode()[:_LONGEST_REASON].decode(errors="ignore")
        # A client that takes nothing any more is not waited for.
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(_SECONDS_TO_CLOSE):
                await self._send({"type": "websocket.close", "code": code, "reason": reason})

    async def _read(self) -> None:
        while True:
            received = await self._receive()
            if received["type"] == "websocket.disconnect":
                raise ClosedError
            await self._take(self._text(received))

    def _text(self, received: AsgiMessage) -> str:
        if not self._pace.allows_one_more():
            raise ClosedError(Code.TOO_MANY, "Too many messages: send fewer a second.")
        text: str | None = received.get("text")
        if text is None:
            raise ClosedError(Code.INVALID, "Messages are text.")
        most = self._in.limits.most_body_bytes
        if len(text) > most:
            raise ClosedError(Code.TOO_LARGE, f"The message is larger than {most:,} bytes.")
        return text

    async def _take(self, text: str) -> None:
        try:
            message = messages.read_message(text)
        except InvalidMessageError as invalid:
            raise ClosedError(Code.INVALID, str(invalid)) from None
        if isinstance(message, Init):
            await self._introduce(message)
        elif isinstance(message, Ping):
            await self._tell(messages.pong(message.payload))
        elif isinstance(message, Subscribe):
            await self._begin(message)
        elif isinstance(message, Complete):
            self._drop(message.id)

    async def _introduce(self, message: Init) -> None:
        if self._presented is not None:
            raise ClosedError(Code.TOO_MANY, "Too many initialisation requests")
        self._presented = message.presented
        await self._viewer()
        self._introduced.set()
        await self._tell(messages.acknowledged())

    async def _viewer(self) -> Viewer:
        """Who asks, as things stand now. Raises NotAdmittedError."""
        return await self._in.admits(self._presented or {})

    async def _mind(self) -> None:
        """Close the socket of whoever does not say who they are, may no longer ask, or is idle."""
        limits = self._in.limits
        try:
            async with asyncio.timeout(limits.seconds_to_introduce):
                await self._introduced.wait()
        except TimeoutError:
            raise ClosedError(
                Code.TOO_SLOW_TO_INTRODUCE, "Connection initialisation timeout"
            ) from None
        while True:
            await asyncio.sleep(min(limits.seconds_between_checks, limits.seconds_idle))
            await self._viewer()
            if self._operations:
                self._used = self._in.clock()
            if self._in.clock() - self._used >= limits.seconds_idle:
                raise ClosedError(Code.NORMAL, "Nothing was asked for a while.")

    async def _begin(self, message: Subscribe) -> None:
        if not self._introduced.is_set():
            raise ClosedError(Code.NOT_INTRODUCED, "Unauthorized")
        if message.id in self._operations:
            raise ClosedError(Code.IN_USE, f"Subscriber for {message.id} already exists")
        self._used = self._in.clock()
        most = self._in.limits.most_operations_a_socket
        if len(self._operations) >= most:
            sentence = f"{most} operations are under way on this socket: complete one first."
            refused = ExecutionResult(None, [GraphQLError(sentence)])
            await self._tell(messages.refused(message.id, refused))
            return
        self._operations[message.id] = self._part(self._operate, message)

    def _drop(self, name: str) -> None:
        task = self._operations.pop(name, None)
        if task:
            task.cancel()

    async def _operate(self, message: Subscribe) -> None:
        async for response in self._in.answers(message.request, self._viewer):
            if not response.executed:
                await self._finish(message.id, messages.refused(message.id, response.result))
                return
            await self._tell(messages.next_result(message.id, response.result))
        await self._finish(message.id, messages.complete(message.id))

    async def _finish(self, name: str, last_words: str) -> None:
        # Before they are sent: the id may be used again as soon as they arrive.
        self._operations.pop(name, None)
        self._used = self._in.clock()
        await self._tell(last_words)

    async def _tell(self, text: str) -> None:
        try:
            await self._send({"type": "websocket.send", "text": text})
        except OSError:
            self._is_gone()

    def _is_gone(self) -> NoReturn:
        raise ClosedError from None
