"""Follow-ups over GraphQL: who sees which of them how far, whose queue is what, and Form I-830."""

from datetime import UTC, date, datetime, timedelta

import pytest

from graph.following.opening import follow_up_id, opening, opening_of
from graph.sharing.asking import viewer_of
from graph.sharing.principal import Principal
from graph.vocabulary.viewers import ViewerRole
from graph.writes.steps import take

NOW = datetime(2024, 9, 2, 12, tzinfo=UTC)
TODAY = date(2024, 9, 2)
DAY = date(2024, 8, 5)
MISSED = (("EOIR", "FAILED_TO_APPEAR"),)


def viewer(role, *scopes, purpose="CASE_MANAGEMENT", case=None):
    principal = Principal(f"a {role}", frozenset({ViewerRole(role)}), None, frozenset(scopes))
    return viewer_of(principal, role, purpose, "8 U.S.C. 1232(c)", case, TODAY)


FOJC = viewer("ERO_FOJC", "office/HOUSTON")
ELSEWHERE = viewer("ERO_FOJC", "office/MIAMI")
OPLA = viewer("OPLA_JUV_POC", "docket/HOU")
ORR = viewer("ORR_TRIAGE")
PROVIDER = viewer("CARE_PROVIDER", "provider/P1")
STANDS = """state closedAt handedOverAt address { state version } safety { state since version ended }
  records { state } nextActions { actor step } steps { event by to } """
ONE = f"query ($id: ID!) {{ followUp(id: $id) {{ id {STANDS} }} }}"
REFUSED = "... on FollowUpRefused { reason message whose state legal }"
ADVANCE = f"""mutation ($input: AdvanceFollowUpInput!) {{ advanceFollowUp(input: $input) {{
  __typename ... on FollowUpAdvanced {{ step {{ event from to by actor reason }} }} {REFUSED} }} }}"""
# A care provider takes steps, and is told nothing of the follow-up but that it is done.
ADVANCE_ALONE = f"""mutation ($input: AdvanceFollowUpInput!) {{
  advanceFollowUp(input: $input) {{ __typename {REFUSED} }} }}"""
FORM = """__typename ... on I830Recorded { correction { id state address { id } candidates { id }
  evidence { id } draftedBy providedBy filedBy returnedBy reason followUp { id } } }"""
QUEUE = """query ($actor: FollowUpActor, $office: String, $docket: String, $first: Int, $after: String) {
  nextActions(actor: $actor, office: $office, docket: $docket, first: $first, after: $after) {
    edges { cursor node { actor step due target overdue why duty { force rule citation }
      followUp { id failedOn } } } pageInfo { hasNextPage } } }"""


@pytest.fixture
def houston(world, session):
    async def made(day=DAY, office="office/HOUSTON", court="HOU"):
        child = await world.a_child()
        for scope in filter(None, (office, f"docket/{court}")):
            await world.within(child, scope)
        hearing = await world.a_hearing(child, words=MISSED, day=day, court=court)
        take(session, lambda: opening_of([hearing], NOW))
        return child, follow_up_id(hearing)

    return made


async def advance(ask, follow_up, step, who, **more):
    said = {"id": follow_up, "step": step, "key": f"{step} {who.name}", **more}
    text = ADVANCE_ALONE if who is PROVIDER else ADVANCE
    return (await ask.seen_by(who)(text, input=said))["advanceFollowUp"]


async def form(ask, which, follow_up, who, key="k", **more):
    title = which[0].upper() + which[1:]
    text = f"mutation ($input: {title}Input!) {{ {which}(input: $input) {{ {FORM} {REFUSED} }} }}"
    return (await ask.seen_by(who)(text, input={"id": follow_up, "key": key, **more}))[which]


async def queue(ask, who, **asked):
    return (await ask.seen_by(who)(QUEUE, **asked))["nextActions"]


async def with_orr(ask, follow_up):
    for step, who in (("NOTIFY_ORR", FOJC), ("ACKNOWLEDGE", ORR), ("START_TRIAGE", ORR)):
        assert (await advance(ask, follow_up, step, who))["__typename"] == "FollowUpAdvanced", step


async def test_ice_is_told_that_it_is_with_orr_and_nothing_of_what_orr_does(ask, houston):
    _, one = await houston()
    await with_orr(ask, one)
    before = (await ask.seen_by(FOJC)(ONE, id=one))["followUp"]
    assert before["safety"] == {"state": "WITH_ORR", "since": None, "version": None, "ended": False}
    for step in ("REQUEST_WELLNESS_CHECK", "FIND_NOBODY", "REFER"):
        said = {"reason": "Nobody answered."} if step == "FIND_NOBODY" else {}
        assert (await advance(ask, one, step, ORR, **said))["__typename"] == "FollowUpAdvanced"
        assert (await ask.seen_by(FOJC)(ONE, id=one))["followUp"] == before
    told = (await ask.seen_by(ORR)(ONE, id=one))["followUp"]
    assert told["safety"]["state"] == "REFERRED"
    assert [step["event"] for step in told["steps"]][-3:] == [
        "REQUEST_WELLNESS_CHECK", "FIND_NOBODY", "REFER",
    ]  # fmt: skip
    asked = {"id": one, "step": "NOTIFY_ORR", "key": "again"}
    refused = (await ask.seen_by(FOJC)(ADVANCE, input=asked))["advanceFollowUp"]
    assert (refused["reason"], refused["state"]) == ("NOT_LEGAL_NOW", "WITH_ORR")
    assert refused["legal"] == []


async def test_it_is_closed_when_all_three_have_ended_and_ice_is_told_that_its_part_has(
    ask, houston, session
):
    _, one = await houston()
    session.run(
        "MATCH (f:FollowUp {id: $id}) SET f.address = 'NO_ALTERNATE', f.records = 'RECORDED',"
        " f.safety = 'TRIAGE' WITH f MATCH (f)<-[:NEXT_FOR]-(a:NextAction) DETACH DELETE a",
        id=one,
    ).consume()
    await advance(ask, one, "ESCALATE", FOJC)
    there = (await ask.seen_by(FOJC)(ONE, id=one))["followUp"]
    assert (there["state"], there["closedAt"]) == ("WITH_ORR", None)
    assert there["handedOverAt"] is not None
    assert (await ask.seen_by(ORR)(ONE, id=one))["followUp"]["state"] == "OPEN"
    await advance(ask, one, "ARRANGE_SERVICES", ORR)
    assert (await ask.seen_by(ORR)(ONE, id=one))["followUp"]["state"] == "CLOSED"
    assert (await ask.seen_by(FOJC)(ONE, id=one))["followUp"] == there
    (told,) = session.run("MATCH (n:Notice {kind: 'ESCALATION'}) RETURN n.recipient AS r")
    assert told["r"] == "ero-hq"


async def test_whoever_may_not_see_the_child_is_told_that_there_is_no_such_follow_up(ask, houston):
    _, one = await houston()
    assert (await ask.seen_by(ELSEWHERE)(ONE, id=one))["followUp"] is None
    never = follow_up_id("no hearing")
    for who in (ELSEWHERE, PROVIDER):
        there = await advance(ask, one, "FIND_SAFE", who)
        assert there == await advance(ask, never, "FIND_SAFE", who)
        assert there["reason"] == "UNKNOWN_FOLLOW_UP"
    assert (await queue(ask, ELSEWHERE))["edges"] == []
    assert (await queue(ask, ELSEWHERE, office="HOUSTON"))["edges"] == []
    listed = "{ followUps { edges { node { id } } } caseloads { step } }"
    told = await ask.seen_by(ELSEWHERE)(listed)
    assert told == {"followUps": {"edges": []}, "caseloads": []}


async def test_what_was_opened_to_somebody_is_in_their_queue_and_their_caseload(
    ask, world, houston
):
    child, one = await houston()
    await houston()
    later = datetime.now(UTC) + timedelta(hours=1)
    await world.within(child, f"break-glass/{child}", holders=[ELSEWHERE.name], opens_until=later)
    edges = (await queue(ask, ELSEWHERE, actor="OPLA"))["edges"]
    assert {edge["node"]["followUp"]["id"] for edge in edges} == {one}
    listed = "{ followUps { edges { node { id } } } caseloads(actor: OPLA) { step open } }"
    told = await ask.seen_by(ELSEWHERE)(listed)
    assert told["followUps"]["edges"] == [{"node": {"id": one}}]
    steps = sorted(edge["node"]["step"] for edge in edges)
    assert told["caseloads"] == [{"step": step, "open": 1} for step in steps]


async def test_a_wrong_actor_is_told_whose_step_it_is(ask, houston):
    _, one = await houston()
    refused = await advance(ask, one, "INFORM_FOJC", FOJC)
    assert (refused["reason"], refused["whose"]) == ("NOT_YOUR_STEP", ["OPLA", "SYSTEM"])
    assert refused["message"] == "This is OPLA's step: leave it to them."
    assert (await advance(ask, one, "INFORM_FOJC", OPLA))["step"] == {
        "event": "INFORM_FOJC", "from": "FOJC_NOTICE_DUE", "to": "FOJC_INFORMED", "by": "OPLA",
        "actor": "a OPLA_JUV_POC", "reason": None,
    }  # fmt: skip


async def test_a_step_sent_twice_is_taken_once_and_another_under_its_key_is_refused(ask, houston):
    _, one = await houston()
    first = await advance(ask, one, "INFORM_FOJC", OPLA, key="k")
    assert await advance(ask, one, "INFORM_FOJC", OPLA, key="k") == first
    again = await advance(ask, one, "RECORD_REVIEW", OPLA, key="k")
    assert again["reason"] == "KEY_REUSED"
    told = (await ask.seen_by(OPLA)(ONE, id=one))["followUp"]
    assert [step["event"] for step in told["steps"]] == ["OPEN", "INFORM_FOJC"]
    stale = await advance(ask, one, "RECORD_REVIEW", OPLA, expected=1)
    assert (stale["reason"], stale["legal"]) == ("STALE", ["RECORD_REVIEW"])


async def test_a_queue_is_in_the_order_that_it_documents_and_pages(ask, houston, session):
    ids = [(await houston(day))[1] for day in (DAY, date(2023, 1, 3), date(2024, 1, 4))]
    _, elsewhere = await houston(office="office/MIAMI", court="MIA")
    (by_office,) = [(await queue(ask, FOJC))["edges"]]
    told = [(edge["node"]["step"], edge["node"]["followUp"]["id"]) for edge in by_office]
    # All due the same day, so by what the rule of the hearing's day says: required, should, none.
    assert told == [("NOTIFY_ORR", one) for one in (ids[0], ids[2], ids[1])]
    assert by_office[0]["node"]["duty"] == {
        "force": "REQUIRED", "rule": "ero-broadcast-2024-08/notify-orr", "citation": "S2:267",
    }  # fmt: skip
    assert by_office[0]["node"]["due"] == "2024-09-03"
    assert by_office[0]["node"]["target"] == "Local target, not law."
    all_, after = [], None
    for more in (True, True, True, False):
        page = await queue(ask, ORR, actor="ERO", first=1, after=after)
        all_ += [edge["node"]["followUp"]["id"] for edge in page["edges"]]
        after = page["edges"][-1]["cursor"]
        assert page["pageInfo"]["hasNextPage"] is more
    assert len(all_) == len(set(all_)) == 4
    assert elsewhere in all_
    for asked in ({"office": "MIAMI"}, {"office": "office/MIAMI"}, {"docket": "MIA"}):
        (edge,) = (await queue(ask, ORR, actor="ERO", **asked))["edges"]
        assert edge["node"]["followUp"]["id"] == elsewhere
    assert (await queue(ask, ORR))["edges"] == []
    await with_orr(ask, ids[0])
    (edge,) = (await queue(ask, ORR))["edges"]
    assert edge["node"]["step"] == "REQUEST_WELLNESS_CHECK"
    assert (await queue(ask, FOJC, actor="ORR"))["edges"] == []


async def test_caseloads_count_what_is_to_be_done_and_hide_what_is_orrs_own(ask, houston):
    _, one = await houston()
    await houston()
    await with_orr(ask, one)
    asked = "{ caseloads { actor office docket step open overdue } }"
    loads = {
        (r["actor"], r["step"]): r["open"] for r in (await ask.seen_by(ORR)(asked))["caseloads"]
    }
    assert loads == {
        ("ERO", "NOTIFY_ORR"): 1, ("OPLA", "INFORM_FOJC"): 2, ("OPLA", "UPDATE_PLANET"): 2,
        ("ORR", "REQUEST_WELLNESS_CHECK"): 1,
    }  # fmt: skip
    headquarters = viewer("ERO_HQ", purpose="OVERSIGHT_STATS")
    hers = (await ask.seen_by(headquarters)(asked))["caseloads"]
    assert {row["actor"] for row in hers} == {"ERO", "OPLA"}
    assert {(row["office"], row["docket"]) for row in hers} == {("office/HOUSTON", "docket/HOU")}


async def test_a_repeated_failure_is_linked_to_the_earlier_one_of_the_same_child(
    ask, world, session
):
    child = await world.a_child()
    days = (date(2024, 1, 3), date(2024, 8, 5))
    first, second = [await world.a_hearing(child, words=MISSED, day=day) for day in days]
    take(session, lambda: opening(NOW))
    asked = """query ($id: ID!) { child(id: $id) { followUps { id earlierFailures previous { id }
      hearing { id followUp { id } } stillStated dutyToTell { force beside { rule } } } } }"""
    told = (await ask.seen_by(ORR)(asked, id=child))["child"]["followUps"]
    assert [(one["id"], one["earlierFailures"]) for one in told] == [
        (follow_up_id(first), 0), (follow_up_id(second), 1),
    ]  # fmt: skip
    assert [one["previous"] for one in told] == [None, {"id": follow_up_id(first)}]
    assert told[1]["hearing"] == {"id": second, "followUp": {"id": follow_up_id(second)}}
    assert [one["dutyToTell"]["force"] for one in told] == ["SHOULD", "REQUIRED"]
    assert told[0]["stillStated"] is True


async def test_a_form_is_filled_in_from_what_is_known_and_goes_from_ero_over_opla_to_the_court(
    ask, world, houston
):
    child, one = await houston()
    nta, found, other = [await world.an_address(f"{n} Oak St") for n in (1, 2, 3)]
    record = await world.a_record("EARM", "earm", of=child)
    await world.lives_at(
        child, nta, kind="NOTICE_TO_APPEAR", source="NTA", reported_on=date(2024, 6, 1)
    )
    await world.lives_at(child, found, record=record, reported_on=date(2024, 5, 1))
    await world.lives_at(child, other, record=record, reported_on=date(2024, 4, 1))
    assert (await form(ask, "draftI830", one, FOJC))["reason"] == "NOT_LEGAL_NOW"
    await advance(ask, one, "INFORM_FOJC", OPLA)
    await advance(ask, one, "START_SEARCH", FOJC)
    assert (await advance(ask, one, "FIND_ALTERNATE", OPLA))["reason"] == "NO_EVIDENCE"
    unknown = await advance(ask, one, "FIND_ALTERNATE", OPLA, evidence=["EARM/earm/no/v1"])
    assert unknown["reason"] == "UNKNOWN_EVIDENCE"
    await advance(ask, one, "FIND_ALTERNATE", OPLA, evidence=[record, found])
    assert (await form(ask, "draftI830", one, OPLA))["reason"] == "NOT_YOUR_STEP"
    wrong = await form(ask, "draftI830", one, FOJC, addressId="address_nowhere")
    assert wrong["reason"] == "UNKNOWN_ADDRESS"
    draft = (await form(ask, "draftI830", one, FOJC, key="d"))["correction"]
    assert draft == {
        "id": draft["id"], "state": "DRAFTED", "address": {"id": found},
        "candidates": [{"id": found}, {"id": other}], "evidence": [{"id": record}],
        "draftedBy": "a ERO_FOJC", "providedBy": None, "filedBy": None, "returnedBy": None,
        "reason": None, "followUp": {"id": one},
    }  # fmt: skip
    assert (await form(ask, "draftI830", one, FOJC, key="d"))["correction"] == draft
    assert (await form(ask, "provideI830", one, FOJC))["correction"]["state"] == "PROVIDED"
    back = await advance(ask, one, "RETURN_I830", OPLA, reason="The unit is missing.")
    assert back["step"]["to"] == "ALTERNATE_FOUND"
    second = (await form(ask, "draftI830", one, FOJC, key="e", addressId=other))["correction"]
    third = (await form(ask, "draftI830", one, FOJC, key="f", addressId=other))["correction"]
    assert (await form(ask, "fileI830", one, OPLA))["reason"] == "NOT_LEGAL_NOW"
    await form(ask, "provideI830", one, FOJC, key="p")
    assert (await form(ask, "fileI830", one, FOJC, key="n"))["reason"] == "NOT_YOUR_STEP"
    filed = (await form(ask, "fileI830", one, OPLA, key="q"))["correction"]
    assert (filed["id"], filed["state"], filed["filedBy"]) == (
        third["id"],
        "FILED",
        "a OPLA_JUV_POC",
    )
    asked = "query ($id: ID!) { followUp(id: $id) { corrections { id state } address { state ended } } }"
    told = (await ask.seen_by(OPLA)(asked, id=one))["followUp"]
    assert {(each["id"], each["state"]) for each in told["corrections"]} == {
        (draft["id"], "RETURNED"), (second["id"], "REPLACED"), (third["id"], "FILED"),
    }  # fmt: skip
    assert told["address"] == {"state": "I830_FILED", "ended": True}


async def test_what_is_entered_in_planet_and_earm_fails_and_is_tried_again(ask, houston):
    _, one = await houston()
    text = f"""mutation ($input: RecordSyncInput!) {{ recordSync(input: $input) {{
      ... on FollowUpAdvanced {{ step {{ to }} }} {REFUSED} }} }}"""

    async def sync(who, system, outcome, **more):
        said = {
            "id": one,
            "system": system,
            "outcome": outcome,
            "key": f"{system} {outcome}",
            **more,
        }
        return (await ask.seen_by(who)(text, input=said))["recordSync"]

    assert (await sync(FOJC, "PLANET", "ENTERED"))["reason"] == "NOT_YOUR_STEP"
    assert (await sync(OPLA, "PLANET", "FAILED"))["reason"] == "NO_REASON"
    failed = await sync(OPLA, "PLANET", "FAILED", reason="It was down.")
    assert failed["step"]["to"] == "PLANET_FAILED"
    assert (await sync(OPLA, "PLANET", "ENTERED"))["legal"] == ["RETRY_PLANET"]
    assert (await sync(OPLA, "PLANET", "RETRIED"))["step"]["to"] == "PLANET_RETRIED"
    assert (await sync(OPLA, "PLANET", "ENTERED"))["step"]["to"] == "EARM_DUE"
    assert (await sync(FOJC, "EARM", "ENTERED"))["step"]["to"] == "RECORDED"
    refused = await advance(ask, one, "UPDATE_EARM", FOJC)
    assert (refused["reason"], "recordSync" in refused["message"]) == ("HAS_ITS_OWN_MUTATION", True)


async def test_a_sealed_childs_follow_up_is_there_for_nobody_and_raises_nothing(
    ask, world, session
):
    child = await world.a_child()
    hearing = await world.a_hearing(child, words=MISSED, day=DAY)
    session.run("MATCH (c:Child {id: $id}) SET c:Sealed", id=child).consume()
    done = take(session, lambda: opening(NOW))
    assert (done.follow_ups, done.notices) == (1, 0)
    for asked in ("{ followUps { edges { node { id } } } }", "{ caseloads { step } }"):
        (answer,) = (await ask.seen_by(ORR)(asked)).values()
        assert answer in ({"edges": []}, [])
    assert (await queue(ask, ORR, actor="ERO"))["edges"] == []
    assert (await ask.seen_by(ORR)(ONE, id=follow_up_id(hearing)))["followUp"] is None
