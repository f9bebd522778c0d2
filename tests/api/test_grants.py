"""Children opened to somebody for a while: by whom, for how long, and who looks at it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.connection import Door
from graph.sharing import SEES_EVERYTHING, Gate, Viewer
from graph.vocabulary.viewers import Category, Outcome, ScopeKind, ViewerRole
from graph.writes.grants import follow_redirects

NOW = datetime.now(UTC)
GRANT = "grant { id kind holders openedBy open reason closedBy verdict reviewedBy children { id } }"
REFUSED = "... on GrantRefused { reason message }"
OPEN = f"""mutation ($input: OpenScopeInput!) {{ openScope(input: $input) {{
  __typename ... on GrantOpened {{ {GRANT} }} {REFUSED} }} }}"""
CLOSE = f"""mutation ($input: CloseScopeInput!) {{ closeScope(input: $input) {{
  __typename ... on GrantClosed {{ {GRANT} }} {REFUSED} }} }}"""
BREAK = f"""mutation ($input: BreakGlassInput!) {{ breakGlass(input: $input) {{
  __typename ... on GrantOpened {{ {GRANT} }} {REFUSED} }} }}"""
REVIEW = f"""mutation ($input: ReviewBreakGlassInput!) {{ reviewBreakGlass(input: $input) {{
  __typename ... on BreakGlassReviewed {{ {GRANT} }} {REFUSED} }} }}"""
TO_REVIEW = "{ breakGlassToReview { edges { node { id holders reason } } } }"


def viewer(name, role, scope=ScopeKind.EVERYONE, scopes=()):
    gate = Gate(role, scope, dict.fromkeys(Category, Outcome.ALLOW))
    return Viewer(name, gate=gate, role=role, scopes=frozenset(scopes))


TRIAGE = viewer("tess", ViewerRole.ORR_TRIAGE)
CASEWORKER = viewer("cara", ViewerRole.ORR_CASEWORKER)
INVESTIGATOR = viewer("ines", ViewerRole.TRAFFICKING_INVESTIGATOR, ScopeKind.CASE)
PROVIDER = viewer("petra", ViewerRole.CARE_PROVIDER, ScopeKind.PROVIDER)
OFFICER = viewer("oscar", ViewerRole.ERO_OFFICER, ScopeKind.OFFICE, ["office/HOUSTON"])
PRIVACY = viewer("paul", ViewerRole.PRIVACY_OFFICER)


async def told(ask, text, **said):
    ((answer,),) = [(await ask(text, input=said)).values()]
    return answer


async def opened(ask, child, kind="CASE", holder=INVESTIGATOR, *, key="k", seconds=3600, **more):
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    said = {"kind": kind, "holders": [holder.name], "children": [child], "reason": "A referral."}
    return await told(ask, OPEN, **{**said, "until": until.isoformat(), "key": key, **more})


async def broken(ask, child, minutes=30, key="b"):
    return await told(ask, BREAK, childId=child, minutes=minutes, reason="She called.", key=key)


async def sees(ask, viewer, child):
    answer = await ask.seen_by(viewer)("query ($id: ID!) { child(id: $id) { id } }", id=child)
    return answer["child"] is not None


async def test_a_case_opens_its_children_to_its_holder_who_names_it(world, ask):
    child, other = await world.a_child(), await world.a_child()
    done = await opened(ask.seen_by(TRIAGE), child)
    assert done["grant"] == {
        "id": done["grant"]["id"], "kind": "CASE", "holders": ["ines"], "openedBy": "tess",
        "open": True, "reason": "A referral.", "closedBy": None, "verdict": None,
        "reviewedBy": None, "children": [{"id": child}],
    }  # fmt: skip
    naming = replace(INVESTIGATOR, scopes=frozenset({done["grant"]["id"]}))
    assert done["grant"]["id"].startswith("case/")
    assert await sees(ask, naming, child)
    assert not await sees(ask, naming, other)
    assert not await sees(ask, INVESTIGATOR, child)
    assert not await sees(ask, replace(naming, name="somebody else"), child)


async def test_a_provider_sees_those_assigned_to_it_until_it_is_closed(world, ask):
    child = await world.a_child()
    done = await opened(ask.seen_by(CASEWORKER), child, "PROVIDER", PROVIDER)
    assert await sees(ask, PROVIDER, child)
    closing = {"id": done["grant"]["id"], "reason": "She was released.", "key": "c"}
    assert (await told(ask.seen_by(OFFICER), CLOSE, **closing))["reason"] == "UNKNOWN_GRANT"
    closed = await told(ask.seen_by(CASEWORKER), CLOSE, **closing)
    assert (closed["grant"]["open"], closed["grant"]["closedBy"]) == (False, "cara")
    assert await told(ask.seen_by(CASEWORKER), CLOSE, **closing) == closed
    assert not await sees(ask, PROVIDER, child)
    again = await told(ask.seen_by(TRIAGE), CLOSE, **{**closing, "key": "d"})
    assert again["reason"] == "ALREADY_CLOSED"


async def test_from_the_second_it_ends_it_opens_nothing(world, ask, session):
    child = await world.a_child()
    done = await opened(ask.seen_by(TRIAGE), child, "PROVIDER", PROVIDER)
    assert await sees(ask, PROVIDER, child)
    ended = datetime.now(UTC) - timedelta(milliseconds=1)
    session.run(
        "MATCH (s:Scope {id: $id}) SET s.opensUntil = $at", id=done["grant"]["id"], at=ended
    ).consume()
    assert not await sees(ask, PROVIDER, child)
    asked = "{ grants { edges { node { id open children { id } } } } }"
    (edge,) = (await ask.seen_by(PROVIDER)(asked))["grants"]["edges"]
    assert edge["node"] == {"id": done["grant"]["id"], "open": False, "children": []}


@pytest.mark.parametrize(
    ("who", "kind"),
    [(CASEWORKER, "CASE"), (OFFICER, "REFERRAL"), (INVESTIGATOR, "CASE"), (PRIVACY, "CASE"),
     (TRIAGE, "BREAK_GLASS")],
)  # fmt: skip
async def test_whoever_may_not_open_such_a_thing_is_told_who_may(world, ask, who, kind):
    child = await world.a_child()
    refused = await opened(ask.seen_by(who), child, kind)
    assert refused["reason"] == "NOT_YOURS_TO_OPEN"
    assert "triage opens cases" in refused["message"]
    assert (await ask.seen_by(who)("{ grants { edges { node { id } } } }"))["grants"]["edges"] == []


async def test_what_cannot_be_opened_is_refused_and_opens_nothing(world, ask):
    child, asks = await world.a_child(), ask.seen_by(TRIAGE)
    for more, reason in (
        ({"children": ["child_nobody"]}, "UNKNOWN_CHILD"),
        ({"children": []}, "NO_CHILD"),
        ({"holders": []}, "NO_HOLDER"),
        ({"holders": [" "]}, "NO_HOLDER"),
        ({"reason": " "}, "NO_REASON"),
        ({"key": ""}, "NO_KEY"),
        ({"seconds": -1}, "TOO_LONG"),
        ({"seconds": 367 * 86_400}, "TOO_LONG"),
    ):
        assert (await opened(asks, child, **more))["reason"] == reason, more
    assert (await asks("{ grants { edges { node { id } } } }"))["grants"]["edges"] == []


async def test_sent_twice_it_is_opened_once_and_answered_alike(world, ask):
    child, other = await world.a_child(), await world.a_child()
    asks = ask.seen_by(TRIAGE)
    first, second = await asyncio.gather(opened(asks, child), opened(asks, child))
    assert first == second
    assert (await opened(asks, other))["reason"] == "KEY_REUSED"
    somebodys = await opened(ask.seen_by(replace(TRIAGE, name="tom")), other)
    assert somebodys["__typename"] == "GrantOpened"
    assert len((await asks("{ grants { edges { node { id } } } }"))["grants"]["edges"]) == 1


async def test_glass_is_broken_at_once_for_one_child_and_whoever_broke_it_alone(world, ask):
    child, other = await world.a_child(), await world.a_child()
    assert not await sees(ask, OFFICER, child)
    done = await broken(ask.seen_by(OFFICER), child)
    assert (done["grant"]["kind"], done["grant"]["holders"]) == ("BREAK_GLASS", ["oscar"])
    assert await sees(ask, OFFICER, child)
    assert not await sees(ask, OFFICER, other)
    assert not await sees(ask, replace(OFFICER, name="olga"), child)


async def test_glass_is_broken_for_no_longer_than_is_allowed_and_only_where_it_is_needed(
    world, ask
):
    child = await world.a_child()
    assert (await broken(ask.seen_by(OFFICER), child, minutes=241))["reason"] == "TOO_LONG"
    assert (await broken(ask.seen_by(OFFICER), child, minutes=0))["reason"] == "TOO_LONG"
    assert (await broken(ask.seen_by(TRIAGE), child))["reason"] == "NOT_NEEDED"
    nobody = viewer("inspector", ViewerRole.OVERSIGHT, ScopeKind.NOBODY)
    assert (await broken(ask.seen_by(nobody), child))["reason"] == "NOT_NEEDED"
    assert not await sees(ask, OFFICER, child)


async def test_broken_glass_waits_for_a_second_person(world, ask):
    child = await world.a_child()
    grant = (await broken(ask.seen_by(OFFICER), child))["grant"]["id"]
    (edge,) = (await ask.seen_by(PRIVACY)(TO_REVIEW))["breakGlassToReview"]["edges"]
    assert edge["node"] == {"id": grant, "holders": ["oscar"], "reason": "She called."}
    said = {"id": grant, "verdict": "UNJUSTIFIED", "note": "Nobody called.", "key": "r"}
    himself = replace(PRIVACY, name="oscar")
    assert (await told(ask.seen_by(himself), REVIEW, **said))["reason"] == "NOT_YOUR_OWN"
    assert (await told(ask.seen_by(TRIAGE), REVIEW, **said))["reason"] == "NOT_YOURS_TO_OPEN"
    done = await told(ask.seen_by(PRIVACY), REVIEW, **said)
    assert (done["grant"]["verdict"], done["grant"]["reviewedBy"]) == ("UNJUSTIFIED", "paul")
    assert await told(ask.seen_by(PRIVACY), REVIEW, **said) == done
    later = await told(ask.seen_by(PRIVACY), REVIEW, **{**said, "verdict": "JUSTIFIED"})
    assert later["reason"] == "ALREADY_REVIEWED"
    assert (await ask.seen_by(PRIVACY)(TO_REVIEW))["breakGlassToReview"]["edges"] == []
    assert not await sees(ask, OFFICER, child)


async def test_what_was_justified_stays_open_until_its_time_is_over(world, ask):
    child = await world.a_child()
    grant = (await broken(ask.seen_by(OFFICER), child))["grant"]["id"]
    said = {"id": grant, "verdict": "JUSTIFIED", "note": "She did.", "key": "r"}
    await told(ask.seen_by(PRIVACY), REVIEW, **said)
    assert await sees(ask, OFFICER, child)


async def test_a_grant_is_of_whom_its_child_has_become(world, ask, graph_door: Door):
    child, heir = await world.a_child(), await world.a_child()
    await opened(ask.seen_by(TRIAGE), child, "PROVIDER", PROVIDER)
    await world._create(
        "MATCH (a:Child {id: $a}) MATCH (b:Child {id: $b})"
        " CREATE (a)-[:REDIRECTS_TO {id: 'r', runFrom: $run, runUntil: $open}]->(b)",
        a=child, b=heir,
    )  # fmt: skip
    assert not await sees(ask, PROVIDER, child)
    with graph_door.writing() as session:
        follow_redirects(session, NOW)
        follow_redirects(session, NOW)
    answer = await ask.seen_by(PROVIDER)(
        "query ($id: ID!) { child(id: $id) { id } grants { edges { node { children { id } } } } }",
        id=child,
    )
    assert answer["child"] == {"id": heir}
    assert {"id": heir} in answer["grants"]["edges"][0]["node"]["children"]


async def test_grants_are_listed_from_the_latest_page_by_page_to_those_they_concern(world, ask):
    child, asks = await world.a_child(), ask.seen_by(TRIAGE)
    made = [(await opened(asks, child, key=str(n)))["grant"]["id"] for n in range(5)]
    await opened(ask.seen_by(SEES_EVERYTHING), child, key="another's")
    listed = """query ($after: String) { grants(first: 2, after: $after) {
      edges { node { id } } pageInfo { endCursor hasNextPage } } }"""
    found: list[str] = []
    after = None
    while not found or after:
        page = (await asks(listed, after=after))["grants"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert sorted(found) == sorted(made)
    assert len(found) == 5
