"""Why two records are one person's, from stored evidence: how long the answer takes.

    python -m tests.benchmarks.explaining --world FOLDER [--children 5000] [--pairs 300]

Links a demo world into FOLDER, unless that is there, and asks `matchExplanation` with all that it
has (comparisons, what if, the picture) for pairs drawn at random: linked, under review, apart and
never compared; then pages of 20 of `reviewQueue` with explanations. Each question is answered from
its text to the answer's bytes, and next to it the bare driver runs the same statement with the same
parameters: so their ratio stands whatever else the machine does. Warmed up as a server is. Exits
with 1 where an explanation misses its bar.
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson

from api.asking import Asking
from api.library import Request
from api.schema import executable
from api.settings import ApiSettings
from api.warming import warm
from graph.connection import AsyncDoor, Door, async_opened, located, opened
from graph.reads import read
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.job import link
from tests.audited import UNKEPT

SEED, P95_MS = 11, 20.0
_FIRST = 100  # asked before anything is measured, as many of each kind
_EXPLAINED = (
    "sentence matchWeight comparisons { name level bits frequencyBits }"
    " whatIf { decision weight changes { comparison from to bits } } waterfall"
)
EXPLANATION = (
    "query ($left: ID!, $right: ID!, $role: Role!)"
    f" {{ matchExplanation(left: $left, right: $right, role: $role) {{ {_EXPLAINED} }} }}"
)
QUEUE = (
    "{ reviewQueue(first: 20) { edges { node { id matchWeight stakes"
    " left { record { id received { column value } } }"
    f" right {{ record {{ id received {{ column value }} }} }} explanation {{ {_EXPLAINED} }} }} }} }} }}"
)
_EVIDENCE = """CYPHER 25
MATCH (evidence:LinkEvidence)
RETURN evidence.role AS role, evidence.records AS records, evidence.pairs AS pairs
"""
_PAIRS = """CYPHER 25
MATCH (pair:CandidatePair {decision: $decision})
RETURN pair.leftKey AS left, pair.rightKey AS right, pair.role AS role
"""

Variables = list[dict[str, Any]]


def main() -> int:
    """Prints a row for each kind of question."""
    options = argparse.ArgumentParser()
    options.add_argument("--world", type=Path, required=True)
    options.add_argument("--children", type=int, default=5_000)
    options.add_argument("--pairs", type=int, default=300)
    asked = options.parse_args()
    settings = Settings(home=asked.world)
    if not (asked.world / "complete").exists():
        _make(settings, asked.children)
    with located(settings) as endpoint:
        with opened(endpoint) as door:
            kinds = _drawn(door, asked.pairs, random.Random(SEED))

        async def measured() -> list[bool]:
            async with async_opened(endpoint) as async_door:
                return await _measure(async_door, kinds)

        return 0 if all(asyncio.run(measured())) else 1


def _make(settings: Settings, children: int) -> None:
    made = generate(children, SEED, settings.home / "demo")
    ingest(settings.home, [made.deliveries])
    link(settings)
    (settings.home / "complete").touch()


def _drawn(door: Door, many: int, by: random.Random) -> dict[str, Variables]:
    with door.reading() as session:
        evidence = [dict(row) for row in session.run(_EVIDENCE)]
        compared = {
            name: [dict(row) for row in session.run(_PAIRS, decision=decision)]
            for name, decision in (("under review", "REVIEW"), ("apart", "APART"))
        }
    kinds = {"linked": [_direct(one, by) for one in evidence], **compared}
    others = zip(evidence, by.sample(evidence, len(evidence)), strict=True)
    kinds["never compared"] = [
        {"left": one["records"][0], "right": other["records"][0], "role": one["role"]}
        for one, other in others
        if one is not other and one["role"] == other["role"]
    ]
    return {name: by.sample(all_, min(many, len(all_))) for name, all_ in kinds.items()}


def _direct(evidence: dict[str, Any], by: random.Random) -> dict[str, Any]:
    left, right = by.choice(evidence["pairs"]).split(" ")[:2]
    records = evidence["records"]
    return {"left": records[int(left)], "right": records[int(right)], "role": evidence["role"]}


async def _measure(door: AsyncDoor, kinds: dict[str, Variables]) -> list[bool]:
    asking = Asking(executable(), ApiSettings(), date.today, UNKEPT)
    await warm(asking, [SEES_EVERYTHING], partial(read, door))
    print("| asked | pairs | p50 ms | p95 ms | driver's p50 | driver's p95 | p50 to driver's |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    within = []
    for name, variables in kinds.items():
        p95 = await _side_by_side(door, asking, name, EXPLANATION, variables)
        within.append(p95 <= P95_MS)
    await _side_by_side(door, asking, "a page of 20 of the queue", QUEUE, [{}] * 100)
    return within


async def _side_by_side(
    door: AsyncDoor, asking: Asking, name: str, question: str, variables: Variables
) -> float:
    """Every question answered, and its statement run by the driver alone; the answers' p95."""
    statement: list[Any] = []

    async def reads(text: Any, parameters: Any) -> list[Any]:
        statement[:] = text, dict(parameters)
        return await read(door, text, parameters)

    async def answered(one: dict[str, Any]) -> float:
        start = perf_counter()
        response = await asking.answer(Request(question, None, one), SEES_EVERYTHING, reads)
        orjson.dumps({"data": response.result.data})
        assert not response.result.errors, response.result.errors
        return perf_counter() - start

    async def bare() -> float:
        start = perf_counter()
        async with door.reading() as session:
            await (await session.run(*statement)).value()
        return perf_counter() - start

    for one in variables[:_FIRST]:
        await answered(one)
    times = [(await answered(one), await bare()) for one in variables]
    ours, drivers = ([1e3 * pair[side] for pair in times] for side in (0, 1))
    row = (name, len(times), *_percentiles(ours), *_percentiles(drivers))
    ratio = _percentiles(ours)[0] / _percentiles(drivers)[0]
    print("| " + " | ".join(_figure(one) for one in (*row, ratio)) + " |", flush=True)
    return _percentiles(ours)[1]


def _percentiles(times: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def _figure(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
