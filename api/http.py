"""GraphQL over HTTP: https://graphql.github.io/graphql-over-http/draft/.

Requests are POSTs of JSON. `application/graphql-response+json` tells by its status whether the
operation was executed; plain `application/json` is 200 for every well-formed request.
"""

from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.types import Message, Receive, Scope, Send

from api.asking import Asking, Request
from api.context import Reads, Writes
from api.settings import ApiSettings

_JSON = b"application/json"
_GRAPHQL = b"application/graphql-response+json"
_ANSWER_HEADERS = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


class RefusedError(Exception):
    """A request that is no GraphQL request; `status` and the sentence say why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class GraphQLEndpoint:
    """The endpoint, as bare ASGI: a framework's own request and response cost more than it does."""

    def __init__(self, asking: Asking, limits: ApiSettings, page: bytes | None) -> None:
        self._asking = asking
        self._limits = limits
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if scope["method"] == "GET" and self._page and b"text/html" in headers.get(b"accept", b""):
            await _send(send, 200, b"text/html; charset=utf-8", self._page, _PAGE_HEADERS)
            return
        media = _GRAPHQL if _GRAPHQL in headers.get(b"accept", b"") else _JSON
        try:
            status, body = await self._answer(scope, headers, receive, media)
        except RefusedError as refused:
            errors = ExecutionResult(None, [GraphQLError(refused.sentence)])
            status, body = refused.status, _written(errors, executed=False)
        extra = ((b"allow", b"POST"),) if status == _NOT_ALLOWED else ()
        await _send(send, status, media + b"; charset=utf-8", body, _ANSWER_HEADERS + extra)

    async def _answer(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, media: bytes
    ) -> tuple[int, bytes]:
        _check_headers(scope["method"], headers)
        request = read_request(await _body(receive, headers, self._limits.most_body_bytes))
        reads: Reads = scope["app"].state.reads
        writes: Writes = scope["app"].state.writes
        response = await self._asking.answer(request, reads, writes)
        status = 400 if media == _GRAPHQL and not response.executed else 200
        return status, _written(response.result, executed=response.executed)


def read_request(body: bytes) -> Request:
    """The request in a body. Raises RefusedError (400) for what is none."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RefusedError(400, "The body is not JSON in UTF-8.") from None
    return request_of(sent)


def request_of(sent: Any) -> Request:
    """The request in a body or a message. Raises RefusedError (400) for what is none."""
    if not isinstance(sent, dict):
        raise RefusedError(400, "The body is not one JSON object with a `query`.")
    query, name = sent.get("query"), sent.get("operationName")
    variables = sent.get("variables")
    if not isinstance(query, str):
        raise RefusedError(400, "`query` must be a string.")
    if name is not None and not isinstance(name, str):
        raise RefusedError(400, "`operationName` must be a string or null.")
    if variables is not None and not isinstance(variables, dict):
        raise RefusedError(400, "`variables` must be an object or null.")
    if not isinstance(sent.get("extensions"), dict | None):
        raise RefusedError(400, "`extensions` must be an object or null.")
    return Request(query, name, variables or {})


_NOT_ALLOWED = 405


def _check_headers(method: str, headers: dict[bytes, bytes]) -> None:
    if method != "POST":
        raise RefusedError(_NOT_ALLOWED, "Ask with POST; GET shows the explorer to a browser.")
    # A browser cannot send JSON across sites without asking first, so this also keeps
    # another site's page from asking in somebody's name.
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != _JSON:
        raise RefusedError(415, "Send the request as application/json.")
    accept = headers.get(b"accept", b"*/*")
    if not any(kind in accept for kind in (b"*/*", b"application/*", _JSON, _GRAPHQL)):
        raise RefusedError(406, f"Answers are {_JSON.decode()} or {_GRAPHQL.decode()}.")


async def _body(receive: Receive, headers: dict[bytes, bytes], most: int) -> bytes:
    declared = headers.get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > most:
        raise _too_large(most)
    chunks: list[bytes] = []
    length = 0
    more = True
    while more:
        message: Message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(400, "The request ended before its body did.")
        chunks.append(message.get("body", b""))
        length += len(chunks[-1])
        if length > most:
            raise _too_large(most)
        more = message.get("more_body", False)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large(most: int) -> RefusedError:
    return RefusedError(413, f"The request is larger than {most:,} bytes.")


def _written(result: ExecutionResult, *, executed: bool) -> bytes:
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = [error.formatted for error in result.errors]
    if executed:
        answer["data"] = result.data
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
_PAGE_HEADERS = (
    (b"content-security-policy", _POLICY),
    (b"referrer-policy", b"no-referrer"),
    *_ANSWER_HEADERS,
)
