"""What a gate opens: fields by category, people by scope; the rest is not read at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.sharing import OPEN, Gate, Viewer, gate
from graph.vocabulary.viewers import Category, Outcome, ScopeKind

ASKED = """query ($child: ID!, $sponsor: ID!) {
  child(id: $child) { fullName phones: aNumber sponsor { id fullName } releases { id }
    hearings { edges { node { id } } } }
  sponsor(id: $sponsor) { id fullName children { id } }
  hearings(court: "HOU") { edges { node { id child { id } } } }
}"""


def gated(becomes, scope=ScopeKind.EVERYONE, **more):
    """A viewer whose gate makes something of some categories and lets the others through."""
    return Viewer("t", gate=Gate("test", scope, {**OPEN.outcomes, **becomes}), **more)


@pytest.fixture
def named(monkeypatch):
    """Three fields have categories of their own; every other is plain."""
    of = {
        "Child.fullName": Category.CHILD_NAME,
        "Child.hearings": Category.COURT,
        "Child.releases": Category.RELEASE,
    }
    monkeypatch.setattr(
        gate, "category_of", lambda kind, name: of.get(f"{kind}.{name}", Category.PLAIN)
    )


async def a_family(world, court="HOU"):
    child, sponsor = await world.a_child("A000000001"), await world.a_sponsor()
    await world.released_to(child, sponsor)
    hearing = await world.a_hearing(child, court=court)
    return {"child": child, "sponsor": sponsor, "hearing": hearing}


async def test_what_is_redacted_is_null_or_empty_and_was_never_read(world, ask, named):
    of = await a_family(world)
    seen = ask.seen_by(gated(dict.fromkeys(list(Category)[3:], Outcome.REDACT)))
    answer = await seen(
        "query ($child: ID!) { child(id: $child) { id fullName releases { id }"
        " hearings { edges { node { id } } pageInfo { hasNextPage endCursor } } } }",
        child=of["child"],
    )
    assert answer["child"] == {
        "id": of["child"],
        "fullName": None,
        "releases": [],
        "hearings": {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}},
    }
    ((text, _),) = seen.statements
    assert "RELEASED_TO" not in text
    assert "HAS_HEARING" not in text
    assert "familyName" not in text


async def test_what_no_rule_opens_is_refused_before_anything_is_read(world, ask, named):
    of = await a_family(world)
    for viewer in (gated({Category.COURT: Outcome.ERROR}), replace(gated({}), gate=Gate("shut"))):
        seen = ask.seen_by(viewer)
        result = await seen.result(
            "query ($c: ID!) { child(id: $c) { id hearings { edges { cursor } } } }", c=of["child"]
        )
        assert result.data is None
        assert "Child.hearings" in result.errors[0].message
        assert result.errors[0].extensions == {"code": "FORBIDDEN"}
        assert seen.statements == []


async def test_only_those_in_scope_are_there_and_all_that_hangs_on_them(world, ask):
    one, other = await a_family(world), await a_family(world)
    await world.within(one["child"], "office/HOUSTON")
    await world.within(other["child"], "office/DALLAS")
    seen = ask.seen_by(gated({}, ScopeKind.OFFICE, scopes=frozenset({"office/HOUSTON"})))
    everything = await ask(ASKED, child=one["child"], sponsor=one["sponsor"])
    hers = await seen(ASKED, child=one["child"], sponsor=one["sponsor"])
    assert (hers["child"], hers["sponsor"]) == (everything["child"], everything["sponsor"])
    assert [edge["node"]["id"] for edge in hers["hearings"]["edges"]] == [one["hearing"]]
    strangers = await seen(ASKED, child=other["child"], sponsor=other["sponsor"])
    nobody = await seen(ASKED, child="child_none", sponsor="sponsor_none")
    assert strangers == nobody
    record = await world.a_record(of=other["child"])
    hidden = [other["child"], other["sponsor"], other["hearing"], record]
    by_id = await seen("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=hidden)
    assert by_id == {"nodes": [None] * 4}


async def test_a_path_leads_through_nobody_out_of_scope(world, ask):
    """Two children of one sponsor; the way round by a house is theirs to see, and longer."""
    one, other, hidden = [await world.a_child() for _ in range(3)]
    aunt, uncle, home = await world.a_sponsor(), await world.a_sponsor(), await world.an_address()
    for child, sponsor in ((one, aunt), (hidden, aunt), (hidden, uncle), (other, uncle)):
        await world.released_to(child, sponsor)
    for child in (one, other):
        await world.lives_at(child, home)
        await world.within(child, "office/HOUSTON")
    seen = ask.seen_by(gated({}, ScopeKind.OFFICE, scopes=frozenset({"office/HOUSTON"})))
    asked = """query ($from: ID!, $to: ID!) {
      shortestPath(from: $from, to: $to) { length steps { to { id } tie { kind } } }
      evidencePath(from: $from, to: $to) { found length steps { to { id } } } }"""
    there = await seen(asked, **{"from": one, "to": other})
    assert [step["to"]["id"] for step in there["shortestPath"]["steps"]] == [home, other]
    assert [step["to"]["id"] for step in there["evidencePath"]["steps"]] == [home, other]
    apart = await seen(asked, **{"from": aunt, "to": uncle})
    assert apart["shortestPath"]["length"] == 4
    assert await seen(asked, **{"from": one, "to": hidden}) == await seen(
        asked, **{"from": one, "to": "child_none"}
    )
    everything = await ask(asked, **{"from": aunt, "to": uncle})
    assert everything["shortestPath"]["length"] == 2


async def test_whoever_may_see_nobody_finds_nobody(world, ask):
    of = await a_family(world)
    await world.within(of["child"], "office/HOUSTON")
    seen = ask.seen_by(gated({}, ScopeKind.NOBODY, scopes=frozenset({"office/HOUSTON"})))
    answer = await seen(ASKED, child=of["child"], sponsor=of["sponsor"])
    assert answer == {"child": None, "sponsor": None, "hearings": {"edges": []}}


async def test_what_was_opened_to_somebody_is_theirs_until_its_moment(world, ask):
    now = datetime.now(UTC)
    asked = "query ($id: ID!) { child(id: $id) { id } }"

    async def opened(kind, holders, until, named=()):
        child = (await a_family(world))["child"]
        await world.within(child, f"{kind}/{child}", holders=holders, opens_until=until)
        scopes = frozenset(f"{kind}/{child}" for _ in named)
        seen = ask.seen_by(gated({}, ScopeKind.CASE, scopes=scopes))
        return (await seen(asked, id=child))["child"] is not None

    later, past = now + timedelta(hours=1), now - timedelta(seconds=1)
    assert await opened("break-glass", ["t"], later)
    assert not await opened("break-glass", ["t"], past)
    assert not await opened("break-glass", ["somebody-else"], later)
    assert not await opened("referral", ["t"], later)
    assert await opened("case", ["t"], later, named=[True])
    assert not await opened("case", ["t"], later)
    assert not await opened("case", ["somebody-else"], later, named=[True])


async def test_who_is_sealed_is_not_there_but_for_those_who_may_know(world, ask, shared_door):
    of = await a_family(world)
    home = await world.an_address()
    await world.lives_at(of["child"], home)
    all_of_her = [of["child"], of["hearing"]]
    with shared_door.writing() as session:
        session.run("MATCH (n:Child|Hearing) WHERE n.id IN $ids SET n:Sealed", ids=all_of_her)
    asked = (
        "query ($child: ID!, $sponsor: ID!, $home: ID!) { child(id: $child) { id }"
        ' sponsor(id: $sponsor) { children { id } } address(id: $home) { id } hearings(court: "HOU")'
        " { edges { node { id } } } }"
    )
    given = {"child": of["child"], "sponsor": of["sponsor"], "home": home}
    seen = ask.seen_by(gated({}))
    assert await seen(asked, **given) == {
        "child": None, "sponsor": {"children": []}, "address": None, "hearings": {"edges": []}
    }  # fmt: skip
    knows = ask.seen_by(replace(gated({}), gate=replace(gated({}).gate, sees_sealed=True)))
    assert (await knows(asked, **given))["child"] == {"id": of["child"]}


async def test_of_whom_an_answer_tells_is_noted_though_nobody_asked_for_an_id(world, ask):
    of = await a_family(world)
    await ask("query ($c: ID!) { child(id: $c) { sponsor { fullName } } }", c=of["child"])
    assert ask.seen == {of["child"], of["sponsor"]}
    await ask('{ hearings(court: "HOU") { edges { node { date } } } }')
    assert ask.seen == {of["hearing"]}
