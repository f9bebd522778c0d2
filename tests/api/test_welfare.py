"""Calls, services and checks: what is recorded, by whom, and the ledger that has them all."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from graph.sharing import SEES_EVERYTHING, Viewer
from graph.vocabulary.evidence import SharingClass
from tests.api.seeing import somebody

TOUCH = "touchpoint { id kind leg on outcome reached agency source recordedBy note record { id } }"
REFUSED = "... on WelfareRefused { reason message }"
CALL = f"""mutation ($input: RecordCallInput!) {{ recordCall(input: $input) {{
  __typename ... on CallRecorded {{ {TOUCH} }} {REFUSED} }} }}"""
SERVE = f"""mutation ($input: RecordServiceInput!) {{ recordService(input: $input) {{
  __typename ... on ServiceRecorded {{ {TOUCH} }} {REFUSED} }} }}"""
CHECK = "check { id state reason followUpId requestedBy outcome { outcome on } }"
REQUEST = f"""mutation ($input: RequestWellnessCheckInput!) {{ requestWellnessCheck(input: $input) {{
  __typename ... on WellnessCheckRequested {{ {CHECK} }} {REFUSED} }} }}"""
CHECKED = f"""mutation ($input: RecordWellnessOutcomeInput!) {{ recordWellnessOutcome(input: $input) {{
  __typename ... on WellnessOutcomeRecorded {{ {CHECK} }} {REFUSED} }} }}"""
LEDGER = """query ($id: ID!, $asOf: Date, $knownAt: Date) { child(id: $id) {
  touchpoints(asOf: $asOf, knownAt: $knownAt) { edges { node { kind on reached source } } } } }"""


async def told(ask, text, /, **said):
    ((answer,),) = [(await ask(text, input=said)).values()]
    return answer


async def called(ask, child, on="2024-06-20", outcome="REACHED", *, key="k", leg="CHILD", **more):
    said = {"kind": "CALL_30_DAY", "leg": leg, "on": on, "outcome": outcome, "key": key, **more}
    return await told(ask, CALL, childId=child, **said)


async def ledger(ask, child, **days):
    answer = await ask(LEDGER, id=child, **days)
    return [
        (edge["node"]["kind"], edge["node"]["on"], edge["node"]["reached"])
        for edge in answer["child"]["touchpoints"]["edges"]
    ]


async def test_a_call_is_recorded_under_the_callers_name_and_stands_in_the_ledger(world, ask):
    child = await world.a_child()
    done = await called(ask, child, note="She goes to school.")
    touch = done["touchpoint"]
    assert touch.pop("id").startswith("touch_")
    assert touch == {
        "kind": "CALL_30_DAY", "leg": "CHILD", "on": "2024-06-20", "outcome": "REACHED",
        "reached": True, "agency": None, "source": None, "recordedBy": "sees-everything",
        "note": "She goes to school.", "record": None,
    }  # fmt: skip
    assert await ledger(ask, child) == [("CALL_30_DAY", "2024-06-20", True)]


async def test_sent_twice_a_call_is_recorded_once_and_a_key_is_used_for_one_thing(world, ask):
    child, other = await world.a_child(), await world.a_child()
    first, second = await asyncio.gather(called(ask, child), called(ask, child))
    assert first == second
    assert (await called(ask, other))["reason"] == "KEY_REUSED"
    assert (await called(ask, child, outcome="NO_ANSWER"))["reason"] == "KEY_REUSED"
    somebodys = ask.seen_by(replace(SEES_EVERYTHING, name="tom"))
    assert (await called(somebodys, child))["__typename"] == "CallRecorded"
    assert len(await ledger(ask, child)) == 2
    assert await ledger(ask, other) == []


async def test_what_cannot_be_is_refused_with_what_to_do(world, ask):
    child = await world.a_child()
    for more, reason, word in (
        ({"on": "2024-07-02"}, "NO_SUCH_DAY", "not after today"),
        ({"on": "1899-01-01"}, "NO_SUCH_DAY", "day"),
        ({"outcome": "OPEN"}, "NO_SUCH_OUTCOME", "REACHED"),
        ({"key": " "}, "NO_KEY", "key of your own"),
    ):
        refused = await called(ask, child, **more)
        assert refused["reason"] == reason, more
        assert word in refused["message"]
    assert (await called(ask, "child_nobody"))["reason"] == "UNKNOWN_CHILD"
    assert (await called(ask, child, on="2024-07-01"))["__typename"] == "CallRecorded"
    assert len(await ledger(ask, child)) == 1


@pytest.mark.parametrize(
    ("role", "scope", "reason"),
    [
        ("ORR_TRIAGE", None, None),
        ("ORR_CASEWORKER", None, None),
        ("CARE_PROVIDER", "provider/P1", None),
        ("ERO_FOJC", "office/HOUSTON", "NOT_YOUR_STEP"),
        ("OPLA_ATTORNEY", "docket/HOU", "NOT_YOUR_STEP"),
        ("LAW_ENFORCEMENT", "referral/R1", "NOT_YOUR_STEP"),
    ],
)
async def test_orr_and_its_providers_record_calls_and_nobody_else(world, ask, role, scope, reason):
    child = await world.a_child()
    await world.a_record("ORR", "orr_release", of=child)
    for one in ("provider/P1", "office/HOUSTON", "docket/HOU", "referral/R1"):
        await world.within(child, one)
    asks = ask.seen_by(somebody(role, *filter(None, [scope])))
    assert (await called(asks, child)).get("reason") == reason
    assert len(await ledger(ask, child)) == (reason is None)


async def test_whoever_may_not_see_her_is_told_that_there_is_no_such_child(world, ask):
    child = await world.a_child()
    await world.a_record("ORR", "orr_release", of=child)
    provider = ask.seen_by(somebody("CARE_PROVIDER", "provider/P1"))
    nobody = await called(provider, "child_nobody")
    assert await called(provider, child) == nobody
    assert nobody["reason"] == "UNKNOWN_CHILD"
    assert await ledger(ask, child) == []


async def a_long_story(world, child):
    """Released, served, called in vain and then reached, given a service, heard; all in files."""
    await world.released_to(child, await world.a_sponsor(), released_on=date(2023, 1, 5))
    await world.stated(
        child, "NTA_STATED_IN", servedOn=date(2023, 1, 20), serviceMethod="PERSONAL",
        source="NTA", table="nta", sharing=SharingClass.ENFORCEMENT,
    )  # fmt: skip
    await world.stated(
        child, "NTA_STATED_IN", servedOn=date(2023, 1, 1), serviceMethod="MAIL",
        source="NTA", table="nta", sharing=SharingClass.ENFORCEMENT,
    )  # fmt: skip
    await world.a_contact(child, on=date(2023, 2, 4), outcome="NO_ANSWER")
    await world.a_contact(child, on=date(2023, 2, 6), leg="SPONSOR")
    await world.a_contact(child, "POST_RELEASE_SERVICE", on=date(2023, 5, 1), outcome="OPEN")
    await world.a_contact(child, "HELPLINE", on=date(2023, 6, 1), outcome="CLOSED")
    await world.a_contact(child, "WELLNESS_CHECK", on=date(2023, 7, 1), outcome="UNABLE_TO_LOCATE")
    await world.a_hearing(child, day=date(2024, 3, 3), words=[("EOIR", "APPEARED")])
    await world.a_hearing(child, day=date(2024, 6, 6), words=[("PLANET", "FAILED_TO_APPEAR")])


async def test_files_and_people_stand_in_one_ledger(world, ask):
    child = await world.a_child()
    await a_long_story(world, child)
    await called(ask, child, "2024-06-20", "REFUSED")
    assert await ledger(ask, child) == [
        ("CALL_30_DAY", "2024-06-20", False),
        ("APPEARED", "2024-03-03", True),
        ("WELLNESS_CHECK", "2023-07-01", False),
        ("HELPLINE", "2023-06-01", True),
        ("POST_RELEASE_SERVICE", "2023-05-01", True),
        ("CALL_30_DAY", "2023-02-06", True),
        ("CALL_30_DAY", "2023-02-04", False),
        ("NOTICE_SERVED", "2023-01-20", True),
        ("RELEASED", "2023-01-05", True),
    ]


async def test_the_ledger_is_as_of_a_day_and_as_known_by_one(world, ask):
    child = await world.a_child()
    await a_long_story(world, child)
    await called(ask, child, "2023-02-05")
    assert (await ledger(ask, child, asOf="2023-02-05"))[0] == ("CALL_30_DAY", "2023-02-05", True)
    known = await ledger(ask, child, asOf="2023-02-05", knownAt="2023-02-05")
    assert [kind for kind, *_ in known] == ["CALL_30_DAY", "NOTICE_SERVED", "RELEASED"]
    assert known[0] == ("CALL_30_DAY", "2023-02-04", False)


@pytest.mark.parametrize(
    ("withheld", "left"),
    [
        ("WELFARE", {"APPEARED", "NOTICE_SERVED", "RELEASED"}),
        ("ENFORCEMENT", {"RELEASED", "APPEARED", "HELPLINE", "CALL_30_DAY",
                         "POST_RELEASE_SERVICE", "WELLNESS_CHECK"}),
    ],
)  # fmt: skip
async def test_a_word_of_a_class_that_is_withheld_is_not_there(world, ask, withheld, left):
    child = await world.a_child()
    await a_long_story(world, child)
    await world.a_record("ORR", "orr_release", of=child)
    await world.a_record("EOIR", "eoir_case", of=child)
    await called(ask, child)
    asks = ask.seen_by(Viewer("t", frozenset({SharingClass(withheld)})))
    assert {kind for kind, *_ in await ledger(asks, child)} == left


async def test_what_was_recorded_of_her_is_hers_whoever_she_has_become(world, ask):
    former, heir = await world.a_child(), await world.a_child()
    await called(ask, former)
    await world.redirects(former, heir)
    await called(ask, former, "2024-06-21", key="later")
    assert [on for _, on, _ in await ledger(ask, heir)] == ["2024-06-21", "2024-06-20"]
    assert (await called(ask, former))["__typename"] == "CallRecorded"


async def test_a_service_is_opened_and_closed(world, ask):
    child = await world.a_child()
    said = {"childId": child, "on": "2024-05-01", "outcome": "OPEN", "key": "s"}
    opened = await told(ask, SERVE, **said)
    assert opened["touchpoint"]["kind"] == "POST_RELEASE_SERVICE"
    wrong = await told(ask, SERVE, **{**said, "outcome": "NO_ANSWER", "key": "t"})
    assert wrong["reason"] == "NO_SUCH_OUTCOME"
    await told(ask, SERVE, **{**said, "on": "2024-06-01", "outcome": "CLOSED", "key": "u"})
    assert [on for _, on, _ in await ledger(ask, child)] == ["2024-06-01", "2024-05-01"]


async def test_a_check_is_asked_for_once_and_its_outcome_recorded_once(world, ask):
    child = await world.a_child()
    wanted = {"childId": child, "reason": "She failed to appear.", "key": "w"}
    done = await told(ask, REQUEST, **wanted)
    assert await told(ask, REQUEST, **wanted) == done
    check = done["check"]
    assert (check["state"], check["outcome"]) == ("REQUESTED", None)
    assert await ledger(ask, child) == []
    found = {"id": check["id"], "outcome": "SAFE", "on": "2024-06-30", "key": "x"}
    assert (await told(ask, CHECKED, **{**found, "outcome": "REACHED"}))["reason"] == (
        "NO_SUCH_OUTCOME"
    )
    ended = await told(ask, CHECKED, **found)
    assert await told(ask, CHECKED, **found) == ended
    assert (ended["check"]["state"], ended["check"]["outcome"]["on"]) == ("SAFE", "2024-06-30")
    again = await told(ask, CHECKED, **{**found, "outcome": "CONCERN", "key": "y"})
    assert again["reason"] == "NOT_LEGAL_NOW"
    assert await ledger(ask, child) == [("WELLNESS_CHECK", "2024-06-30", True)]
    listed = "query ($id: ID!) { child(id: $id) { wellnessChecks { id state } } }"
    answer = await ask(listed, id=child)
    assert answer["child"]["wellnessChecks"] == [{"id": check["id"], "state": "SAFE"}]


async def test_ice_asks_for_no_check_and_a_check_of_somebody_unseen_is_none(world, ask):
    child = await world.a_child()
    await world.a_record(of=child)
    await world.within(child, "office/HOUSTON")
    officer = ask.seen_by(somebody("ERO_FOJC", "office/HOUSTON"))
    wanted = {"childId": child, "reason": "I saw her.", "key": "w"}
    assert (await told(officer, REQUEST, **wanted))["reason"] == "NOT_YOUR_STEP"
    check = (await told(ask, REQUEST, **wanted))["check"]["id"]
    found = {"id": check, "outcome": "SAFE", "on": "2024-06-30", "key": "x"}
    elsewhere = ask.seen_by(somebody("CARE_PROVIDER", "provider/P1"))
    nobody = await told(elsewhere, CHECKED, **{**found, "id": "check_nobody"})
    assert await told(elsewhere, CHECKED, **found) == nobody
    assert nobody["reason"] == "UNKNOWN_CHECK"
