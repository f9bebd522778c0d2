"""OPLA and ERO say what happened at a hearing: beside the sources, never in their place."""

from datetime import date

import pytest

from graph.following.opening import follow_up_id
from graph.sharing import Gate, Viewer
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.following import FollowUpEvent
from graph.vocabulary.viewers import Category, Outcome, ScopeKind, ViewerRole

SAY = """mutation ($input: RecordAppearanceInput!) { recordAppearance(input: $input) {
  __typename
  ... on AppearanceRecorded { hearing { id appearance { value confidence saidBy }
    appearances { source appearance recordedBy basis enteredOn derived record { id } } } }
  ... on AppearanceRefused { reason message } } }"""


def viewer(role, scope=ScopeKind.EVERYONE, scopes=(), name="ada"):
    gate = Gate(role, scope, dict.fromkeys(Category, Outcome.ALLOW))
    return Viewer(name, gate=gate, role=role, scopes=frozenset(scopes))


ATTORNEY = viewer(ViewerRole.OPLA_ATTORNEY, ScopeKind.DOCKET, ["docket/HOU"])
OFFICER = viewer(ViewerRole.ERO_OFFICER)


async def say(ask, hearing, appearance="FAILED_TO_APPEAR", *, key="k", source="PLANET", **more):
    said = {"hearingId": hearing, "appearance": appearance, "source": source, "key": key}
    answer = await ask(SAY, input={"basis": "I was there.", **said, **more})
    return answer["recordAppearance"]


@pytest.fixture
def a_hearing(world):
    async def made(day=date(2024, 6, 3), words=(("EOIR", "NOTHING_ENTERED"),), docket="docket/HOU"):
        child = await world.a_child()
        await world.within(child, docket)
        await world.a_record(of=child)
        await world.a_record("EOIR", "eoir_case", of=child)
        return await world.a_hearing(child, day=day, words=words)

    return made


async def test_a_word_stands_beside_the_sources_with_whoever_said_it(ask, a_hearing):
    hearing = await a_hearing(words=[("EOIR", "CONTINUED")])
    told = (await say(ask.seen_by(ATTORNEY), hearing, enteredOn="2024-06-04"))["hearing"]
    assert told["appearance"] == {
        "value": "CONTINUED",
        "confidence": "DISPUTED",
        "saidBy": ["EOIR"],
    }
    court, ours = told["appearances"]
    assert court["appearance"] == "CONTINUED"
    assert ours == {
        "source": "PLANET", "appearance": "FAILED_TO_APPEAR", "recordedBy": "ada",
        "basis": "I was there.", "enteredOn": "2024-06-04", "derived": False, "record": None,
    }  # fmt: skip


async def test_a_later_word_counts_and_the_earlier_stays(ask, a_hearing):
    hearing = await a_hearing()
    attorney = ask.seen_by(ATTORNEY)
    await say(attorney, hearing, "APPEARED", enteredOn="2024-06-03")
    told = (await say(attorney, hearing, key="later"))["hearing"]
    assert told["appearance"]["value"] == "FAILED_TO_APPEAR"
    assert len(told["appearances"]) == 3


async def test_sent_twice_it_is_said_once_and_a_failure_is_followed_up_once(
    ask, a_hearing, session
):
    hearing = await a_hearing()
    for _ in range(2):
        told = await say(ask.seen_by(ATTORNEY), hearing)
        assert len(told["hearing"]["appearances"]) == 2
    found = session.run("MATCH (f:FollowUp)-[:FOLLOWS]->(h) RETURN f.id AS id, h.id AS hearing")
    assert [row.values() for row in found] == [[follow_up_id(hearing), hearing]]
    listed = await ask("{ failuresToAppear(hasFollowUp: true) { edges { node { id } } } }")
    assert [edge["node"]["id"] for edge in listed["failuresToAppear"]["edges"]] == [hearing]


async def test_the_steps_that_it_opens_are_due_when_the_installation_says(ask, a_hearing, session):
    local = ask.with_targets({FollowUpEvent.UPDATE_PLANET: 9})
    await say(local.seen_by(OFFICER), await a_hearing(), source="EARM")
    due = session.run(
        "MATCH (f:FollowUp)<-[:NEXT_FOR]-(a) WHERE a.due IS NOT NULL"
        " RETURN a.step AS step, duration.inDays(date(f.openedAt), a.due).days AS days"
    )
    assert [row.values() for row in due] == [["UPDATE_PLANET", 9]]


async def test_who_appeared_is_not_followed_up(ask, a_hearing, session):
    await say(ask.seen_by(ATTORNEY), await a_hearing(), "APPEARED")
    assert session.run("MATCH (f:FollowUp) RETURN count(f) AS n").single()["n"] == 0


async def test_each_refusal_says_what_to_do_and_writes_nothing(ask, a_hearing, session):
    hearing, other = await a_hearing(), await a_hearing(docket="docket/DAL")
    coming = await a_hearing(day=date(2024, 7, 2))
    attorney, officer = ask.seen_by(ATTORNEY), ask.seen_by(OFFICER)
    refusals = [
        await say(attorney, other),
        await say(attorney, "hearing_nobody"),
        await say(attorney, hearing, source="EARM"),
        await say(attorney, hearing, source="EOIR"),
        await say(officer, hearing, source="PLANET"),
        await say(attorney, hearing, "NOTHING_ENTERED"),
        await say(attorney, coming),
        await say(attorney, hearing, enteredOn="2024-07-02"),
        await say(attorney, hearing, basis=" "),
        await say(attorney, hearing, key=""),
        await say(ask.seen_by(viewer(ViewerRole.ORR_TRIAGE)), hearing),
    ]
    assert [one["reason"] for one in refusals] == [
        *("UNKNOWN_HEARING", "UNKNOWN_HEARING", "NOT_YOUR_SYSTEM", "NOT_YOUR_SYSTEM"),
        *("NOT_YOUR_SYSTEM", "SAYS_NOTHING", "NOT_YET_HELD", "NOT_YET_HELD", "NO_BASIS", "NO_KEY"),
        "NOT_YOURS_TO_SAY",
    ]
    assert refusals[0] == refusals[1]
    assert session.run("MATCH (e:AppearanceEntry) RETURN count(e) AS n").single()["n"] == 0


async def test_a_key_is_for_one_word_and_the_hearings_of_today_can_be_told(ask, a_hearing):
    hearing = await a_hearing(day=date(2024, 7, 1))
    officer = ask.seen_by(OFFICER)
    assert (await say(officer, hearing, source="EARM"))["__typename"] == "AppearanceRecorded"
    assert (await say(officer, hearing, "APPEARED", source="EARM"))["reason"] == "KEY_REUSED"


SEEN = """query ($id: ID!) { child(id: $id) {
  lastContact { latest { kind agency source record { id } } inPerson { kind on source } }
  touchpoints(first: 9) { edges { node { kind on source recordedBy note record { id } } } } } }"""


async def seen(ask, session, hearing):
    (row,) = session.run("MATCH (c)-[:HAS_HEARING]->({id: $id}) RETURN c.id AS id", id=hearing)
    return (await ask(SEEN, id=row["id"]))["child"]


async def test_an_appearance_that_somebody_entered_is_a_contact(ask, a_hearing, session):
    hearing = await a_hearing()
    await say(ask.seen_by(OFFICER), hearing, "APPEARED", source="EARM")
    told = await seen(ask, session, hearing)
    assert told["lastContact"] == {
        "latest": {"kind": "APPEARED", "agency": "ICE_ERO", "source": "EARM", "record": None},
        "inPerson": {"kind": "APPEARED", "on": "2024-06-03", "source": "EARM"},
    }
    (edge,) = told["touchpoints"]["edges"]
    assert edge["node"] == {
        "kind": "APPEARED", "on": "2024-06-03", "source": "EARM", "recordedBy": "ada",
        "note": "I was there.", "record": None,
    }  # fmt: skip


async def test_a_failure_to_appear_that_somebody_entered_is_none(ask, a_hearing, session):
    hearing = await a_hearing()
    await say(ask.seen_by(ATTORNEY), hearing)
    told = await seen(ask, session, hearing)
    assert told["lastContact"]["latest"]["kind"] == "COURT_NOTED"
    assert told["lastContact"]["inPerson"] is None
    assert told["touchpoints"]["edges"] == []


async def test_whoever_may_not_read_ices_papers_is_not_told_of_what_ice_entered(
    ask, a_hearing, session
):
    hearing = await a_hearing()
    await say(ask.seen_by(OFFICER), hearing, "APPEARED", source="EARM")
    other = Viewer("t", frozenset({SharingClass.ENFORCEMENT}))
    told = await seen(ask.seen_by(other), session, hearing)
    assert (told["lastContact"]["inPerson"], told["touchpoints"]["edges"]) == (None, [])
