"""Planning ahead: the explorer's examples, so that their first asker does not wait for it.

Neo4j takes seconds to plan a large statement that it has not seen, and keeps the plan.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, LiteralString

from api.asking import Asking, Request
from api.context import Reads
from api.explorer import examples


@asynccontextmanager
async def warming(asking: Asking, reads: Reads) -> AsyncIterator[None]:
    """Plans in the background while the block runs; it waits for nothing, and ends with it."""
    task = asyncio.create_task(plan_examples(asking, reads))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def plan_examples(asking: Asking, reads: Reads) -> None:
    """Have every example and trusted document planned, one after the other; none is executed."""

    async def explained(text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        await reads(f"EXPLAIN {text}", parameters)
        return [[]]

    for request in [*asking.library.samples(), *_examples(asking)]:
        # What goes wrong is part of the answer, and nobody is waiting for this one.
        await asking.plan(request, explained)


def _examples(asking: Asking) -> list[Request]:
    if not asking.takes_any:
        return []
    return [Request(question, None, variables) for question, variables in examples()]
