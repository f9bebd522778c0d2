"""The explorer's examples are planned and rehearsed when the server starts, and nobody waits for that."""

import asyncio
from itertools import cycle, islice

import pytest

from api.asking import Asking
from api.explorer import examples
from api.identity.issuers import Given
from api.identity.typical import viewers
from api.warming import REHEARSALS, plan_examples, warm, warming
from graph.sharing import SEES_EVERYTHING
from tests.api.conftest import PATIENT, SCHEMA, TODAY
from tests.api.identity.issuing import an_issuer
from tests.audited import UNKEPT


@pytest.fixture(autouse=True)
def a_few_examples(monkeypatch):
    """Enough to see what is done with them; that each is answered is asked elsewhere."""
    few = examples()[:3]
    monkeypatch.setattr("api.warming.examples", lambda: few)
    return few


@pytest.fixture
def asking():
    return Asking(SCHEMA, PATIENT, lambda: TODAY, UNKEPT)


async def test_every_example_is_planned_in_the_words_in_which_it_will_be_asked(
    asking, world, ask, a_few_examples
):
    planned = []

    async def reads(text, parameters):
        planned.append(text)
        return await ask.reads(text, parameters)

    await plan_examples(asking, [SEES_EVERYTHING], reads)
    for text, (question, variables) in zip(planned, a_few_examples, strict=True):
        await ask.result(question, **variables)
        assert text == f"EXPLAIN {ask.statements[0][0]}"


async def test_the_server_neither_waits_for_the_planning_nor_is_held_up_by_it(asking):
    begun, ended = asyncio.Event(), asyncio.Event()

    async def silent(text, parameters):
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with asyncio.timeout(5), warming(asking, [SEES_EVERYTHING], silent):
        await begun.wait()
        assert not ended.is_set()
    assert ended.is_set()


async def test_a_graph_that_goes_away_meanwhile_is_no_reason_to_stop(asking):
    async def gone(text, parameters):
        raise RuntimeError

    await plan_examples(asking, [SEES_EVERYTHING], gone)


async def test_it_is_planned_for_such_as_may_ask_here_and_a_refused_example_stops_nothing(
    asking, world, ask, a_few_examples
):
    roles = {role: Given(role=role) for role in ("ORR_CASEWORKER", "EOIR_FEED", "PRIVACY_OFFICER")}
    issuer = an_issuer(agency=None, roles=roles)
    caseworker, *others = viewers([issuer], TODAY)
    planned = []

    async def reads(text, parameters):
        planned.append(text)
        return await ask.reads(text, parameters)

    await plan_examples(asking, [caseworker], reads)
    assert len(planned) == len(a_few_examples)
    assert len(others) == 2
    await plan_examples(asking, others, reads)


async def test_what_was_planned_is_rehearsed_word_for_word(asking, world, ask, a_few_examples):
    asked = []

    async def reads(text, parameters):
        asked.append((text.removeprefix("EXPLAIN "), parameters))
        return await ask.reads(text, parameters) if text.startswith("EXPLAIN ") else []

    await warm(asking, [SEES_EVERYTHING], reads)
    planned = asked[: len(a_few_examples)]
    assert asked == planned + list(islice(cycle(planned), REHEARSALS))


async def test_whoever_wants_no_warming_has_none(asking):
    async def reads(text, parameters):
        raise AssertionError

    async with warming(asking, [], reads):
        await asyncio.sleep(0)
