"""Whoever may not see a child changes nothing of her: the first step of a change finds nobody."""

from dataclasses import replace

from api.reaching import reaching
from graph.selection import Asked
from graph.sharing import SEES_EVERYTHING
from graph.writes.reaching import reached
from graph.writes.steps import take_async
from tests.api.conftest import TODAY
from tests.api.seeing import somebody


async def found(door, viewer, child):
    def steps():
        rows = yield reaching(Asked(viewer, TODAY), child)
        return reached(rows)

    return await take_async(door, steps, 60)


async def test_a_change_reaches_whom_a_question_reaches(world, async_door):
    hers, others = await world.a_child(), await world.a_child()
    await world.a_record(of=hers)
    await world.within(hers, "office/HOUSTON")
    officer = somebody("ERO_FOJC", "office/HOUSTON")
    assert await found(async_door, officer, hers) == hers
    assert await found(async_door, officer, others) is None
    assert await found(async_door, officer, "child_nobody") is None
    assert await found(async_door, replace(officer, scopes=frozenset()), hers) is None
    assert await found(async_door, SEES_EVERYTHING, others) == others


async def test_an_id_that_became_anothers_reaches_whoever_bears_it(world, async_door):
    former, heir = await world.a_child(), await world.a_child()
    await world.redirects(former, heir)
    assert await found(async_door, SEES_EVERYTHING, former) == heir
