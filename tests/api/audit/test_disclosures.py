"""To whom was she told? Asked by privacy officers, who are audited like everybody."""

import pytest

from graph.sharing import SEES_EVERYTHING
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import ViewerRole
from tests.api.audit.asking import BASIS, Audited, an_officer, somebody

DISCLOSURES = """query ($id: ID!, $first: Int! = 20, $before: Int) {
  disclosures(childId: $id, first: $first, before: $before) { next disclosures {
    number at who role agency purpose basis case asks fields through } } }"""
LOG = """query ($viewer: String, $purpose: String, $from: Date, $until: Date) {
  auditLog(viewer: $viewer, purpose: $purpose, from: $from, until: $until) { next rows {
    number at kind who role purpose asks fields withheld refused about seen reason } } }"""
NAME = "query ($id: ID!) { child(id: $id) { fullName } }"


@pytest.fixture
async def audited(async_door, tmp_path):
    asked = Audited(async_door, tmp_path)
    yield asked
    await asked.audit.close()


async def told(audited, child, **page):
    answer = await audited(an_officer(), DISCLOSURES, id=child, **page)
    return answer["disclosures"]["disclosures"]


async def test_who_when_why_and_which_fields(world, audited):
    child = await world.a_child()
    await audited(somebody(name="hhs/eva"), NAME, id=child)
    (one,) = await told(audited, child)
    assert one["at"].endswith("+00:00")
    assert (one["who"], one["role"], one["agency"]) == ("hhs/eva", "ORR_CASEWORKER", "ORR")
    assert (one["purpose"], one["basis"], one["case"]) == ("CASE_MANAGEMENT", BASIS, None)
    assert one["asks"] == "query child"
    assert one["fields"] == ["Child.fullName", "Query.child"]
    assert one["through"] == [child]


async def test_what_was_told_of_her_hearings_records_and_addresses_counts(world, audited):
    child = await world.a_child()
    hearing = await world.a_hearing(child)
    address = await world.an_address()
    report = await world.lives_at(child, address)
    record = await world.a_record(of=child)
    await audited(somebody(), '{ hearings(court: "HOU") { edges { node { date } } } }')
    await audited(somebody(), "query ($id: ID!) { node(id: $id) { id } }", id=record)
    history = "query ($id: ID!) { child(id: $id) { addressHistory { id } } }"
    await audited(somebody(), history, id=child)
    through = [set(one["through"]) for one in await told(audited, child)]
    assert through == [{child, report}, {record}, {hearing}]


async def test_what_is_said_of_her_is_found_where_she_is_not_named_beside_it(world, audited):
    child, sponsor, address = (
        await world.a_child(), await world.a_sponsor(), await world.an_address()
    )  # fmt: skip
    release = await world.released_to(child, sponsor)
    report = await world.lives_at(child, address)
    of_the_place = "query ($id: ID!) { address(id: $id) { residents { kind } } }"
    of_the_sponsor = "query ($id: ID!) { sponsor(id: $id) { releases { relationship } } }"
    await audited(somebody(), of_the_place, id=address)
    await audited(somebody(), of_the_sponsor, id=sponsor)
    assert [one["through"] for one in await told(audited, child)] == [[release], [report]]


async def test_what_hangs_on_her_is_found_by_her_own_id(world, audited):
    child, sponsor, address = (
        await world.a_child(), await world.a_sponsor(), await world.an_address()
    )  # fmt: skip
    await world.released_to(child, sponsor)
    await world.lives_at(child, address)
    hers = "{ addressHistory { kind address { city } } releases { relationship } }"
    await audited(somebody(), f"query ($id: ID!) {{ child(id: $id) {hers} }}", id=child)
    assert [one["through"] for one in await told(audited, child)] == [[child]]
    (row,) = audited.rows[:1]
    assert row["seen"] == sorted([address, child])


async def test_of_another_child_nothing_is_told(world, audited):
    child, other = await world.a_child(), await world.a_child()
    await audited(somebody(), NAME, id=other)
    assert await told(audited, child) == []


async def test_whoever_asked_and_was_not_told_is_no_disclosure(world, audited):
    child = await world.a_child()
    await audited.response(somebody(), "{ auditLog { next } }")
    await audited(somebody(ViewerRole.ERO_OFFICER, "COURT_NOTICE", "ice/o"), NAME, id=child)
    assert await told(audited, child) == []


async def test_a_page_goes_on_where_the_one_before_ended(world, audited):
    child = await world.a_child()
    for number in range(5):
        await audited(somebody(name=f"hhs/{number}"), NAME, id=child)
    names, before = [], None
    while True:
        page = await audited(an_officer(), DISCLOSURES, id=child, first=2, before=before)
        names += [one["who"] for one in page["disclosures"]["disclosures"]]
        before = page["disclosures"]["next"]
        if before is None:
            break
    assert [name for name in names if name != "dhs/privacy"] == [
        f"hhs/{n}" for n in (4, 3, 2, 1, 0)
    ]


async def test_a_child_whom_the_graph_has_no_more_is_found_by_her_id(world, audited):
    child = await world.a_child()
    await audited(somebody(), NAME, id=child)
    await world._create("MATCH (c:Child {id: $id}) DETACH DELETE c", id=child)
    assert [one["through"] for one in await told(audited, child)] == [[child]]


async def test_a_privacy_officer_s_own_reading_is_in_the_log(world, audited):
    child = await world.a_child()
    await told(audited, child)
    log = await audited(an_officer("dhs/other"), LOG)
    (row,) = log["auditLog"]["rows"]
    assert (row["who"], row["purpose"], row["asks"]) == (
        "dhs/privacy", "PRIVACY_AUDIT", "query disclosures",
    )  # fmt: skip
    assert row["about"] == [child]
    log = await audited(an_officer("dhs/third"), LOG, viewer="dhs/other")
    assert [one["asks"] for one in log["auditLog"]["rows"]] == ["query auditLog"]


async def test_the_log_is_asked_by_viewer_purpose_and_day(world, audited):
    await audited(somebody(name="hhs/a"), NAME, id="child_x")
    await audited(somebody(name="hhs/b", purpose="CHILD_SAFETY"), NAME, id="child_x")
    day = audited.rows[0]["at"][:10]

    async def asked_by(**filters):
        log = await audited(SEES_EVERYTHING, LOG, **filters)
        return [row["who"] for row in log["auditLog"]["rows"] if row["who"].startswith("hhs")]

    assert await asked_by() == ["hhs/b", "hhs/a"]
    assert await asked_by(viewer="hhs/a") == ["hhs/a"]
    assert await asked_by(purpose="CHILD_SAFETY") == ["hhs/b"]
    assert await asked_by(**{"from": day}) == ["hhs/b", "hhs/a"]
    assert await asked_by(until=day) == []
    assert await asked_by(**{"from": "2999-01-01"}) == []


async def test_a_refusal_is_in_the_log_with_its_fields(world, audited):
    await audited.response(somebody(), "{ auditLog { next } }")
    log = await audited(an_officer(), LOG)
    (row,) = log["auditLog"]["rows"]
    assert (row["kind"], row["reason"]) == ("REFUSED", "closed")
    assert "Query.auditLog" in row["refused"]


@pytest.mark.parametrize("role", [role for role in ViewerRole if role != "PRIVACY_OFFICER"])
async def test_nobody_but_a_privacy_officer_reads_the_audit(audited, role):
    asker = somebody(role, ROLES[role].purposes[0])
    for question in ("{ auditLog { next } }", '{ disclosures(childId: "x") { next } }'):
        response = await audited.response(asker, question)
        assert response.result.errors[0].extensions == {"code": "FORBIDDEN"}


async def test_a_page_that_is_too_large_is_refused(audited):
    response = await audited.response(an_officer(), "{ auditLog(first: 101) { next } }")
    assert "between 1 and 100" in response.result.errors[0].message
