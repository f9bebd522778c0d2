"""Every connection, walked forward and backward, is one list."""

from datetime import date, timedelta

import pytest
from graphql import get_named_type, is_object_type

from tests.api.conftest import SCHEMA
from tests.api.world import DAY

# Where each connection of the schema begins, in a world that has seven things for it.
CONNECTIONS = {
    "Query.children": '{ at: children(name: "Reyes"%s) { %s } }',
    "Query.findChildren": '{ at: findChildren(text: "Reyes 2009"%s) { %s } }',
    "Query.childrenByANumber": '{ at: childrenByANumber(aNumber: "A000000001"%s) { %s } }',
    "Query.sponsors": '{ at: sponsors(name: "Marta"%s) { %s } }',
    "Query.addresses": '{ at: addresses(text: "Oak"%s) { %s } }',
    "Query.hearings": '{ at: hearings(court: "HOU"%s) { %s } }',
    "Query.failuresToAppear": '{ at: failuresToAppear(court: "HOU"%s) { %s } }',
    "Query.addressConflicts": '{ at: addressConflicts(state: "TX"%s) { %s } }',
    "ChildrenAtAddress.children": '{ node: childrenAtAddress(addressId: "$home")'
    " { at: children(%s) { %s } } }",
    "Query.followUps": "{ at: followUps(%s) { %s } }",
    "Query.nextActions": "{ at: nextActions(actor: ERO%s) { %s } }",
    "Query.reviewQueue": "{ at: reviewQueue(role: CHILD%s) { %s } }",
    "Query.judgements": "{ at: judgements(status: PENDING%s) { %s } }",
    "Query.judgementConflicts": "{ at: judgementConflicts(%s) { %s } }",
    "Query.grants": "{ at: grants(%s) { %s } }",
    "Query.breakGlassToReview": "{ at: breakGlassToReview(%s) { %s } }",
    "Query.notices": "{ at: notices(state: WAITING%s) { %s } }",
    "Query.concerns": "{ at: concerns(state: ROUTED%s) { %s } }",
    "Query.triage": "{ at: triage(%s) { %s } }",
    "Query.calls30Day": "{ at: calls30Day(which: OVERDUE, leg: CHILD%s) { %s } }",
    "Query.silent": "{ at: silent(days: 30%s) { %s } }",
    "Query.venueMismatches": '{ at: venueMismatches(state: "TX"%s) { %s } }',
    "Child.touchpoints": '{ node(id: "$child") { ... on Child { at: touchpoints(%s) { %s } } } }',
    "Child.hearings": '{ node(id: "$child") { ... on Child { at: hearings(%s) { %s } } } }',
    "Child.records": '{ node(id: "$child") { ... on Child { at: records(%s) { %s } } } }',
    "Sponsor.records": '{ node(id: "$sponsor") { ... on Sponsor { at: records(%s) { %s } } } }',
}
PAGE = "edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
MANY = 7


async def a_world_of_lists(world):
    child, sponsor = await world.a_child("A000000001"), await world.a_sponsor()
    await world.a_model()
    await world.ran(DAY)
    records = [await world.a_record(of=child) for _ in range(MANY)]
    home, elsewhere = await world.an_address(), await world.an_address(unit="9Z")
    for place in range(MANY):
        another = await world.a_child("A000000001")
        record = await world.a_record(of=another)
        await world.a_record(of=sponsor)
        await world.a_sponsor()
        await world.an_address(unit=str(place))
        await world.lives_at(another, home, reported_on=DAY + timedelta(days=place // 2))
        await world.lives_at(another, elsewhere, source="EOIR")
        # Two on a day: the day alone does not order them.
        day = date(2024, 1, 1) + timedelta(days=place // 2)
        hearing = await world.a_hearing(child, day=day, words=[("EOIR", "FAILED_TO_APPEAR")])
        follow_up = await world.a_follow_up(hearing, day=day, rank=place % 2)
        await world.a_notice(follow_up, day=day)
        await world.a_pair(records[place], record, stake=place // 3, weight=2.0 - place // 2)
        await world.a_judgement(records[place], await world.a_record(of=another))
        contested = await world.a_judgement(records[place], await world.a_record(of=another))
        await world.heeds(contested, f"conflict_{place}")
        await world.glass_broken(child, place)
        await world.a_contact(child, on=day)
        await world.released_to(another, sponsor)
        await world.a_hearing(another, court="MIA")
        await world.a_concern(another, days=place // 2)
    return {"child": child, "sponsor": sponsor, "home": home}


def _asked(name, ids, page):
    text = CONNECTIONS[name] % (page if "(%s" in CONNECTIONS[name] else f", {page}", PAGE)
    for called, value in ids.items():
        text = text.replace(f"${called}", value)
    return text


def _found(data):
    return data["at"] if "at" in data else data["node"]["at"]


async def _walk(ask, name, ids, size, onward, until=""):
    """Cursors page by page: by `first` and `after`, or by `last` and `before`."""
    pages, place = [], ""
    while True:
        page = _found(await ask(_asked(name, ids, f"{onward}: {size}{place}{until}")))
        pages.append([edge["cursor"] for edge in page["edges"]])
        info = page["pageInfo"]
        ends = (pages[-1][0], pages[-1][-1]) if pages[-1] else (None, None)
        assert (info["startCursor"], info["endCursor"]) == ends
        more, behind = ("hasNextPage", "hasPreviousPage")[:: 1 if onward == "first" else -1]
        assert info[behind] is (len(pages) > 1)
        if not info[more]:
            return pages
        place = (
            f', after: "{info["endCursor"]}"'
            if onward == "first"
            else f', before: "{info["startCursor"]}"'
        )


def test_every_connection_of_the_schema_is_walked_here():
    declared = {
        f"{kind.name}.{name}"
        for kind in SCHEMA.type_map.values()
        if is_object_type(kind)
        for name, field in kind.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
    }
    assert declared == set(CONNECTIONS)


@pytest.fixture
async def ids(world):
    return await a_world_of_lists(world)


async def test_both_directions_give_one_list(ids, ask):
    for name in CONNECTIONS:
        forward = await _walk(ask, name, ids, 3, "first")
        backward = await _walk(ask, name, ids, 3, "last")
        whole = [cursor for page in forward for cursor in page]
        assert len(whole) == len(set(whole)) >= MANY, name
        assert [cursor for page in reversed(backward) for cursor in page] == whole, name
        assert len(backward[0]) == 3, name


async def test_both_cursors_bound_a_page(ids, ask):
    for name in CONNECTIONS:
        ((*whole,),) = await _walk(ask, name, ids, 50, "first")
        between = f', after: "{whole[1]}", before: "{whole[5]}"'
        for onward, found in (("first", whole[2:4]), ("last", whole[3:5])):
            page = _found(await ask(_asked(name, ids, f"{onward}: 2{between}")))
            assert [edge["cursor"] for edge in page["edges"]] == found, name
            info = page["pageInfo"]
            assert info["hasNextPage"], name
            assert info["hasPreviousPage"], name


async def test_a_page_read_backward_has_one_answer_both_ways(ids, ask):
    for name in CONNECTIONS:
        ((*whole,),) = await _walk(ask, name, ids, 50, "first")
        fast, ordinary = await ask.both_ways(_asked(name, ids, f'last: 2, before: "{whole[4]}"'))
        assert fast == ordinary, name
        assert b'"errors"' not in fast, name


async def test_a_list_is_read_from_one_end_at_a_time(world, ask):
    result = await ask.result(_asked("Query.children", {}, "first: 1, last: 1"))
    (error,) = result.errors
    assert error.message == "`children` takes `first` or `last`, not both."


@pytest.mark.parametrize("page", ["last: 0", "last: 101", "first: 0", 'before: "bm9uc2Vuc2U"'])
async def test_what_is_no_page_is_refused(world, ask, page):
    result = await ask.result(_asked("Query.children", {}, page))
    (error,) = result.errors
    assert error.extensions == {"code": "UNANSWERABLE"}
    assert page.partition(":")[0] in error.message


async def test_a_variable_without_a_value_leaves_the_page_as_it_is(world, ask):
    child = await world.a_child()
    for _ in range(MANY):
        await world.a_hearing(child)
    text = """query ($first: Int, $last: Int, $before: String) {
      hearings(court: "HOU", first: $first, last: $last, before: $before) { edges { cursor } } }"""
    assert len((await ask(text))["hearings"]["edges"]) == MANY
    assert len((await ask(text, last=2, before=None))["hearings"]["edges"]) == 2
