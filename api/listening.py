"""Telling what is new: pages of events from the graph, for as long as somebody listens.

A listener is a place in a stream and nothing else. The next page is read when the last event of
the one before was taken, so a slow listener holds one page and not what happens meanwhile; and
each page asks anew who is listening.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from graphql import ExecutionResult, GraphQLError, located_error

from api.asking import Asking
from api.context import Reads
from api.plan.compiled import Arguments
from api.plan.streamed import CompiledStream, Page, Size
from api.responses import Response, Understood
from api.settings import ApiSettings
from graph.connection import deadline
from graph.errors import ConnectionFailedError, DeadlineExceededError
from graph.events import Place, Watch, place_at
from graph.selection import UnanswerableError
from graph.sharing import Viewer

# Telling 20,000 events took 1.8 s of the server's CPU and 2 to 9 s of Neo4j's, in 134 MB.
# A page costs what is looked at: as many as it has events, and for whoever finds few of them
# theirs, more and more. A thousand take some 10,000 db hits, or 80,000 where all are told again.
PAGE = Size(events=50, looked_at=50)
_MOST_LOOKED_AT = 1_000
# However many listen, questions must find a connection free.
_PAGES_AT_ONCE = 8
_SECONDS_TO_RETRY = (1.0, 2.0, 5.0, 10.0, 30.0)

Viewers = Callable[[], Awaitable[Viewer]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told beside events: of how many of a run, or only how far has been heard."""

    cursor: str
    run: int
    told: int = 0
    message: str = (
        "This run brought more. Ask for the rest by query, or listen again from before it with a"
        " larger mostOfARun, or null for all."
    )


@dataclass(slots=True)
class _Listener:
    """A subscription under way; `viewer` is who was listening when the last page was read."""

    understood: Understood
    stream: CompiledStream
    arguments: Arguments
    place: Place
    size: Size
    viewer: Viewer

    @property
    def most(self) -> int | None:
        most: int | None = self.stream.given(self.arguments)["mostOfARun"]
        return most

    @property
    def marks(self) -> bool:
        return bool(self.stream.given(self.arguments)["marks"])

    def has_heard_enough(self, run: int) -> bool:
        return self.most is not None and run == self.place.run and self.place.told >= self.most

    def go_on(self, run: int, event: str | None) -> None:
        """To a place without telling anything: in this run, or at its end."""
        told = self.place.told if run == self.place.run else 0
        self.place = Place(run, told=told) if event is None else Place(run, event, told)


class Listening:
    """Answers the subscriptions of one process."""

    def __init__(
        self,
        asking: Asking,
        watch: Watch,
        reads: Reads,
        limits: ApiSettings,
        page: Size = PAGE,
    ) -> None:
        self._largest = page
        self._asking = asking
        self._limits = limits
        self._watch = watch
        self._reads = reads
        self._turns = asyncio.Semaphore(_PAGES_AT_ONCE)

    async def responses(self, understood: Understood, viewers: Viewers) -> AsyncGenerator[Response]:
        """A response an event, without end.

        One that was not executed is the last: it says why nothing more is told. Raises what
        `viewers` raises.
        """
        counts = self._asking.counts
        counts.subscriptions += 1
        viewer = await viewers()
        try:
            listener = await self._listener(understood, viewer)
            unkept = await self._asking.begun(understood, viewer)
            if unkept:
                yield unkept
                return
            async for response in self._told(listener, viewers):
                yield response
        except (UnanswerableError, DeadlineExceededError, ConnectionFailedError) as failed:
            refused = self._asking.public(located_error(failed))
            yield await self._refusing(viewer, refused)
        except GraphQLError as refused:
            yield await self._refusing(viewer, refused)
        finally:
            counts.subscriptions -= 1

    async def _refusing(self, viewer: Viewer, error: GraphQLError) -> Response:
        response = Response(ExecutionResult(None, [error]), executed=False)
        return await self._asking.refused(viewer, response)

    async def _listener(self, understood: Understood, viewer: Viewer) -> _Listener:
        stream, arguments = self._asking.understanding.stream(understood, viewer)
        given = stream.given(arguments)
        most = given["mostOfARun"]
        if most is not None and most < 1:
            raise UnanswerableError("`mostOfARun` must be 1 or more, or null for all.")
        if given.get("after") is None:
            place = Place(await self._watch.published())
        else:
            place = place_at(given["after"], stream.name)
        # A page holds no more than the largest answer does.
        room = self._limits.most_things // max(1, understood.things)
        size = replace(self._largest, events=max(1, min(self._largest.events, room)))
        return _Listener(understood, stream, arguments, place, size, viewer)

    async def _told(self, listener: _Listener, viewers: Viewers) -> AsyncGenerator[Response]:
        if listener.marks:
            yield await self._mark(listener)
        while True:
            page = await self._page(listener, viewers)
            responses, enough = await self._responses(listener, page)
            if responses:
                # None of the page leaves before the audit has it.
                unkept = await self._asking.telling(listener.understood, listener.viewer, responses)
                if unkept:
                    yield unkept
                    return
            for response in responses:
                yield response
            if enough:
                continue
            if page.more:
                if page.end:
                    listener.go_on(*page.end)
                listener.size = listener.size.after(len(page.events), _MOST_LOOKED_AT)
                continue
            before, heard = listener.place.run, page.published
            listener.go_on(heard, None)
            if listener.marks and heard != before:
                yield await self._mark(listener)
            await self._watch.beyond(heard)

    async def _responses(self, listener: _Listener, page: Page) -> tuple[list[Response], bool]:
        """What a page tells, and whether that is all that the listener wants of a run."""
        responses = list[Response]()
        for run, event, row in page.events:
            if listener.has_heard_enough(run):
                return [*responses, await self._omitted(listener)], True
            listener.place = listener.place.after(run, event)
            responses.append(await self._event(listener, row))
        return responses, False

    async def _page(self, listener: _Listener, viewers: Viewers) -> Page:
        failures = 0
        while True:
            listener.viewer = await viewers()
            # The rules may have changed since the page before.
            listener.stream, _ = self._asking.understanding.stream(
                listener.understood, listener.viewer
            )
            context = self._asking.context(listener.viewer, self._reads)
            try:
                async with self._turns, deadline(self._limits.seconds_to_answer):
                    return await listener.stream.page(
                        context, listener.arguments, listener.place, listener.size
                    )
            except DeadlineExceededError:
                if listener.size.events == 1:
                    raise
                smaller = max(1, listener.size.events // 5)
                listener.size = replace(listener.size, events=smaller)
            except ConnectionFailedError:
                # The place is known and nothing is lost: it goes on when the graph is back.
                await asyncio.sleep(_SECONDS_TO_RETRY[min(failures, len(_SECONDS_TO_RETRY) - 1)])
                failures += 1

    async def _event(self, listener: _Listener, row: list[Any]) -> Response:
        return await self._response(listener, listener.stream.told(row, listener.place))

    async def _omitted(self, listener: _Listener) -> Response:
        listener.place = listener.place.end_of_run()
        return await self._beside(listener, "EventsOmitted")

    async def _mark(self, listener: _Listener) -> Response:
        return await self._beside(listener, "HeardUpTo")

    async def _beside(self, listener: _Listener, kind: str) -> Response:
        place = listener.place
        told = _Told(place.cursor(listener.stream.name), place.run, place.told)
        return await self._response(listener, [[kind, told]])

    async def _response(self, listener: _Listener, rows: list[Any]) -> Response:
        return await self._asking.told(
            listener.understood, listener.viewer, listener.stream, rows, listener.arguments
        )
