"""Planning and rehearsing: the explorer's examples, so that their first askers do not wait for it.

Neo4j takes seconds to plan a large statement that it has not seen, and keeps the plan. And its JVM
compiles only what has run for a while: before that, the same statement takes five times as long.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle, islice
from typing import Any, LiteralString

from api.asking import Asking
from api.context import Reads
from api.explorer import examples
from api.library import Request
from graph.sharing import Viewer

# They take a quarter of the processor time that planning took; the first explanations after them
# take a third of what they took without (7 ms of the JVM's for 21).
REHEARSALS = 300
Statement = tuple[LiteralString, Mapping[str, Any]]


@asynccontextmanager
async def warming(asking: Asking, viewers: Sequence[Viewer], reads: Reads) -> AsyncIterator[None]:
    """Warms up in the background while the block runs; it waits for nothing, and ends with it.

    A plan is made for what its viewer gets: for each of these, and for nobody where there is none.
    """
    if not viewers:
        yield
        return
    task = asyncio.create_task(warm(asking, viewers, reads))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def warm(asking: Asking, viewers: Sequence[Viewer], reads: Reads) -> None:
    """Plan what will be asked, then run that again and again."""
    planned = await plan_examples(asking, viewers, reads)
    for text, parameters in islice(cycle(planned), REHEARSALS):
        with suppress(Exception):
            await reads(text, parameters)


async def plan_examples(asking: Asking, viewers: Sequence[Viewer], reads: Reads) -> list[Statement]:
    """Have every example and trusted document planned, one after the other; none is executed.

    Gives the statements that were planned, with parameters: the examples are of the demo, so that
    of a real graph they read nothing but the queue.
    """
    planned: list[Statement] = []

    async def explained(text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        await reads(f"EXPLAIN {text}", parameters)
        planned.append((text, parameters))
        return [[]]

    for viewer in viewers:
        for request in [*asking.library.samples(), *_examples(asking)]:
            # What goes wrong is part of the answer, and nobody is waiting for this one.
            await asking.plan(request, viewer, explained)
    return planned


def _examples(asking: Asking) -> list[Request]:
    if not asking.takes_any:
        return []
    return [Request(question, None, variables) for question, variables in examples()]
