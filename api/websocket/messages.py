"""Messages of graphql-transport-ws, as clients send them and as they are sent."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import ExecutionResult

from api.http import RefusedError, request_of
from api.library import Request

SUBPROTOCOL = "graphql-transport-ws"
_LONGEST_ID = 128


@dataclass(frozen=True, slots=True)
class Init:
    """The first message: who asks, in words that `api.admission` understands."""

    presented: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subscribe:
    """An operation of any kind, under an id of the client's."""

    id: str
    request: Request


@dataclass(frozen=True, slots=True)
class Complete:
    """The client wants no more of an operation."""

    id: str


@dataclass(frozen=True, slots=True)
class Ping:
    """The client asks whether we are there."""

    payload: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Pong:
    """The client is there."""

    payload: dict[str, Any] | None = field(default=None)


Message = Init | Subscribe | Complete | Ping | Pong


class InvalidMessageError(Exception):
    """What was sent is none of the protocol's messages; the sentence says why."""


def read_message(text: str) -> Message:
    """One message. Raises InvalidMessageError for what is none."""
    try:
        sent = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise InvalidMessageError("The message is not JSON.") from None
    if not isinstance(sent, dict) or not isinstance(sent.get("type"), str):
        raise InvalidMessageError("The message is not an object with a `type`.")
    match sent["type"]:
        case "connection_init":
            return Init(_payload(sent) or {})
        case "ping":
            return Ping(_payload(sent))
        case "pong":
            return Pong(_payload(sent))
        case "subscribe":
            return Subscribe(_id(sent), _request(sent))
        case "complete":
            return Complete(_id(sent))
    raise InvalidMessageError("The message's `type` is none of this protocol's.")


def _payload(sent: dict[str, Any]) -> dict[str, Any] | None:
    payload = sent.get("payload")
    if not isinstance(payload, dict | None):
        raise InvalidMessageError("`payload` must be an object.")
    return payload


def _id(sent: dict[str, Any]) -> str:
    name = sent.get("id")
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_ID:
        raise InvalidMessageError(f"`id` must be a string of 1 to {_LONGEST_ID} letters.")
    return name


def _request(sent: dict[str, Any]) -> Request:
    try:
        return request_of(sent.get("payload"))
    except RefusedError as refused:
        raise InvalidMessageError(refused.sentence) from None


def acknowledged() -> str:
    return _written({"type": "connection_ack"})


def pong(payload: dict[str, Any] | None) -> str:
    return _written({"type": "pong"} if payload is None else {"type": "pong", "payload": payload})


def next_result(name: str, result: ExecutionResult) -> str:
    payload: dict[str, Any] = {"data": result.data}
    if result.errors:
        payload["errors"] = [error.formatted for error in result.errors]
    if result.extensions:
        payload["extensions"] = result.extensions
    return _written({"id": name, "type": "next", "payload": payload})


def refused(name: str, result: ExecutionResult) -> str:
    """The operation ends with this: it was not, or is no longer, executed."""
    errors = [error.formatted for error in result.errors or ()]
    return _written({"id": name, "type": "error", "payload": errors})


def complete(name: str) -> str:
    return _written({"id": name, "type": "complete"})


def _written(message: dict[str, Any]) -> str:
    return orjson.dumps(message).decode()
