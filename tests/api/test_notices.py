"""A notice is looked up by its reference, by whoever may see what it is about, and by nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from graph.following.opening import follow_up_id, opening
from graph.vocabulary.notices import NoticeKind
from graph.writes.notices import raised, raising
from graph.writes.steps import take
from tests.api.seeing import somebody

MISSED = (("EOIR", "FAILED_TO_APPEAR"),)
NOW = datetime(2024, 9, 2, 12, tzinfo=UTC)
ON = date(2024, 9, 2)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
ONE = "query ($reference: String!) { notice(reference: $reference) { kind recipient state } }"
WHOSE = """query ($reference: String!) { notice(reference: $reference) {
  rule due acknowledgeBy attempts { number } followUp { id child { id } } } }"""
LISTED = """query ($state: NoticeState, $kind: NoticeKind, $recipient: String) {
  notices(state: $state, kind: $kind, recipient: $recipient) { edges { node { reference } } } }"""
ACKNOWLEDGE = """mutation ($reference: String!, $key: String!) {
  acknowledgeNotice(input: {reference: $reference, key: $key}) {
    ... on NoticeAcknowledged { notice { state acknowledgedBy acknowledgedAt
      followUp { safety { state } address { state } } } }
    ... on NoticeRefused { reason message } } }"""

TRIED = """mutation ($reference: String!) {
  acknowledgeNotice(input: {reference: $reference, key: "k"}) {
    ... on NoticeAcknowledged { notice { state } } ... on NoticeRefused { reason } } }"""


@pytest.fixture
async def missed(world, session):
    """A child of Houston failed to appear: her notices' references by kind, and her follow-up."""
    child = await world.a_child()
    await world.within(child, "office/HOUSTON")
    record = await world.a_record("EARM", "earm", of=child)
    hearing = await world.a_hearing(child, words=MISSED, day=date(2024, 8, 6))
    assert record
    take(session, lambda: opening(NOW))
    return {"child": child, "followUp": follow_up_id(hearing), **references(session)}


def references(session):
    rows = session.run("MATCH (n:Notice) RETURN n.kind AS kind, n.reference AS reference")
    return {row["kind"]: row["reference"] for row in rows}


def role(name, *scopes):
    return somebody(name, *scopes, on=ON)


async def test_whoever_may_see_the_child_is_told_what_it_is_about(ask, missed):
    for viewer in (role("ORR_TRIAGE"), role("ERO_FOJC", "office/HOUSTON")):
        told = await ask.seen_by(viewer)(WHOSE, reference=missed["ORR_NOTICE"])
        assert told["notice"]["followUp"] == {
            "id": missed["followUp"], "child": {"id": missed["child"]},
        }  # fmt: skip
        assert told["notice"]["rule"] == "ero-broadcast-2024-08/notify-orr"


@pytest.mark.parametrize(
    ("who", "scopes"),
    [
        ("ERO_FOJC", ("office/MIAMI",)),
        ("OPLA_JUV_POC", ("docket/MIA",)),
        ("CHILD_PROTECTIVE_SERVICES", ()),
        ("LAW_ENFORCEMENT", ()),
    ],
)
async def test_to_anybody_else_there_is_no_such_notice(ask, missed, who, scopes):
    asked = ask.seen_by(role(who, *scopes))
    for reference in (missed["ORR_NOTICE"], "neverneverneverx"):
        assert await asked(ONE, reference=reference) == {"notice": None}
        tried = await asked(TRIED, reference=reference)
        assert tried == {"acknowledgeNotice": {"reason": "UNKNOWN_NOTICE"}}
    assert await asked(LISTED) == {"notices": {"edges": []}}


@pytest.mark.parametrize("who", ["ERO_HQ", "OVERSIGHT", "CARE_PROVIDER", "EOIR_FEED"])
async def test_whose_role_has_no_notices_is_refused_before_anything_is_read(ask, missed, who):
    asked = ask.seen_by(role(who))
    result = await asked.result(ONE, reference=missed["ORR_NOTICE"])
    assert [error.extensions["code"] for error in result.errors] == ["FORBIDDEN"]
    assert asked.statements == []


async def test_who_is_sealed_is_looked_up_by_nobody(ask, missed, session):
    session.run("MATCH (c:Child)-[:HAS_HEARING]->(h) SET c:Sealed, h:Sealed").consume()
    asked = ask.seen_by(role("ORR_TRIAGE"))
    assert await asked(ONE, reference=missed["ORR_NOTICE"]) == {"notice": None}


async def test_orr_acknowledges_once_and_its_follow_up_goes_on_with_it(ask, missed):
    asked = ask.seen_by(role("ORR_TRIAGE"))
    first = await asked(ACKNOWLEDGE, reference=missed["ORR_NOTICE"], key="k")
    notice = first["acknowledgeNotice"]["notice"]
    assert (notice["state"], notice["acknowledgedBy"]) == ("ACKNOWLEDGED", "a.name")
    assert notice["followUp"]["safety"]["state"] == "ORR_ACKNOWLEDGED"
    assert await asked(ACKNOWLEDGE, reference=missed["ORR_NOTICE"], key="k") == first
    other = (await asked(ACKNOWLEDGE, reference=missed["ORR_NOTICE"], key="l"))["acknowledgeNotice"]
    assert other["reason"] == "ALREADY_ACKNOWLEDGED"


async def test_a_coordinator_acknowledges_their_own_and_not_orrs(ask, missed):
    asked = ask.seen_by(role("ERO_FOJC", "office/HOUSTON"))
    refused = await asked(ACKNOWLEDGE, reference=missed["ORR_NOTICE"], key="k")
    assert refused["acknowledgeNotice"]["reason"] == "NOT_YOURS"
    assert "ORR_TRIAGE" in refused["acknowledgeNotice"]["message"]
    done = await asked(ACKNOWLEDGE, reference=missed["FOJC_INFORM"], key="k")
    assert done["acknowledgeNotice"]["notice"]["followUp"]["address"]["state"] == "FOJC_INFORMED"


async def test_where_no_office_is_known_whoever_has_her_docket_is_told_and_says_so(
    ask, world, session
):
    child = await world.a_child()
    await world.within(child, "docket/HOU")
    await world.a_record("EARM", "earm", of=child)
    await world.a_hearing(child, words=MISSED, day=date(2024, 8, 6), court="HOU")
    take(session, lambda: opening(NOW))
    unknown = references(session)["OFFICE_UNKNOWN"]
    for who in (role("ERO_FOJC", "office/HOUSTON"), role("OPLA_JUV_POC", "docket/DAL")):
        refused = await ask.seen_by(who)(ACKNOWLEDGE, reference=unknown, key="k")
        assert refused["acknowledgeNotice"]["reason"] == "UNKNOWN_NOTICE"
    asked = ask.seen_by(role("OPLA_JUV_POC", "docket/HOU"))
    done = (await asked(ACKNOWLEDGE, reference=unknown, key="k"))["acknowledgeNotice"]["notice"]
    assert done["state"] == "ACKNOWLEDGED"
    assert done["followUp"]["address"]["state"] == "FOJC_NOTICE_DUE"
    queue = await asked("{ nextActions { edges { node { step } } } }")
    steps = {edge["node"]["step"] for edge in queue["nextActions"]["edges"]}
    assert "INFORM_FOJC" in steps


async def test_notices_are_listed_by_state_kind_and_recipient(ask, missed, session):
    session.run("MATCH (n:Notice {kind: 'FOJC_INFORM'}) SET n.state = 'DEAD'").consume()

    async def listed(**by):
        told = await ask.seen_by(role("ORR_TRIAGE"))(LISTED, **by)
        return {edge["node"]["reference"] for edge in told["notices"]["edges"]}

    assert await listed() == {missed["ORR_NOTICE"], missed["FOJC_INFORM"]}
    assert await listed(state="DEAD") == {missed["FOJC_INFORM"]}
    assert await listed(kind="ORR_NOTICE") == {missed["ORR_NOTICE"]}
    assert await listed(recipient="fojc/HOUSTON") == {missed["FOJC_INFORM"]}
    assert await listed(state="DEAD", kind="ORR_NOTICE") == set()


WORRIED = """query ($reference: String!) { notice(reference: $reference) {
  kind followUp { id } concern { id text child { id } } } }"""


async def worried(session, child, recipient="cps/TX"):
    """The reference of a notice that tells of a concern."""
    session.run(
        "MATCH (c:Child {id: $id}) CREATE (:Concern {id: 'concern_a', key: 'a', kind: 'OTHER',"
        " text: 'Alone.', state: 'ROUTED', version: 1, routedTo: ['CPS'], recordedBy: 'cara',"
        " sharingClass: 'WELFARE', raisedAt: datetime('2024-08-30')})-[:CONCERNS]->(c)",
        id=child,
    ).consume()
    row = raised(NoticeKind.CONCERN_REFERRAL, recipient, "concern_a", None, NOW, NOW)
    take(session, lambda: raising([row]))
    return row["reference"]


async def test_whoever_is_told_of_a_concern_finds_it_by_the_reference(ask, world, missed, session):
    reference = await worried(session, missed["child"])
    await world.a_record("ORR", "orr_release", of=missed["child"])
    await world.within(missed["child"], "referral/R1", holders=["a.name"], opens_until=LATER)
    for viewer in (role("ORR_TRIAGE"), role("CHILD_PROTECTIVE_SERVICES")):
        text = WORRIED if viewer.role == "ORR_TRIAGE" else WORRIED.replace("followUp { id }", "")
        told = (await ask.seen_by(viewer)(text, reference=reference))["notice"]
        assert told.pop("followUp", None) is None
        assert told == {
            "kind": "CONCERN_REFERRAL",
            "concern": {"id": "concern_a", "text": "Alone.", "child": {"id": missed["child"]}},
        }


async def test_a_notice_of_a_failure_to_appear_leads_to_no_concern(ask, missed, session):
    await worried(session, missed["child"])
    told = await ask.seen_by(role("ORR_TRIAGE"))(WORRIED, reference=missed["ORR_NOTICE"])
    assert told["notice"]["concern"] is None
    assert told["notice"]["followUp"] == {"id": missed["followUp"]}


async def test_the_way_to_a_concern_is_closed_to_ice(ask, missed, session):
    reference = await worried(session, missed["child"])
    asked = ask.seen_by(role("ERO_FOJC", "office/HOUSTON"))
    for one in (reference, missed["ORR_NOTICE"]):
        result = await asked.result(WORRIED, reference=one)
        assert "Notice.concern" in result.errors[0].message
        assert result.data is None


async def test_that_somebody_is_worried_is_nothing_for_ice(ask, missed, session):
    session.run(
        "MATCH (c:Child {id: $id}) CREATE (:Concern {id: 'concern_a'})-[:CONCERNS]->(c)",
        id=missed["child"],
    ).consume()
    row = raised(
        NoticeKind.CONCERN_REFERRAL, "orr/inbox", "concern_a", None, NOW, NOW + timedelta(days=1)
    )
    take(session, lambda: raising([row]))
    seen = {
        who: (await ask.seen_by(role(who, *scopes))(ONE, reference=row["reference"]))["notice"]
        for who, *scopes in (("ORR_TRIAGE",), ("ERO_FOJC", "office/HOUSTON"))
    }
    assert seen["ERO_FOJC"] is None
    assert seen["ORR_TRIAGE"]["kind"] == "CONCERN_REFERRAL"
