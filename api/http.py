"""GraphQL over HTTP: https://graphql.github.io/graphql-over-http/draft/.

Requests are POSTs of JSON. `application/graphql-response+json` tells by its status whether the
operation was executed; plain `application/json` is 200 for every well-formed request.
"""

import asyncio
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.types import Message, Receive, Scope, Send

from api.admission import Admits, NotAdmittedError, presented
from api.asking import Asking
from api.context import Reads, Writes
from api.headers import POLICY
from api.library import Request
from api.responses import Response
from api.settings import ApiSettings

if TYPE_CHECKING:  # it brings the SDK, which nothing needs that is not traced
    from api.telemetry.tracing import Tracing

_JSON = b"application/json"
_GRAPHQL = b"application/graphql-response+json"


class RefusedError(Exception):
    """A request that is no GraphQL request; `status` and the sentence say why.

    `reason` is the one word under which it is counted.
    """

    def __init__(self, status: int, sentence: str, reason: str = "request") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.reason = reason


class GraphQLEndpoint:
    """The endpoint, as bare ASGI: a framework's own request and response cost more than it does."""

    def __init__(
        self,
        asking: Asking,
        admits: Admits,
        limits: ApiSettings,
        page: bytes | None,
        tracing: "Tracing | None" = None,
    ) -> None:
        self._asking = asking
        self._admits = admits
        self._limits = limits
        self._page = page
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if scope["method"] == "GET" and self._page and b"text/html" in headers.get(b"accept", b""):
            await _send(send, 200, b"text/html; charset=utf-8", self._page, _PAGE_HEADERS)
            return
        media = _GRAPHQL if _GRAPHQL in headers.get(b"accept", b"") else _JSON
        with self._tracing.request(headers) if self._tracing else _UNTRACED as span:
            try:
                status, body = await self._answer(scope, headers, receive, media)
            except RefusedError as refused:
                self._asking.counts.refusals[refused.reason] += 1
                errors = ExecutionResult(None, [GraphQLError(refused.sentence)])
                status, body = refused.status, _written(errors, executed=False)
            except NotAdmittedError as stranger:
                response = self._asking.not_admitted(stranger)
                status, body = stranger.status, _written(response.result, executed=False)
            if self._tracing and span:
                self._tracing.answered(span, status)
        extra = _HEADERS_OF.get(status, ())
        await _send(send, status, media + b"; charset=utf-8", body, extra)

    async def _answer(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, media: bytes
    ) -> tuple[int, bytes]:
        _check_headers(scope["method"], headers)
        # Before anything of theirs is read: a stranger's body costs nothing.
        viewer = await self._admits(presented(scope["headers"]))
        request = read_request(await _body(receive, headers, self._limits))
        reads: Reads = scope["app"].state.reads
        writes: Writes = scope["app"].state.writes
        sent = partial(_sent, media)
        return await self._asking.answer_as(sent, request, viewer, reads, writes)


def read_request(body: bytes) -> Request:
    """The request in a body. Raises RefusedError (400) for what is none."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RefusedError(400, "The body is not JSON in UTF-8.", "not JSON") from None
    return request_of(sent)


def request_of(sent: Any) -> Request:
    """The request in a body or a message. Raises RefusedError (400) for what is none."""
    if isinstance(sent, list):
        raise RefusedError(400, "Send one operation at a time: batches are not taken.", "batch")
    if not isinstance(sent, dict):
        raise RefusedError(400, "The body is not one JSON object with a `query`.")
    query, name = sent.get("query"), sent.get("operationName")
    variables, extensions = sent.get("variables"), sent.get("extensions")
    if name is not None and not isinstance(name, str):
        raise RefusedError(400, "`operationName` must be a string or null.")
    if variables is not None and not isinstance(variables, dict):
        raise RefusedError(400, "`variables` must be an object or null.")
    if extensions is not None and not isinstance(extensions, dict):
        raise RefusedError(400, "`extensions` must be an object or null.")
    document_id = _document_id(sent, extensions)
    if not isinstance(query, str) and (query is not None or document_id is None):
        raise RefusedError(400, "`query` must be a string.")
    asks_costs = extensions is not None and extensions.get("costs") is True
    return Request(query, name or None, variables or {}, document_id, asks_costs)


def _document_id(sent: dict[str, Any], extensions: dict[str, Any] | None) -> str | None:
    """The id of a trusted document: `documentId`, or Apollo's `extensions.persistedQuery`."""
    found = sent.get("documentId")
    if found is None and extensions:
        persisted = extensions.get("persistedQuery")
        found = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if found is not None and not isinstance(found, str):
        raise RefusedError(400, "`documentId` must be a string.")
    return found


_UNTRACED = nullcontext()
_NOT_ALLOWED = 405
# A connection on which the rest of a request may still come is not used again.
_CLOSED = ((b"connection", b"close"),)
_HEADERS_OF = {
    # RFC 6750, section 3. It says no more of what was wrong than the sentence does.
    401: ((b"www-authenticate", b'Bearer realm="sponsorgraph"'),),
    _NOT_ALLOWED: ((b"allow", b"POST"),),
    408: _CLOSED,
    413: _CLOSED,
    429: ((b"retry-after", b"1"),),
    503: ((b"retry-after", b"1"),),
}


def _check_headers(method: str, headers: dict[bytes, bytes]) -> None:
    if method != "POST":
        sentence = "Ask with POST; GET shows the explorer to a browser."
        raise RefusedError(_NOT_ALLOWED, sentence, "method")
    # A browser cannot send JSON across sites without asking first, so this also keeps
    # another site's page from asking in somebody's name.
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != _JSON:
        raise RefusedError(415, "Send the request as application/json.", "media type")
    accept = headers.get(b"accept", b"*/*")
    if not any(kind in accept for kind in (b"*/*", b"application/*", _JSON, _GRAPHQL)):
        sentence = f"Answers are {_JSON.decode()} or {_GRAPHQL.decode()}."
        raise RefusedError(406, sentence, "media type")


async def _body(receive: Receive, headers: dict[bytes, bytes], limits: ApiSettings) -> bytes:
    most = limits.most_body_bytes
    declared = headers.get(b"content-length", b"0")
    # Digits of any length are a number to Python, and thousands of them take it a while.
    if len(declared) > len(str(most)) or not declared.isdigit() or int(declared) > most:
        raise _too_large(most)
    first: Message = await receive()
    if not first.get("more_body", False) and first["type"] == "http.request":
        body: bytes = first.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        return body
    try:
        async with asyncio.timeout(limits.seconds_to_send):
            return await _rest(first, receive, most)
    except TimeoutError:
        raise RefusedError(408, "The request took too long to arrive.", "slow") from None


async def _rest(message: Message, receive: Receive, most: int) -> bytes:
    chunks: list[bytes] = []
    length = 0
    while True:
        if message["type"] == "http.disconnect":
            raise RefusedError(400, "The request ended before its body did.", "disconnected")
        chunks.append(message.get("body", b""))
        length += len(chunks[-1])
        if length > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return b"".join(chunks)
        message = await receive()


def _too_large(most: int) -> RefusedError:
    return RefusedError(413, f"The request is larger than {most:,} bytes.", "body")


def _sent(media: bytes, response: Response) -> tuple[int, bytes]:
    """The status and the body of an answer."""
    status = 400 if media == _GRAPHQL and not response.executed else 200
    return response.status or status, _written(response.result, executed=response.executed)


def _written(result: ExecutionResult, *, executed: bool) -> bytes:
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = [error.formatted for error in result.errors]
    if executed:
        answer["data"] = result.data
    if result.extensions:
        answer["extensions"] = result.extensions
    return orjson.dumps(answer)


async def _send(
    send: Send,
    status: int,
    media: bytes,
    body: bytes,
    headers: tuple[tuple[bytes, bytes], ...],
) -> None:
    fields = [(b"content-type", media), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


# The explorer loads from this server alone. GraphiQL writes its own styles into the page.
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    b" font-src 'self' data:;"
    b" img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none';"
    b" form-action 'none'; frame-ancestors 'none'"
)
_PAGE_HEADERS = ((POLICY, _POLICY),)
