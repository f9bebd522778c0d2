"""A failure to appear is followed: what is opened, what is owed, and whose each step is."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from graph.connection import opened as opened_door
from graph.following.advancing import advancing, on_notice_acknowledged, on_notices_sent
from graph.following.chart import CHART, STATE
from graph.following.opening import follow_up_id, opening
from graph.following.outcomes import Advanced, Advancing, Draft
from graph.following.settling import lapsing
from graph.vocabulary.following import ACTOR_OF, FollowUpEvent
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


async def test_what_planet_says_later_nobody_has_to_enter_either(world, session):
    child = await world.a_child()
    hearing = await world.a_hearing(child, words=MISSED)
    opened(session)
    assert now(session, follow_up_id(hearing))["records"] == "PLANET_DUE"
    for source, state in (("EARM", "PLANET_DUE"), ("PLANET", "RECORDED")):
        world = world.next_run()
        record = await world.a_record(source, source.lower(), of=child)
        await world.reports(record, hearing, "FAILED_TO_APPEAR", source=source)
        await world.publish()
        assert opened(session) == (0, 0)
        assert now(session, follow_up_id(hearing))["records"] == state
    (last,) = session.run(
        "MATCH (s:FollowUpStep {event: 'UPDATE_PLANET'}) RETURN s.role AS by, s.evidence AS on"
    )
    assert (last["by"], last["on"]) == ("SYSTEM", [record])
    assert not [step for _, _, step in queue(session, follow_up_id(hearing)) if "EARM" in step]


async def test_a_child_who_comes_to_another_office_takes_her_follow_ups_along(world, session):
    child = await world.a_child()
    hearing = await world.a_hearing(child, words=MISSED)
    opened(session)
    assert now(session, follow_up_id(hearing))["office"] is None
    later = world.next_run()
    await later.within(child, "office/MIAMI")
    await later.publish()
    assert opened(session) == (0, 0)
    assert now(session, follow_up_id(hearing))["office"] == "office/MIAMI"
    offices = {row["o"] for row in session.run("MATCH (a:NextAction) RETURN a.office AS o")}
    assert offices == {"office/MIAMI"}


async def test_a_coordinator_is_informed_once_it_is_known_whose_child_it_is(world, session):
    child = await world.a_child()
    hearing = await world.a_hearing(child, words=MISSED, day=date(2024, 8, 6), court="HOU")

    def told():
        rows = session.run("MATCH (n:Notice) WHERE n.kind <> 'ORR_NOTICE' RETURN n ORDER BY n.kind")
        return [(row["n"]["kind"], row["n"]["recipient"]) for row in rows]

    opened(session)
    assert told() == [("OFFICE_UNKNOWN", "opla/HOU")]
    later = world.next_run()
    await later.within(child, "office/MIAMI")
    await later.publish()
    for _ in range(2):
        opened(session)
        assert told() == [("FOJC_INFORM", "fojc/MIAMI"), ("OFFICE_UNKNOWN", "opla/HOU")]
    last = later.next_run()
    await last.within(child, "office/DALLAS")
    await last.publish()
    opened(session)
    assert len(told()) == 2
    assert now(session, follow_up_id(hearing))["address"] == "FOJC_NOTICE_DUE"


async def test_a_child_who_was_sealed_since_is_told_of_to_no_coordinator(world, session):
    child = await world.a_child()
    await world.a_hearing(child, words=MISSED, day=date(2024, 8, 6), court="HOU")
    opened(session)
    session.run("MATCH (c:Child {id: $id}) SET c:Sealed", id=child).consume()
    later = world.next_run()
    await later.within(child, "office/MIAMI")
    await later.publish()
    opened(session)
    assert session.run("MATCH (n:Notice {kind: 'FOJC_INFORM'}) RETURN n").single() is None


async def test_nobody_is_sent_a_notice_while_it_is_not_known_who(world, session):
    hearing = await world.a_hearing(await world.a_child(), words=MISSED, day=date(2023, 1, 3))
    opened(session)
    one = follow_up_id(hearing)
    refused = advance(session, one, "SEND_FOJC_NOTICE", "OPLA_ATTORNEY", evidence=[])
    assert (refused.reason, "INFORM_FOJC" in refused.message) == ("UNKNOWN_OFFICE", True)
    assert session.run("MATCH (n:Notice) RETURN n").single() is None
    told = advance(session, one, "INFORM_FOJC", "OPLA_ATTORNEY", evidence=[])
    assert isinstance(told, Advanced)


async def test_a_search_that_found_nothing_is_escalated_once_its_day_is_over(world, session):
    hearing = await world.a_hearing(await world.a_child(), words=MISSED, day=date(2023, 1, 3))
    opened(session)
    one = follow_up_id(hearing)
    for event, role in (
        ("INFORM_FOJC", "OPLA_ATTORNEY"), ("START_SEARCH", "ERO_FOJC"),
        ("FIND_NO_ALTERNATE", "ERO_FOJC"),
    ):  # fmt: skip
        advance(session, one, event, role, evidence=[])
    (due,) = session.run("MATCH (a:NextAction {step: 'ESCALATE'}) RETURN a.due AS due")
    last = datetime.combine(due["due"].to_native(), datetime.min.time(), UTC)
    assert take(session, lambda: lapsing(last)) == 0
    assert take(session, lambda: lapsing(last + timedelta(days=1))) == 1
    assert take(session, lambda: lapsing(last + timedelta(days=2))) == 0
    assert now(session, one)["address"] == "ESCALATED"
    (told,) = session.run("MATCH (n:Notice) RETURN n.kind AS kind, n.recipient AS who")
    assert (told["kind"], told["who"]) == ("ESCALATION", "ero-hq")


async def test_two_workers_at_once_open_each_follow_up_once(world, graph_door):
    for number in range(12):
        await world.a_hearing(await world.a_child(), words=MISSED, day=date(2024, 8, 5 + number))

    def work(_):
        with graph_door.writing() as session:
            return opened(session, most=3)

    with ThreadPoolExecutor(4) as workers:
        done = list(workers.map(work, range(4)))
    assert (sum(one for one, _ in done), sum(told for _, told in done)) == (12, 24)
    with graph_door.reading() as session:
        (row,) = session.run(
            "MATCH (f:FollowUp) WITH count(f) AS f MATCH (n:Notice) RETURN f, count(n) AS n"
        )
    assert (row["f"], row["n"]) == (12, 24)


# A process that is killed at a statement of a step, or just after its commit, by number.
def _killed(endpoint, work, at):
    child = os.fork()
    if child == 0:
        with suppress(BaseException), opened_door(endpoint) as door, door.writing() as session:
            take(session, lambda: _dying(work(), at))
            os.kill(os.getpid(), signal.SIGKILL)  # its answer is lost
        os._exit(3)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def _dying(steps, at):
    """The steps, until the statement of that number has been run: then the process is gone."""
    rows, number = None, 0
    while True:
        try:
            step = steps.send(rows)
        except StopIteration as done:
            return done.value
        rows = yield step
        number += 1
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)


def _counted(session):
    (row,) = session.run(
        "MATCH (f:FollowUp) OPTIONAL MATCH (f)<-[:STEP_OF]-(s:FollowUpStep)"
        " WITH f, count(s) AS steps OPTIONAL MATCH (f)<-[:NEXT_FOR]-(a:NextAction)"
        " WITH f, steps, count(a) AS actions OPTIONAL MATCH (f)<-[:CORRECTS_FOR]-(c)"
        " WITH f, steps, actions, count(c) AS forms OPTIONAL MATCH (f)<-[:ABOUT]-(n:Notice)"
        " RETURN f.address AS address, f.safety AS safety, f.records AS records,"
        " f.version AS version, steps, actions, forms, count(n) AS notices, f.closedAt AS closed"
    )
    return dict(row)


# Through every state of the chart; the few that one way does not come by are on the other.
WAYS = (
    (
        "INFORM_FOJC START_SEARCH RECORD_REVIEW FIND_ALTERNATE COMPLETE_I830 PROVIDE_I830 RETURN_I830"
        " COMPLETE_I830 PROVIDE_I830 FILE_I830 NOTIFY_ORR ACKNOWLEDGE START_TRIAGE"
        " REQUEST_WELLNESS_CHECK FIND_CONCERN REFER FAIL_PLANET RETRY_PLANET UPDATE_PLANET FAIL_EARM"
        " RETRY_EARM UPDATE_EARM"
    ),
    (
        "SEND_FOJC_NOTICE INFORM_FOJC START_SEARCH FIND_NO_ALTERNATE ESCALATE SEND_ORR_NOTICE"
        " NOTIFY_ORR ACKNOWLEDGE START_TRIAGE REQUEST_WELLNESS_CHECK FIND_NOBODY REFER UPDATE_PLANET"
        " UPDATE_EARM"
    ),
    "NOTIFY_ORR ACKNOWLEDGE START_TRIAGE REQUEST_WELLNESS_CHECK FIND_SAFE",
    "NOTIFY_ORR ACKNOWLEDGE START_TRIAGE ARRANGE_SERVICES",
)


@pytest.mark.parametrize("way", WAYS)
async def test_a_process_killed_at_any_moment_of_any_step_loses_and_doubles_nothing(
    world, session, neo4j, way
):
    child = await world.a_child()
    await world.within(child, "office/HOUSTON")
    await world.a_hearing(child, words=MISSED, day=date(2023, 1, 3))
    assert _killed(neo4j, lambda: opening(NOW), 3)
    opened(session)
    (row,) = session.run("MATCH (f:FollowUp) RETURN f.id AS id")
    for number, event in enumerate(way.split(), 1):
        asked = _step(row["id"], event, f"{number}")
        statements = _statements(session, asked)
        for at in {3, statements, statements + 1}:  # in it, at its end, and after the commit
            assert _killed(neo4j, partial(advancing, asked), at)
        before = _counted(session)
        assert isinstance(take(session, partial(advancing, asked)), Advanced)
        assert _counted(session) == before
        assert before["steps"] == number + 1
        assert before["version"] == number + 1
        move = CHART.moves[FollowUpEvent(event)]
        assert before[STATE[move.region]] == (move.to or before[STATE[move.region]])


def _step(follow_up, event, key):
    move = CHART.moves[FollowUpEvent(event)]
    role = next(role for role, actor in ACTOR_OF.items() if actor in move.by)
    draft = Draft("address_x", [], ["r"]) if event == "COMPLETE_I830" else None
    return Advancing(
        follow_up, move.event, "somebody", role, key, LATER,
        reason="Because.", evidence=["x"], form=move.form, draft=draft,
    )  # fmt: skip


def _statements(session, asked):
    """How many statements a step is, counted in a transaction that is given up."""
    ran = []

    def work(tx):
        steps: Any = advancing(asked)
        rows = None
        try:
            while True:
                text, parameters = steps.send(rows)
                rows = tx.run(text, dict(parameters)).data()
                ran.append(text)
        except StopIteration:
            tx.rollback()

    with suppress(Exception), session.begin_transaction() as tx:
        work(tx)
    return len(ran)


def test_the_ways_on_which_a_process_is_killed_come_by_every_state_and_step():
    went = [FollowUpEvent(event) for way in WAYS for event in way.split()]
    assert set(went) == set(CHART.moves)
    begun = set(CHART.begins.values())
    assert begun | {CHART.moves[one].to for one in went} - {None} == set(CHART.places)


async def test_a_notice_that_is_sent_and_acknowledged_moves_its_region_once(world, session):
    hearing = await world.a_hearing(await world.a_child(), words=MISSED, day=date(2024, 8, 5))
    opened(session)
    one = follow_up_id(hearing)
    for _ in range(2):
        take(session, partial(on_notices_sent, [(one, kind, LATER) for kind in NoticeKind]))
    there = now(session, one)
    assert (there["address"], there["safety"]) == ("FOJC_INFORMED", "ORR_NOTIFIED")
    told = (one, NoticeKind.ORR_NOTICE, LATER, "tess", ViewerRole.ORR_TRIAGE, "k")
    acknowledged = partial(on_notice_acknowledged, *told)
    done = take(session, acknowledged)
    assert isinstance(done, Advanced)
    assert take(session, acknowledged) == done
    assert now(session, one)["safety"] == "ORR_ACKNOWLEDGED"
    assert ("SAFETY", "ORR", "START_TRIAGE") in queue(session, one)
