"""A transaction as steps, written once and taken through either door, until its outcome is known.

Steps are a generator: it yields a statement with its parameters, is sent the rows, and returns the
answer. They must change nothing the second time, for a commit whose answer was lost is repeated.
"""

from collections.abc import Callable, Generator, Mapping
from typing import Any, LiteralString, TypeVar

from neo4j import AsyncManagedTransaction, ManagedTransaction, Session, unit_of_work
from neo4j.exceptions import IncompleteCommit, ServiceUnavailable, SessionExpired, TransientError

from graph.connection import AsyncDoor, deadline
from graph.errors import ConnectionFailedError, DeadlineExceededError, OutcomeUnknownError

_Answer = TypeVar("_Answer")
Step = tuple[LiteralString, Mapping[str, Any]]
Steps = Generator[Step, list[dict[str, Any]], _Answer]

# A lost connection at commit leaves the outcome unknown; the next try finds what was applied.
TRIES_AT_COMMIT = 5
_SECONDS_OF_GRACE = 1.0
OUTCOME_UNKNOWN = "Whether this was recorded is not known: send it again with the same key."


def take(session: Session, steps: Callable[[], Steps[_Answer]]) -> _Answer:
    """Take the steps in one transaction, until its outcome is known."""

    def work(tx: ManagedTransaction) -> _Answer:
        going = steps()
        try:
            step = next(going)
            while True:
                step = going.send(tx.run(*_plain(step)).data())
        except StopIteration as done:
            answer: _Answer = done.value
            return answer

    for _ in range(TRIES_AT_COMMIT - 1):
        try:
            return session.execute_write(work)
        except IncompleteCommit:
            continue
    return session.execute_write(work)


async def take_async(
    door: AsyncDoor, steps: Callable[[], Steps[_Answer]], seconds: float
) -> _Answer:
    """The same for the served process, which answers within `seconds` whatever the server does.

    Half of the time is for the first try. What is unknown then is asked for by a second: it finds
    what the first applied, or applies it.

    Raises:
        OutcomeUnknownError: nobody can say whether it was applied; ask again in the same words.
        ConnectionFailedError: Neo4j cannot be reached, and nothing was applied.
    """
    try:
        try:
            async with deadline(seconds / 2):
                return await _once(door, steps, seconds / 2)
        except (DeadlineExceededError, IncompleteCommit):
            async with deadline(seconds / 2):
                return await _once(door, steps, seconds / 2)
    except (DeadlineExceededError, IncompleteCommit):
        raise OutcomeUnknownError(OUTCOME_UNKNOWN) from None
    except (ServiceUnavailable, SessionExpired, TransientError):
        raise ConnectionFailedError("The graph cannot be reached: ask again in a moment.") from None


async def _once(door: AsyncDoor, steps: Callable[[], Steps[_Answer]], seconds: float) -> _Answer:
    # Neo4j itself ends a transaction for which nobody waits any more; not before that, when its
    # outcome would be another error.
    @unit_of_work(timeout=seconds + _SECONDS_OF_GRACE)
    async def work(tx: AsyncManagedTransaction) -> _Answer:
        going = steps()
        try:
            step = next(going)
            while True:
                step = going.send(await (await tx.run(*_plain(step))).data())
        except StopIteration as done:
            answer: _Answer = done.value
            return answer

    async with door.writing() as session:
        return await session.execute_write(work)


def _plain(step: Step) -> tuple[LiteralString, dict[str, Any]]:
    text, parameters = step
    return text, dict(parameters)
