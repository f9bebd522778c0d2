"""The fast way and graphql-core's own give the same bytes."""

import asyncio
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from tests.api.conftest import SCHEMA
from tests.api.operations import operations
from tests.api.world import DAY

LITERALS = {
    "child": '(aNumber: "A000000001")',
    "childrenByANumber": '(aNumber: "A000000001")',
    "children": '(name: "Reyes", first: 2)',
    "findChildren": '(text: "Ana Reyes 2009 Houston TX", first: 2)',
    "sponsors": '(name: "Marta")',
    "addresses": '(text: "Oak")',
    "hearings": '(court: "HOU", first: 1)',
    "releasesByState": "",
    "reviewQueue": "(first: 2)",
    "judgements": "(first: 2)",
    "judgementConflicts": "",
    "failedToAppearCount": "",
    "addressConflicts": '(state: "TX")',
}


async def a_small_world(world):
    child, twin = await world.a_child("A000000001"), await world.a_child(given_names="Luz")
    sponsor, home = await world.a_sponsor(), await world.an_address(unit="2B")
    record = await world.a_record(of=child)
    await world.released_to(child, sponsor, record=record, until=date(2024, 5, 1))
    await world.released_to(twin, sponsor)
    await world.lives_at(child, home, record=record)
    await world.lives_at(child, await world.an_address(unit="2C"), source="EOIR")
    await world.lives_at(sponsor, home, source="ORR")
    await world.a_hearing(child, words=[("EOIR", "APPEARED"), ("PLANET", "FAILED_TO_APPEAR")])
    await world.a_hearing(child)
    await world.public_releases("TX", 2021, 2)
    await a_review(world, child, twin, record)
    former = await world.a_child()
    await world.redirects(former, child)
    await world.an_event("MERGED", [former, child], [child], records=[record], homes=[child])
    return {"child": child, "sponsor": sponsor, "home": home, "former": former, "record": record}


async def a_review(world, child, twin, record):
    """Records of a child joined in two steps, and two pairs of hers that are for review."""
    await world.a_model()
    await world.ran(DAY)
    others = [await world.a_record(source, of=child) for source in ("EOIR", "PLANET")]
    judgement = await world.a_judgement(record, others[1])
    await world.heeds(judgement, "conflict_x")
    keys = sorted([record, *others])
    first, second, third = map(keys.index, (record, *others))
    await world.joined_by(
        child,
        keys,
        [
            f"{min(first, second)} {max(first, second)} 2.0 1,2,0",
            f"{min(first, third)} {max(first, third)} SAME {judgement}",
        ],
    )
    hers = [await world.a_record(of=twin) for _ in range(2)]
    await world.a_pair(record, hers[0], stake=9, stakes=["CONFLICT", "FAILED_TO_APPEAR"])
    await world.a_pair(record, hers[1], weight=-9.0, levels=(6, 3, 2), why="HELD_APART_BY_NAMES")


async def test_operations_drawn_from_the_schema_have_one_answer(world, ask):
    await a_small_world(world)
    drawn: list[str] = []

    @settings(max_examples=25, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operations(SCHEMA, LITERALS))
    def draw(text):
        drawn.append(text)

    await asyncio.to_thread(draw)
    assert len(set(drawn)) > 15
    for text in dict.fromkeys(drawn):
        fast, ordinary = await ask.both_ways(text)
        assert fast == ordinary, text
        assert b'"errors"' not in fast, text


CASES = {
    "aliases": "{ a: child(id: $child) { n: fullName n2: fullName id } b: child(id: $child) { id } }",
    "a field twice": "{ child(id: $child) { sponsor { id } sponsor { fullName } id id } }",
    "named fragments": "{ child(id: $child) { ...one ...two } } fragment one on Child { id sponsor { id } }"
    " fragment two on Child { ...one sponsor { fullName } }",
    "fragments on the query": "{ ...roots ... on Query { viewer: __typename } }"
    " fragment roots on Query { child(id: $child) { id } }",
    "what Python makes": "{ child(id: $child) { id steps: identitySteps { n: number joinedTo comparisons { b: bits"
    " __typename } judgedBy } identitySteps { number records } __typename fullName } }",
    "what Python makes of a pair": "{ reviewQueue { edges { node { id explanation { outcome why sentence"
    " judgement { id } comparisons { name bits frequencyBits } whatIf { decision weight changes { from to } } waterfall"
    " through outcome2: outcome prior } stakes } } } }",
    "nothing of what Python makes": "{ reviewQueue { edges { node { explanation { judgement { id } } } } } }",
    "a count": "{ failedToAppearCount { low high counted m: method __typename } address(id: $home) { childrenCount"
    " { likely underReview } early: childrenCount(asOf: $day) { counted } children { id } } }",
    "conflicts, contacts and dwellers": "{ child(id: $child) { addressConflicts { words { agency } conflicts { differIn"
    " one { a: address { id } report { id resident { id } } } other { freshness } __typename } } lastContact(asOf: $day) {"
    " latest { kind daysSince record { id } } inPerson { on } byKind { on } } } childrenAtAddress(addressId: $home,"
    " sameBuilding: $yes) { doors count { counted } children(first: $n) { edges { cursor node { child { id } report { id }"
    " saidElsewhereSince } } pageInfo { hasNextPage } } } none: childrenAtAddress(addressId: $child) { doors } }",
    "paths and networks": "{ evidencePath(from: $child, to: $sponsor) { found c: cost length steps { cost costs { points"
    " because reason } from { id } tie { id until from { id } } agencies papers } hubs { id } hubsInAll tooWide knownAt }"
    " none: evidencePath(from: $child, to: $child) { found length cost steps { cost } } nobody: evidencePath(from: $child,"
    ' to: "child_nobody") { found } shortestPath(from: $child, to: $sponsor) { length steps { tie { kind } } }'
    " sponsorNetwork(sponsorId: $sponsor, first: $n, knownAt: $day) { cut truncated cuts { why nodes distance askOn hub"
    " { id } } nodes { distance } edges { id until } knownAt } sponsor(id: $sponsor) { network(depth: 3) { cuts { why } } } }",
    "a search": '{ findChildren(text: "Ana 2009 Houston") { edges { cursor node { points reasons { part found } child'
    ' { id } } } } w: findChildren(who: {name: "Luz", bornIn: "2009-06", sponsorName: "Marta"}) { edges { node { points'
    " child { id } } } pageInfo { hasNextPage } } bad: findChildren { edges { cursor } } }",
    "what was known": "{ child(id: $child) { sponsor(asOf: $day, knownAt: $day) { id children(knownAt: $day) { id } releases("
    "asOf: $day) { callDueOn until } } releases(knownAt: $day) { id until child { turnsEighteenOn } } hearings(knownAt: $day)"
    " { edges { node { childAge disagreement(knownAt: $day) appearances(knownAt: $day) { source } } } } records(source: EARM)"
    " { edges { node { id } } } } }",
    "an explanation": "{ matchExplanation(left: $record, right: $child, role: CHILD) { outcome } e: matchExplanation("
    "left: $record, right: $record, role: SPONSOR) { outcome } }",
    "an old id": "{ child(id: $former) { id formerIds identityEvents { at kind role from to moves { record } } }"
    " node(id: $former) { id ... on Child { identitySteps { matchWeight } } } }",
    "records as they stood": '{ child(id: $child) { now: records { edges { cursor } } then: records(recordedOn: "2020-01-01")'
    " { edges { cursor } } records(recordedOn: $day) { edges { cursor } } } }",
    "an interface": "{ node(id: $child) { ... on Node { id } ... on Child { sponsor { ... on Node { id } } }"
    " ... on Sponsor { phones } } }",
    "include and skip": "{ child(id: $child) { id @include(if: $yes) fullName @skip(if: $yes)"
    " ... @include(if: $no) { aNumber } ...named @skip(if: $no) } }"
    " fragment named on Child { sex }",
    "a root skipped": "{ child(id: $child) @skip(if: $yes) { id } sponsor(id: $sponsor) { id } }",
    "nothing at all": "{ child(id: $child) @skip(if: $yes) { id } }",
    "typename everywhere": "{ __typename child(id: $child) { __typename hearings(first: 1) { __typename"
    " edges { __typename node { __typename } } pageInfo { __typename hasNextPage } } } }",
    "edges twice": "{ child(id: $child) { hearings(first: 1) { a: edges { cursor } b: edges { node { id } cursor }"
    " edges { node { date } } p: pageInfo { endCursor startCursor } } } }",
    "variables in depth": "{ child(id: $child) { hearings(first: $n) { edges { cursor } pageInfo { hasNextPage } } } }",
    "a variable without a value": '{ children(name: "Reyes", dateOfBirth: $day, after: $after) { edges { node { id } } } }',
    "nobody": '{ child(id: "child_nobody") { id } locate(childId: "child_nobody") { asOf } }',
    "a list with nulls": '{ nodes(ids: [$child, "nothing", $home]) { id ... on Address { unit } } }',
    "introspection beside": '{ child(id: $child) { id } __type(name: "Child") { name } }',
    "python beside": "{ child(id: $child) { id } viewer { name } }",
    "a refused argument": "{ good: child(id: $child) { id } bad: child(id: $child) { records(first: 0) { edges { cursor } } } }",
    "a null where none may be": "{ nodes(ids: [$child]) { id } evidencePath(from: $child, to: $home) { steps { tie { source } } } }",
}


@pytest.mark.parametrize("case", CASES)
async def test_both_ways_agree_on(world, ask, case):
    ids = await a_small_world(world)
    declared = {
        "child": "ID!", "sponsor": "ID!", "home": "ID!", "yes": "Boolean! = true",
        "no": "Boolean! = false", "n": "Int = 1", "day": "Date", "after": "String",
        "former": "ID!", "record": "ID!",
    }  # fmt: skip
    used = [name for name in declared if re.search(rf"\${name}\b", CASES[case])]
    heading = ", ".join(f"${name}: {declared[name]}" for name in used)
    text = f"query ({heading}) {CASES[case]}" if used else CASES[case]
    fast, ordinary = await ask.both_ways(text, **{k: v for k, v in ids.items() if k in used})
    assert fast == ordinary


async def test_a_broken_promise_of_the_graph_becomes_the_specifications_error(
    world, ask, shared_door
):
    ids = await a_small_world(world)
    with shared_door.writing() as session:
        session.run("MATCH ()-[f:RELEASED_TO]->() SET f.source = null").consume()
        session.run("MATCH ()-[f:LIVES_AT]->() SET f.kind = 'A_PALACE'").consume()
    text = (
        "query ($id: ID!) { child(id: $id) { id releases { source } } "
        "again: child(id: $id) { id addressHistory { kind } } ok: child(id: $id) { id } }"
    )
    fast, ordinary = await ask.both_ways(text, id=ids["child"])
    assert fast == ordinary
    result = await ask.result(text, id=ids["child"])
    assert result.data == {"child": None, "again": None, "ok": {"id": ids["child"]}}
    assert sorted(error.path for error in result.errors) == [
        ["again", "addressHistory", 0, "kind"],
        ["child", "releases", 0, "source"],
    ]
    assert len(ask.statements) == 3
    assert "PALACE" not in "".join(error.message for error in result.errors)


async def test_what_python_cannot_make_is_an_error_of_its_own(world, ask, shared_door):
    ids = await a_small_world(world)
    with shared_door.writing() as session:
        session.run("MATCH (e:LinkEvidence) SET e.pairs = ['of another program']").consume()
    text = (
        "query ($id: ID!) { child(id: $id) { identitySteps { number } } ok: child(id: $id) { id } }"
    )
    fast, ordinary = await ask.both_ways(text, id=ids["child"])
    assert fast == ordinary
    result = await ask.result(text, id=ids["child"])
    assert result.data == {"child": None, "ok": {"id": ids["child"]}}
    (error,) = result.errors
    assert error.extensions == {"code": "INTERNAL"}
    assert "another program" not in error.message


async def test_a_plan_is_made_once_for_each_way_that_variables_decide(world, ask):
    ids = await a_small_world(world)
    text = "query ($id: ID!, $all: Boolean!) { child(id: $id) { id fullName @include(if: $all) } }"
    assert "fullName" in (await ask(text, id=ids["child"], all=True))["child"]
    assert "fullName" not in (await ask(text, id=ids["child"], all=False))["child"]
    assert (await ask(text, id="child_nobody", all=True))["child"] is None
    assert ask._asking.plans == {"made": 2, "kept": 1}
