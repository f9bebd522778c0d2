"""A read that nobody waits for any more ends in Neo4j too."""

import asyncio
import time

import pytest

from graph.connection import async_opened, deadline
from graph.errors import DeadlineExceededError, OutcomeUnknownError
from graph.reads import read
from graph.writes.steps import take_async

FOR_EVER = (
    "CYPHER 25 UNWIND range(1, 3000000000) AS number WITH number WHERE number % 7 = 8"
    " RETURN count(number) AS for_ever"
)
RUNNING = (
    "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'for_ever'"
    " AND NOT currentQuery STARTS WITH 'SHOW' RETURN currentQuery"
)


async def _seen(door, *, running):
    for _ in range(1_000):
        if bool(await read(door, RUNNING, {})) is running:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(running)


async def test_what_is_given_up_is_gone_within_a_second(neo4j):
    async with async_opened(neo4j) as door, async_opened(neo4j) as other:
        await read(other, RUNNING, {})  # planned by now
        reading = asyncio.create_task(read(door, FOR_EVER, {}))
        await _seen(other, running=True)
        with pytest.raises(DeadlineExceededError):
            async with deadline(0.1):
                await reading
        given_up = time.monotonic()
        await _seen(other, running=False)
        assert time.monotonic() - given_up < 1
        assert await read(door, "RETURN 1", {}) == [1]


async def test_neo4j_ends_a_statement_by_itself_after_its_seconds(neo4j):
    async with async_opened(neo4j) as door:
        with pytest.raises(DeadlineExceededError):
            async with asyncio.timeout(20):
                await read(door, FOR_EVER, {}, seconds=0.3)


async def test_neo4j_ends_a_write_by_itself_and_nothing_of_it_is_kept(neo4j, graph_door):
    def steps():
        yield "CREATE (:Draft {id: 'kept?'})", {}
        yield FOR_EVER, {}

    async with async_opened(neo4j) as door:
        with pytest.raises(OutcomeUnknownError):
            await take_async(door, steps, seconds=1)
        await _seen(door, running=False)
        assert await read(door, "MATCH (d:Draft) RETURN d.id", {}) == []
