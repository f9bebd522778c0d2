"""A failure to appear is followed: what is opened, what is owed, and whose each step is."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from graph.following.advancing import advancing, on_notice_acknowledged, on_notice_sent
from graph.following.chart import CHART
from graph.following.opening import follow_up_id, opening
from graph.following.outcomes import Advanced, Advancing
from graph.vocabulary.following import FollowUpEvent
from graph.vocabulary.notices import NoticeKind
from graph.vocabulary.viewers import ViewerRole
from graph.writes.steps import take

NOW = datetime(2024, 9, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MISSED = (("EOIR", "FAILED_TO_APPEAR"),)


def opened(session, at=NOW, most=300):
    told = [take(session, lambda: opening(at, most=most))]
    while told[-1].more:
        told.append(take(session, lambda: opening(at, most=most)))
    return sum(one.follow_ups for one in told), sum(one.notices for one in told)


def now(session, follow_up):
    (row,) = session.run("MATCH (f:FollowUp {id: $id}) RETURN f", id=follow_up)
    return row["f"]


def queue(session, follow_up):
    rows = session.run(
        "MATCH (:FollowUp {id: $id})<-[:NEXT_FOR]-(a) RETURN a.region AS r, a.actor AS a, a.step AS s",
        id=follow_up,
    )
    return sorted((row["r"], row["a"], row["s"]) for row in rows)


def advance(session, follow_up, event, role, *, key=None, at=LATER, **more):
    form = CHART.moves[FollowUpEvent(event)].form
    asked = Advancing(
        follow_up, FollowUpEvent(event), f"a {role}", ViewerRole(role), key or event, at,
        **{"form": form, "reason": "Because.", "evidence": ["x"], **more},
    )  # fmt: skip
    return take(session, lambda: advancing(asked))


async def test_each_failure_to_appear_is_opened_once_however_often_it_is_looked_for(world, session):
    child = await world.a_child()
    missed = await world.a_hearing(child, words=MISSED, day=date(2024, 8, 5))
    kept = await world.a_hearing(child, words=(("EOIR", "APPEARED"),))
    assert opened(session) == (1, 2)
    assert opened(session) == (0, 0)
    more = world.next_run()
    record = await more.a_record("PLANET", "planet", of=child)
    await more.reports(record, missed, "FAILED_TO_APPEAR", source="PLANET")
    again = await more.a_hearing(child, words=MISSED, day=date(2024, 8, 7))
    assert opened(session) == (0, 0)  # a run being written is not there yet
    await more.publish()
    assert opened(session, most=1) == (1, 2)
    ids = {row["id"] for row in session.run("MATCH (f:FollowUp) RETURN f.id AS id")}
    assert ids == {follow_up_id(missed), follow_up_id(again)}
    assert follow_up_id(kept) not in ids


@pytest.mark.parametrize(
    ("day", "inform", "tell", "notices"),
    [
        (date(2023, 12, 20), "NONE_FOUND", "NONE_FOUND", 0),
        (date(2023, 12, 21), "REQUIRED", "SHOULD", 2),
        (date(2024, 2, 29), "REQUIRED", "SHOULD", 2),
        (date(2024, 8, 4), "REQUIRED", "SHOULD", 2),
        (date(2024, 8, 5), "REQUIRED", "REQUIRED", 2),
    ],
)
async def test_the_duty_is_that_of_the_day_of_the_hearing(
    world, session, day, inform, tell, notices
):
    child = await world.a_child()
    await world.within(child, "office/HOUSTON")
    hearing = await world.a_hearing(child, words=MISSED, day=day)
    assert opened(session) == (1, notices)
    follow_up = now(session, follow_up_id(hearing))
    assert (follow_up["dutyToInform"], follow_up["dutyToTell"]) == (inform, tell)
    raised = session.run("MATCH (n:Notice)-[:ABOUT]->() RETURN n.recipient AS r, n.kind AS k")
    told = sorted((row["r"], row["k"]) for row in raised)
    assert told == [("fojc/HOUSTON", "FOJC_INFORM"), ("orr/inbox", "ORR_NOTICE")][: notices or 0]


async def test_what_planet_and_earm_say_themselves_nobody_has_to_enter(world, session):
    child = await world.a_child()
    words = (("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "FAILED_TO_APPEAR"))
    hearing = await world.a_hearing(child, words=words)
    opened(session)
    assert now(session, follow_up_id(hearing))["records"] == "EARM_DUE"


async def test_a_notice_that_is_sent_and_acknowledged_moves_its_region_once(world, session):
    hearing = await world.a_hearing(await world.a_child(), words=MISSED, day=date(2024, 8, 5))
    opened(session)
    one = follow_up_id(hearing)
    for _ in range(2):
        for kind in NoticeKind:
            take(session, partial(on_notice_sent, one, kind, LATER))
    there = now(session, one)
    assert (there["address"], there["safety"]) == ("FOJC_INFORMED", "ORR_NOTIFIED")
    told = (one, NoticeKind.ORR_NOTICE, LATER, "tess", ViewerRole.ORR_TRIAGE, "k")
    acknowledged = partial(on_notice_acknowledged, *told)
    done = take(session, acknowledged)
    assert isinstance(done, Advanced)
    assert take(session, acknowledged) == done
    assert now(session, one)["safety"] == "ORR_ACKNOWLEDGED"
    assert ("SAFETY", "ORR", "START_TRIAGE") in queue(session, one)
