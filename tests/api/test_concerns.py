"""A concern goes to whoever is competent where she lives; anybody raises one, few read it."""

from dataclasses import replace
from datetime import date

import pytest

from graph.sharing import SEES_EVERYTHING
from tests.api.seeing import somebody

REFUSED = "... on WelfareRefused { reason message }"
READ = """id kind text state version routedTo raisedBy raisedAs child { id } address { state }
  steps { state agencies by text rule }"""
RAISE = f"""mutation ($input: RaiseConcernInput!) {{ raiseConcern(input: $input) {{
  __typename ... on ConcernRaised {{ reference raisedAt }} {REFUSED} }} }}"""
ROUTE = f"""mutation ($input: RouteConcernInput!) {{ routeConcern(input: $input) {{
  __typename ... on ConcernAdvanced {{ concern {{ {READ} }} }} {REFUSED} }} }}"""
ACKNOWLEDGE = f"""mutation ($input: AcknowledgeConcernInput!) {{ acknowledgeConcern(input: $input) {{
  __typename ... on ConcernAdvanced {{ concern {{ {READ} }} }} {REFUSED} }} }}"""
OUTCOME = f"""mutation ($input: RecordConcernOutcomeInput!) {{ recordConcernOutcome(input: $input) {{
  __typename ... on ConcernAdvanced {{ concern {{ {READ} }} }} {REFUSED} }} }}"""
ONE = f"query ($id: ID!) {{ concern(id: $id) {{ {READ} }} }}"
LISTED = """query ($state: ConcernState, $after: String) { concerns(state: $state, first: 2, after: $after)
  { edges { node { id state } } pageInfo { hasNextPage endCursor } } }"""
TRIAGE = somebody("ORR_TRIAGE", on=date(2024, 9, 1))
OFFICER = somebody("ERO_OFFICER", "office/HOUSTON")
CPS = somebody("CHILD_PROTECTIVE_SERVICES", "referral/R1")
POLICE = somebody("LAW_ENFORCEMENT", "referral/R1")


async def told(ask, text, /, **said):
    ((answer,),) = [(await ask(text, input=said)).values()]
    return answer


async def raised(ask, child, kind="UNSAFE_CONDITIONS", key="k", text="Ten people in a room."):
    return await told(ask, RAISE, childId=child, kind=kind, text=text, key=key)


async def a_child_at(world, **place):
    child = await world.a_child()
    await world.a_record(of=child)
    await world.a_record("ORR", "orr_release", of=child)
    for scope in ("office/HOUSTON", "referral/R1", "provider/P1"):
        await world.within(child, scope)
    if place:
        await world.lives_at(child, await world.an_address(**place))
    return child


def recipients(session, concern):
    rows = session.run(
        "MATCH (n:Notice {kind: 'CONCERN_REFERRAL'})-[:ABOUT]->(:Concern {id: $id})"
        " RETURN n.recipient AS to ORDER BY to",
        id=concern,
    )
    return [row["to"] for row in rows]


@pytest.mark.parametrize(
    ("kind", "routed", "names"),
    [
        ("UNSAFE_CONDITIONS", ["ORR", "CPS"], ["cps/TX", "orr/inbox"]),
        ("ABUSE_OR_NEGLECT", ["ORR", "CPS", "LAW_ENFORCEMENT"],
         ["cps/TX", "law/TX/EL_PASO", "orr/inbox"]),
        ("EXPLOITATION", ["ORR", "CPS", "LAW_ENFORCEMENT"],
         ["cps/TX", "law/TX/EL_PASO", "orr/inbox"]),
        ("WHEREABOUTS", ["ORR"], ["orr/inbox"]),
    ],
)  # fmt: skip
async def test_it_goes_by_its_kind_to_those_who_are_competent_where_she_lives(
    world, ask, session, kind, routed, names
):
    child = await a_child_at(world, city="El Paso", state="TX")
    done = await raised(ask.seen_by(OFFICER), child, kind)
    concern = (await ask(ONE, id=done["reference"]))["concern"]
    assert (concern["state"], concern["routedTo"], concern["address"]) == (
        "ROUTED", routed, {"state": "TX"},
    )  # fmt: skip
    assert recipients(session, done["reference"]) == names
    assert [step["state"] for step in concern["steps"]] == ["RAISED", "ROUTED"]
    assert "S1" in concern["steps"][1]["rule"]


async def test_without_an_address_nobody_but_orr_has_jurisdiction(world, ask, session):
    child = await a_child_at(world)
    reference = (await raised(ask, child, "ABUSE_OR_NEGLECT"))["reference"]
    concern = (await ask(ONE, id=reference))["concern"]
    assert (concern["routedTo"], concern["address"]) == (["ORR"], None)
    assert recipients(session, reference) == ["orr/inbox"]


async def test_the_latest_address_that_has_not_ended_says_whose_it_is(world, ask, session):
    child = await a_child_at(world, city="Houston", state="TX")
    moved = await world.an_address(city="Doral", state="FL")
    await world.lives_at(child, moved, reported_on=date(2024, 6, 1), source="ORR")
    left = await world.an_address(city="Reno", state="NV")
    await world.lives_at(
        child, left, reported_on=date(2024, 6, 9), valid_until=date(2024, 6, 20), source="EOIR"
    )
    reference = (await raised(ask, child))["reference"]
    assert recipients(session, reference) == ["cps/FL", "orr/inbox"]


async def test_an_officer_raises_one_and_never_reads_it_back(world, ask):
    child = await a_child_at(world, state="TX")
    asks = ask.seen_by(OFFICER)
    done = await raised(asks, child)
    assert set(done) == {"__typename", "reference", "raisedAt"}
    for text in (
        f'{{ concern(id: "{done["reference"]}") {{ id }} }}',
        "{ concerns { edges { node { id } } } }",
        f'{{ child(id: "{child}") {{ concerns {{ text }} }} }}',
        (
            f'mutation {{ acknowledgeConcern(input: {{id: "{done["reference"]}", key: "a"}})'
            " { __typename } }"
        ),
    ):
        result = await asks.result(text)
        assert {error.extensions["code"] for error in result.errors} == {"FORBIDDEN"}, text
        assert "Ten people" not in str(result.formatted)


@pytest.mark.parametrize("role", ["CARE_PROVIDER", "CHILD_PROTECTIVE_SERVICES", "LAW_ENFORCEMENT"])
async def test_whoever_sees_her_may_raise_one_and_whoever_does_not_is_told_nothing(
    world, ask, role
):
    child, other = await a_child_at(world, state="TX"), await world.a_child()
    scope = "provider/P1" if role == "CARE_PROVIDER" else "referral/R1"
    asks = ask.seen_by(somebody(role, scope))
    assert (await raised(asks, child))["__typename"] == "ConcernRaised"
    nobody = await raised(asks, "child_nobody", key="n")
    assert await raised(asks, other, key="o") == nobody
    assert nobody["reason"] == "UNKNOWN_CHILD"


async def test_sent_twice_it_is_raised_once_and_each_is_told_once(world, ask, session):
    child = await a_child_at(world, state="TX")
    first = await raised(ask, child)
    moved = await world.an_address(state="FL")
    await world.lives_at(child, moved, reported_on=date(2024, 6, 1), source="ORR")
    assert await raised(ask, child) == first
    assert (await raised(ask, child, text="Something else."))["reason"] == "KEY_REUSED"
    assert (await raised(ask, child, text=" ", key="l"))["reason"] == "NO_WORDS"
    assert recipients(session, first["reference"]) == ["cps/TX", "orr/inbox"]


async def test_it_is_acknowledged_and_then_something_comes_of_it(world, ask):
    child = await a_child_at(world, state="TX")
    reference = (await raised(ask, child))["reference"]
    cps, triage = ask.seen_by(CPS), ask.seen_by(TRIAGE)
    early = await told(cps, OUTCOME, id=reference, outcome="Visited.", key="e")
    assert early["reason"] == "NOT_LEGAL_NOW"
    assert "ACKNOWLEDGED" in early["message"]
    stale = await told(cps, ACKNOWLEDGE, id=reference, key="s", expected=7)
    assert stale["reason"] == "STALE"
    done = await told(cps, ACKNOWLEDGE, id=reference, key="a", expected=1)
    assert await told(cps, ACKNOWLEDGE, id=reference, key="a", expected=1) == done
    assert (done["concern"]["state"], done["concern"]["version"]) == ("ACKNOWLEDGED", 2)
    ended = await told(triage, OUTCOME, id=reference, outcome="She moved to her aunt.", key="o")
    assert ended["concern"]["state"] == "OUTCOME"
    assert [step["state"] for step in ended["concern"]["steps"]] == [
        "RAISED", "ROUTED", "ACKNOWLEDGED", "OUTCOME",
    ]  # fmt: skip
    late = await told(triage, ROUTE, id=reference, to=["CPS"], reason="Again.", key="r")
    assert late["reason"] == "NOT_LEGAL_NOW"


async def test_what_an_officer_is_worried_about_is_read_and_acted_on_by_whom_it_was_sent(
    world, ask
):
    """None of them may read ICE's own papers; what ICE is worried about is welfare all the same."""
    child = await a_child_at(world, state="TX")
    before = somebody("ORR_TRIAGE", on=date(2023, 12, 20))
    reference = (await raised(ask.seen_by(OFFICER), child))["reference"]
    for reader in (CPS, TRIAGE, before):
        concern = (await ask.seen_by(reader)(ONE, id=reference))["concern"]
        assert (concern["raisedAs"], len(concern["steps"])) == ("ERO_OFFICER", 2)
    done = await told(ask.seen_by(CPS), ACKNOWLEDGE, id=reference, key="a")
    assert done["concern"]["state"] == "ACKNOWLEDGED"


async def test_only_whom_it_was_sent_acts_on_it_and_only_orr_sends_it_on(world, ask, session):
    child = await a_child_at(world, city="Houston", state="TX")
    reference = (await raised(ask, child))["reference"]
    police, triage = ask.seen_by(POLICE), ask.seen_by(TRIAGE)
    refused = await told(police, ACKNOWLEDGE, id=reference, key="p")
    assert refused["reason"] == "NOT_YOUR_STEP"
    assert "CHILD_PROTECTIVE_SERVICES" in refused["message"]
    sent = await told(police, ROUTE, id=reference, to=["LAW_ENFORCEMENT"], reason="Ours.", key="q")
    assert sent["reason"] == "NOT_YOUR_STEP"
    routed = await told(
        triage, ROUTE, id=reference, to=["LAW_ENFORCEMENT"], reason="Threats.", key="r"
    )
    assert routed["concern"]["routedTo"] == ["ORR", "CPS", "LAW_ENFORCEMENT"]
    assert recipients(session, reference) == ["cps/TX", "law/TX/HOUSTON", "orr/inbox"]
    assert (await told(police, ACKNOWLEDGE, id=reference, key="p2"))["concern"]["state"] == (
        "ACKNOWLEDGED"
    )


async def test_of_a_child_whom_one_may_not_see_there_is_no_concern(world, ask):
    child = await world.a_child()
    reference = (await raised(ask, child))["reference"]
    cps = ask.seen_by(CPS)
    assert (await cps(ONE, id=reference))["concern"] is None
    assert (await cps("{ concerns { edges { node { id } } } }"))["concerns"]["edges"] == []
    nobody = await told(cps, ACKNOWLEDGE, id="concern_nobody", key="a")
    assert await told(cps, ACKNOWLEDGE, id=reference, key="b") == nobody


async def test_it_is_of_whom_she_has_become(world, ask):
    former, heir = await world.a_child(), await world.a_child()
    reference = (await raised(ask, former))["reference"]
    await world.redirects(former, heir)
    assert (await ask(ONE, id=reference))["concern"]["child"] == {"id": heir}
    hers = await ask("query ($id: ID!) { child(id: $id) { concerns { id } } }", id=heir)
    assert hers["child"]["concerns"] == [{"id": reference}]


async def test_they_are_listed_from_the_one_that_waits_longest(world, ask):
    child = await world.a_child()
    made = [(await raised(ask, child, key=str(n)))["reference"] for n in range(4)]
    await told(ask.seen_by(replace(SEES_EVERYTHING, name="x")), ACKNOWLEDGE, id=made[1], key="a")
    found: list[str] = []
    after = None
    while not found or after:
        page = (await ask(LISTED, state="ROUTED", after=after))["concerns"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert found == [made[0], made[2], made[3]]
