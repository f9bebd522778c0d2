"""What is new in the graph, in order: places in a stream of events, and a watch on its head.

A run becomes visible all at once, so what is new is what the runs after a place brought. Events
are ordered by the run that brought them, then by id; nothing is kept for a listener anywhere but
in the graph, so that any process can go on from any place.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString

from graph.connection import deadline
from graph.errors import SponsorgraphError
from graph.selection import UnanswerableError
from graph.shapes.asking import cursor, place_of

# After every id: those are of letters, figures and `_`.
_END_OF_RUN: Final = "~"
_MOST_RUNS: Final = 2**53


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a stream: after the event `id` of a run, `told` events of which came before."""

    run: int
    id: str = _END_OF_RUN
    told: int = 0

    def after(self, run: int, event: str) -> "Place":
        """The place after the next event."""
        return Place(run, event, self.told + 1 if run == self.run else 1)

    def end_of_run(self) -> "Place":
        return replace(self, id=_END_OF_RUN)

    def cursor(self, stream: str) -> str:
        """The place as clients keep it: opaque, and good for that stream alone."""
        return cursor([stream, self.run, self.id, self.told])


def place_at(text: str, stream: str) -> Place:
    """The place that a cursor stands for. Raises UnanswerableError where it is none of `stream`."""
    found = place_of(text, (str, int, str, int))
    if not found or found[0] != stream or not 0 <= found[1] < _MOST_RUNS:
        raise UnanswerableError("`after` is not a cursor of this subscription.")
    return Place(*found[1:])


_PUBLISHED: LiteralString = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) RETURN publication.run"""
_SECONDS_FOR_A_LOOK = 10.0

Read = Callable[[LiteralString, Mapping[str, Any]], Awaitable[list[Any]]]
Sleep = Callable[[float], Awaitable[None]]


class Watch:
    """Looks for a newly published run on behalf of everybody in the process.

    A look each `seconds`, which all who wait share, and none while nobody waits.
    """

    def __init__(self, read: Read, seconds: float, sleep: Sleep = asyncio.sleep) -> None:
        self._read = read
        self._seconds = seconds
        self._sleep = sleep
        self._look: asyncio.Task[int | None] | None = None

    async def published(self) -> int:
        """The run that readers see now."""
        async with deadline(_SECONDS_FOR_A_LOOK):
            found = await self._read(_PUBLISHED, {})
        run: int = found[0] if found else 0
        return run

    async def beyond(self, run: int) -> int:
        """Wait until another run than this is published; its number.

        A lower one, when the graph was put back to an earlier state.
        """
        while True:
            if self._look is None or self._look.done():
                self._look = asyncio.create_task(self._next_look())
                # What became of it is nobody's business once nobody waits.
                self._look.add_done_callback(lambda look: look.cancelled() or look.exception())
            # Whoever leaves must not take the look away from the others.
            published = await asyncio.shield(self._look)
            if published is not None and published != run:
                return published

    async def _next_look(self) -> int | None:
        await self._sleep(self._seconds)
        try:
            return await self.published()
        except SponsorgraphError:
            return None  # the graph is away: whoever waits goes on waiting
