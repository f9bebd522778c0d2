"""Somebody who listens within this process, so that a test can count what is read for them."""

import asyncio
from contextlib import aclosing
from typing import Any

from api.asking import Asking
from api.library import Request
from api.listening import PAGE, Listening
from api.responses import Understood
from graph.events import Place, Watch
from graph.reads import read
from graph.sharing import SEES_EVERYTHING
from tests.api.conftest import PATIENT, SCHEMA, TODAY
from tests.audited import UNKEPT

_SECONDS = 60


def beginning(stream="addressReported"):
    """The cursor before everything that ever happened."""
    return Place(0).cursor(stream)


class Ears:
    """Hears what its viewer may; `read` has the statements that were read for it.

    `failures` befall its pages one after the other; None is none.
    """

    def __init__(self, door, viewer=SEES_EVERYTHING, page=PAGE) -> None:
        self._door = door
        self.viewer: Any = viewer
        self.read: list[str] = []
        self.failures: list[Exception | None] = []
        asking = Asking(SCHEMA, PATIENT, lambda: TODAY, UNKEPT)
        self._asking = asking
        self._listening = Listening(asking, Watch(self._reads, 0.02), self._reads, PATIENT, page)

    async def _reads(self, text, parameters):
        failure = self.failures.pop(0) if _is_page(text) and self.failures else None
        if failure:
            raise failure
        answer = await read(self._door, text, parameters)
        self.read.append(text)
        return answer

    @property
    def pages(self):
        """The compiled statements among those that were read."""
        return list(filter(_is_page, self.read))

    async def _viewer(self):
        if isinstance(self.viewer, Exception):
            raise self.viewer
        return self.viewer

    def responses(self, query, **variables):
        understood = self._asking.understood(Request(query, None, variables), SEES_EVERYTHING)
        assert isinstance(understood, Understood), understood.result
        return aclosing(self._listening.responses(understood, self._viewer))

    async def hear(self, query, how_many, **variables):
        """So many events, each as its only field has it, and no more."""
        async with self.responses(query, **variables) as responses:
            found = []
            for _ in range(how_many):
                async with asyncio.timeout(_SECONDS):
                    found.append(value_of(await anext(responses)))
            await self.is_quiet(responses)
        return found

    async def is_quiet(self, responses):
        """Nothing more is told: what there is was read, and the watch has looked in vain since.

        The responses end with it.
        """
        more = asyncio.ensure_future(anext(responses))
        before = len(self.read)
        async with asyncio.timeout(_SECONDS):
            while not more.done() and not self._has_looked_in_vain(before):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert not more.done(), value_of(more.result())
        more.cancel()
        await asyncio.wait([more])

    def _has_looked_in_vain(self, before):
        return len(self.read) >= before + 3 and not any(map(_is_page, self.read[-2:]))


def _is_page(text):
    return "COLLECT" in text


def value_of(response):
    assert response.executed, response.result.errors
    assert response.result.errors is None, response.result.errors
    (value,) = response.result.data.values()
    return value


def ids(events):
    return [event["report"]["id"] for event in events]


async def reports(world, how_many=3, child=None):
    """A run with so many reports of addresses; their ids in the order in which they are told."""
    run = world.next_run()
    child = child or await run.a_child()
    facts = [await run.lives_at(child, await run.an_address()) for _ in range(how_many)]
    await run.publish()
    return sorted(facts)
