"""Reading an answer: one statement, one column, as plain values."""

from collections.abc import Mapping
from typing import Any, LiteralString

from neo4j import Query
from neo4j.exceptions import ClientError, ServiceUnavailable, SessionExpired, TransientError

from graph.connection import AsyncDoor
from graph.errors import ConnectionFailedError, DeadlineExceededError

_WORTH_ANOTHER_TRY = (ServiceUnavailable, SessionExpired, TransientError)
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_NO_MEMORY = "OutOfMemoryError"
_LESS = "Neo4j gave up on this: ask for less at once."


async def read(
    door: AsyncDoor,
    text: LiteralString,
    parameters: Mapping[str, Any],
    seconds: float | None = None,
) -> list[Any]:
    """The first column of every row.

    In a transaction of its own, which costs the driver least; as it only reads, it is tried once
    more when a connection broke or the server asks for it. Whoever gives up waiting closes the
    connection, and with it Neo4j ends the statement; after `seconds` Neo4j ends it by itself.

    Raises:
        ConnectionFailedError: Neo4j went away.
        DeadlineExceededError: Neo4j gave up after `seconds`, or for want of memory.
    """
    try:
        return await _read_once(door, text, parameters, seconds)
    except ClientError as refused:
        if (refused.code or "").startswith(_TIMED_OUT):
            raise DeadlineExceededError(_LESS) from None
        raise
    except _WORTH_ANOTHER_TRY as transient:
        if isinstance(transient, TransientError) and (transient.code or "").endswith(_NO_MEMORY):
            raise DeadlineExceededError(_LESS) from None
    try:
        return await _read_once(door, text, parameters, seconds)
    except _WORTH_ANOTHER_TRY:
        raise ConnectionFailedError("The graph cannot be reached: ask again in a moment.") from None


async def _read_once(
    door: AsyncDoor, text: LiteralString, parameters: Mapping[str, Any], seconds: float | None
) -> list[Any]:
    async with door.reading() as session:
        query = text if seconds is None else Query(text, timeout=seconds)
        result = await session.run(query, dict(parameters))
        return await result.value()
