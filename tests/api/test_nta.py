"""A child's Notice to Appear: four facts, and reasons where there is none."""

from datetime import date

import pytest

from graph.sharing import Gate, Viewer
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Category, Outcome, ScopeKind, ViewerRole

ENFORCEMENT, COURT, RELIEF = SharingClass.ENFORCEMENT, SharingClass.COURT, SharingClass.RELIEF
NOTICE = """query ($id: ID!, $knownAt: Date) { child(id: $id) {
  noticeToAppear(knownAt: $knownAt) {
    stage issuedBy issuedOn servedOn serviceMethod filedOn scheduledFor differing
    service { fit } statements { source filedOn record { table } } } } }"""
WITHOUT = """query ($id: ID!, $knownAt: Date) { child(id: $id) { withoutNotice(knownAt: $knownAt) {
  reason grounds { reason basis records saidBy note } } } }"""
SAY = """mutation ($input: RecordWithoutNoticeInput!) { recordWithoutNotice(input: $input) {
  __typename ... on WithoutNoticeRecorded { child { id withoutNotice { reason } } }
  ... on WithoutNoticeRefused { reason message } } }"""


def viewer(role, scope=ScopeKind.EVERYONE, scopes=(), name="oscar"):
    gate = Gate(role, scope, dict.fromkeys(Category, Outcome.ALLOW))
    return Viewer(name, gate=gate, role=role, scopes=frozenset(scopes))


OFFICER = viewer(ViewerRole.ERO_OFFICER, ScopeKind.OFFICE, ["office/HOUSTON"])


def without(*classes):
    return Viewer("desk", withheld=frozenset(classes))


async def notice_of(ask, child, **how):
    return (await ask(NOTICE, id=child, **how))["child"]["noticeToAppear"]


async def reasons(ask, child, **how):
    found = (await ask(WITHOUT, id=child, **how))["child"]["withoutNotice"]
    return found and [ground["reason"] for ground in found["grounds"]]


async def a_notice(world, child, **said):
    told = {"issuedBy": "ICE", "issuedOn": date(2023, 4, 1)} | said
    return await world.paper_says(
        child, "NTA_STATED_IN", "nta", source="NTA", sharing=ENFORCEMENT, **told
    )


async def transferred(world, child):
    on = date(2023, 3, 3)
    return await world.paper_says(
        child, "TRANSFER_STATED_IN", "earm", source="EARM", sharing=ENFORCEMENT, on=on
    )


async def test_issued_served_filed_and_scheduled_are_four_facts(world, ask):
    child = await world.a_child(date_of_birth=date(2009, 6, 2))
    await a_notice(world, child, servedOn=date(2023, 6, 1), serviceMethod="PERSONAL")
    await world.paper_says(child, "NTA_STATED_IN", "planet", source="PLANET", sharing=ENFORCEMENT,
                       filedOn=date(2023, 7, 2))  # fmt: skip
    await world.a_hearing(child, day=date(2023, 10, 5))
    assert await notice_of(ask, child) == {
        "stage": "HEARING_SCHEDULED", "issuedBy": "ICE", "issuedOn": "2023-04-01",
        "servedOn": "2023-06-01", "serviceMethod": "PERSONAL", "filedOn": "2023-07-02",
        "scheduledFor": "2023-10-05", "differing": False,
        "service": {"fit": "UNDER_14_OTHERWISE"},
        "statements": [
            {"source": "NTA", "filedOn": None, "record": {"table": "nta"}},
            {"source": "PLANET", "filedOn": "2023-07-02", "record": {"table": "planet"}},
        ],
    }  # fmt: skip
    assert len(ask.statements) == 1


async def test_a_notice_is_what_was_known_of_it_by_then(world, ask):
    child = await world.a_child()
    await a_notice(world, child, servedOn=date(2023, 4, 2))
    assert await notice_of(ask, child, knownAt="2024-02-29") is None
    assert (await notice_of(ask, child, knownAt="2024-03-01"))["stage"] == "SERVED"


async def test_what_a_withheld_paper_says_is_not_told(world, ask):
    child = await world.a_child()
    await world.a_record("USCIS", "uscis_relief", of=child)
    await a_notice(world, child, servedOn=date(2023, 4, 2))
    assert await notice_of(ask.seen_by(without(ENFORCEMENT)), child) is None


async def test_a_child_in_care_has_none_because_she_is_in_care(world, ask):
    child = await world.a_child()
    record = await transferred(world, child)
    found = (await ask(WITHOUT, id=child))["child"]["withoutNotice"]
    assert found == {
        "reason": "IN_ORR_CUSTODY",
        "grounds": [{"reason": "IN_ORR_CUSTODY", "basis": "RECORDS", "records": [record],
                     "saidBy": None, "note": None}],
    }  # fmt: skip
    await world.a_record("VOR", "vor", of=child)
    assert await reasons(ask, child) == ["UNKNOWN"]


async def test_a_petition_that_is_pending_is_a_reason_and_one_decided_is_none(world, ask):
    child = await world.a_child()
    await world.a_record(of=child)
    relief = {"source": "USCIS", "sharing": RELIEF, "kind": "SIJ"}
    await world.paper_says(child, "RELIEF_STATED_IN", "uscis_relief", status="GRANTED",
                       decidedOn=date(2024, 1, 1), **relief)  # fmt: skip
    assert await reasons(ask, child) == ["UNKNOWN"]
    await world.paper_says(child, "RELIEF_STATED_IN", "uscis_relief", status="PENDING", **relief)
    assert await reasons(ask, child) == ["RELIEF_PENDING_USCIS"]
    assert await reasons(ask.seen_by(without(RELIEF)), child) == ["UNKNOWN"]


async def test_none_is_said_where_she_was_served_or_has_a_hearing(world, ask):
    issued, served, heard = [await world.a_child() for _ in range(3)]
    await a_notice(world, issued)
    await a_notice(world, served, servedOn=date(2023, 4, 2))
    await world.a_hearing(heard)
    assert await reasons(ask, issued) == ["UNKNOWN"]
    assert await reasons(ask, served) is None
    assert await reasons(ask, heard) is None


@pytest.mark.parametrize("closed", [ENFORCEMENT, COURT])
async def test_whoever_may_not_read_the_papers_is_told_nothing(world, ask, closed):
    child = await world.a_child()
    await world.a_record("USCIS", "uscis_relief", of=child)
    assert await reasons(ask.seen_by(without(closed)), child) is None


async def say(ask, child, reason="SEEKING_COUNSEL", key="k", **more):
    answer = await ask(SAY, input={"childId": child, "reason": reason, "key": key, **more})
    return answer["recordWithoutNotice"]


async def test_ero_says_why_once_however_often_it_is_sent(world, ask, session):
    child = await world.a_child()
    await world.within(child, "office/HOUSTON")
    await world.a_record(of=child)
    officer = ask.seen_by(OFFICER)
    for _ in range(2):
        told = await say(officer, child, note="Until June.")
        assert told["child"] == {"id": child, "withoutNotice": {"reason": "SEEKING_COUNSEL"}}
    assert (await say(officer, child, "RESOURCE_CONSTRAINT"))["reason"] == "KEY_REUSED"
    await say(officer, child, "RESOURCE_CONSTRAINT", key="later")
    assert await reasons(ask, child) == ["RESOURCE_CONSTRAINT"]
    (kept,) = session.run("MATCH (w:NoticeWord) RETURN count(w) AS n").single()
    assert kept == 2


async def test_each_refusal_says_what_to_do(world, ask):
    theirs, others = await world.a_child(), await world.a_child()
    for child, office in ((theirs, "office/HOUSTON"), (others, "office/DALLAS")):
        await world.within(child, office)
        await world.a_record(of=child)
    officer = ask.seen_by(OFFICER)
    refusals = [
        await say(officer, others),
        await say(officer, "child_nobody"),
        await say(officer, theirs, "IN_ORR_CUSTODY"),
        await say(officer, theirs, key=" "),
        await say(officer, theirs, note="x" * 2_001),
        await say(ask.seen_by(viewer(ViewerRole.OPLA_ATTORNEY)), theirs),
    ]
    assert [one["reason"] for one in refusals] == [
        "UNKNOWN_CHILD", "UNKNOWN_CHILD", "READ_FROM_RECORDS", "NO_KEY", "NOTE_TOO_LONG",
        "NOT_YOURS_TO_SAY",
    ]  # fmt: skip
    assert refusals[0] == refusals[1]
    await a_notice(world, theirs, servedOn=date(2023, 4, 2))
    assert (await say(officer, theirs))["reason"] == "HAS_NOTICE"
