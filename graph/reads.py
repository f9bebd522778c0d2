"""Reading an answer: one statement, one column, as plain values."""

from collections.abc import Mapping
from typing import Any, LiteralString

from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from graph.connection import AsyncDoor
from graph.errors import ConnectionFailedError

_WORTH_ANOTHER_TRY = (ServiceUnavailable, SessionExpired, TransientError)


async def read(door: AsyncDoor, text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
    """The first column of every row.

    In a transaction of its own, which costs the driver least; as it only reads, it is tried once
    more when a connection broke or the server asks for it.

    Raises:
        ConnectionFailedError: Neo4j went away.
    """
    try:
        return await _read_once(door, text, parameters)
    except _WORTH_ANOTHER_TRY:
        pass
    try:
        return await _read_once(door, text, parameters)
    except _WORTH_ANOTHER_TRY:
        raise ConnectionFailedError("The graph cannot be reached: ask again in a moment.") from None


async def _read_once(
    door: AsyncDoor, text: LiteralString, parameters: Mapping[str, Any]
) -> list[Any]:
    async with door.reading() as session:
        result = await session.run(text, dict(parameters))
        return await result.value()
