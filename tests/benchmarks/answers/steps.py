"""What each step of answering buys: CPU of the server's process a request, without HTTP.

    python -m tests.benchmarks.answers.steps --home FOLDER

FOLDER is a home as `python -m tests.benchmarks.answers` takes it. The ways take turns; each line
keeps what the one before it gave up:

- `nothing remembered`: every request is parsed, validated, measured and compiled anew
- `documents remembered`: graphql-core executes, and walks the answer leaf by leaf
- `plans remembered`: the rows become the answer by the plan's own functions
- `the driver alone`: hand-written Cypher, maps, JSON
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import neo4j
import orjson

from api.asking import Asking
from api.context import Context
from api.library import Request
from api.plan.documents import read_document, validated
from api.plan.executing import Executing
from api.schema import executable
from api.settings import ApiSettings
from graph.connection import AsyncDoor, Endpoint, async_opened, located, opened
from graph.migrate import migrate
from graph.reads import read
from graph.selection import Asked
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING
from tests.audited import UNKEPT
from tests.benchmarks.answers.questions import QUESTIONS, Question
from tests.benchmarks.answers.variables import drawn

_ROUNDS, _REQUESTS = 5, 40
_PATIENT = ApiSettings(seconds_to_answer=120)
_SCHEMA = executable()

Way = Callable[[dict[str, Any]], Awaitable[bytes]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    with located(Settings(home=parser.parse_args().home, neo4j_uri=None)) as endpoint:
        with opened(endpoint) as door:
            migrate(door)
            variables = drawn(door)
        asyncio.run(_print_table(endpoint, variables))


async def _print_table(endpoint: Endpoint, variables: dict[str, list[dict[str, Any]]]) -> None:
    async with async_opened(endpoint) as door:
        for place, (name, question) in enumerate(QUESTIONS.items()):
            ways = _ways(door, question)
            if not place:
                print(f"| CPU ms a request | {' | '.join(ways)} |")
                print("| --- |" + " --- |" * len(ways))
            costs: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(_ROUNDS):
                for way, ask in ways.items():
                    costs[way].append(await _cost(ask, variables[name][:_REQUESTS]))
            # The first round warms Python, the driver and the database.
            found = (f"{median(one[1:]):.2f}" for one in costs.values())
            print(f"| {name} | {' | '.join(found)} |", flush=True)


async def _cost(ask: Way, variables: list[dict[str, Any]]) -> float:
    begun = time.process_time()
    for one in variables:
        await ask(one)
    return (time.process_time() - begun) / len(variables) * 1000


def _ways(door: AsyncDoor, question: Question) -> dict[str, Way]:
    reads = partial(read, door)
    remembering = Asking(_SCHEMA, _PATIENT, date.today, UNKEPT)
    document = validated(_SCHEMA, read_document(question.ours, 10_000))
    operation = document.operation(None)
    assert operation is not None

    async def anew(variables: dict[str, Any]) -> bytes:
        asking = Asking(_SCHEMA, _PATIENT, date.today, UNKEPT)
        return await _asked(asking, variables)

    async def _asked(asking: Asking, variables: dict[str, Any]) -> bytes:
        response = await asking.answer(
            Request(question.ours, None, variables), SEES_EVERYTHING, reads
        )
        return orjson.dumps(response.result.data)

    async def ordinary(variables: dict[str, Any]) -> bytes:
        context = Context(Asked(SEES_EVERYTHING, date.today()), reads)
        result = await Executing(_SCHEMA).ordinary(document, operation, variables, context)
        return orjson.dumps(result.data)

    async def by_hand(variables: dict[str, Any]) -> bytes:
        async with door.driver.session(
            database=door.database, default_access_mode=neo4j.READ_ACCESS
        ) as session:
            result = await session.run(question.cypher, variables)
            return orjson.dumps([one[0] async for one in result])

    return {
        "nothing remembered": anew,
        "documents remembered": ordinary,
        "plans remembered": partial(_asked, remembering),
        "the driver alone": by_hand,
    }


if __name__ == "__main__":
    main()
