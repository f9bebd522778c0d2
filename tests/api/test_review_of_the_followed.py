"""The queue of pairs: children with an open follow-up come first, for as long as it is open."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime

import pytest

from graph.following.opening import follow_up_id, opening_of
from graph.following.urging import urging
from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass
from graph.writes.steps import take
from tests.api.test_following import advance, opened
from tests.api.test_recording_appearances import ATTORNEY, say

NOW = datetime(2024, 9, 2, 12, tzinfo=UTC)
MISSED = (("EOIR", "FAILED_TO_APPEAR"),)
NOTHING = (("EOIR", "NOTHING_ENTERED"),)
QUEUE = """query ($first: Int, $after: String, $last: Int, $before: String) {
  reviewQueue(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id stakes } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


async def queue(ask, **page):
    answer = await ask(QUEUE, **page)
    return [edge["node"]["id"] for edge in answer["reviewQueue"]["edges"]]


async def stakes(ask):
    answer = await ask(QUEUE)
    nodes = [edge["node"] for edge in answer["reviewQueue"]["edges"]]
    return {node["id"]: node["stakes"] for node in nodes}


@pytest.fixture
def children(world, session):
    """A pair of two children's papers; with `words`, of a hearing that one of them had."""

    async def made(words=(), *, right=False, **pair):
        one, other = await world.a_child(), await world.a_child(given_names="Anna")
        papers = [await world.a_record(of=one), await world.a_record("VOR", "vor", of=other)]
        made_pair = await world.a_pair(*papers, **pair)
        if not words:
            return made_pair, None
        whose = other if right else one
        await world.within(whose, "docket/HOU")
        hearing = await world.a_hearing(whose, words=words, day=date(2024, 6, 3))
        take(session, lambda: opening_of([hearing], NOW))
        return made_pair, hearing

    return made


def end(session, hearing):
    """Somebody takes the last step that is left."""
    follow_up = follow_up_id(hearing)
    session.run(
        "MATCH (f:FollowUp {id: $id}) SET f.address = 'I830_FILED', f.records = 'RECORDED',"
        " f.safety = 'TRIAGE'",
        id=follow_up,
    ).consume()
    advance(session, follow_up, "ARRANGE_SERVICES", "ORR_TRIAGE")
    (row,) = session.run("MATCH (f:FollowUp {id: $id}) RETURN f.closedAt AS at", id=follow_up)
    assert row["at"] is not None


async def test_who_is_followed_up_comes_before_whatever_else_is_at_stake(ask, children, session):
    conflict, _ = await children(stake=4, stakes=["CONFLICT"])
    failed, hearing = await children(MISSED, stake=2, stakes=["FAILED_TO_APPEAR"])
    hers_on_the_right, _ = await children(MISSED, right=True, stake=3, moved=2)
    assert await queue(ask) == [hers_on_the_right, failed, conflict]
    assert (await stakes(ask))[failed] == ["OPEN_FOLLOW_UP", "FAILED_TO_APPEAR"]
    end(session, hearing)
    assert await queue(ask) == [hers_on_the_right, conflict, failed]
    assert (await stakes(ask))[failed] == ["FAILED_TO_APPEAR"]


async def test_what_a_person_recorded_counts_before_linkage_knows_of_it(ask, children):
    two_sponsors, _ = await children(stake=1)
    told, hearing = await children(NOTHING, weight=-3.0)
    heavier, _ = await children(weight=5.0)
    assert await queue(ask) == [two_sponsors, heavier, told]
    await say(ask.seen_by(ATTORNEY), hearing)
    assert await queue(ask) == [told, two_sponsors, heavier]
    assert (await stakes(ask))[told] == ["OPEN_FOLLOW_UP"]


async def test_pages_of_every_size_follow_on_both_ways(ask, children, session):
    made = [
        await children(MISSED, stake=6, stakes=["CONFLICT"]),
        await children(MISSED, stake=2, moved=3),
        await children(MISSED, stake=2, moved=1),
        await children(NOTHING, stake=1),
        await children(NOTHING, weight=-1.0),
        await children(stake=6, stakes=["CONFLICT"]),
        await children(MISSED, stake=2),
        await children(stake=1),
        await children(),
    ]
    for _, hearing in made[3:5]:
        await say(ask.seen_by(ATTORNEY), hearing, key=hearing)
    end(session, made[6][1])
    expected = [pair for pair, _ in made]
    for size in (1, 2, 4, 5, 9):
        assert await walked(ask, size, "first", "after", "endCursor") == expected, size
        backward = await walked(ask, size, "last", "before", "startCursor")
        assert backward == expected, size


async def walked(ask, size, along, beyond, cursor):
    """All pages of that size, from the queue's start or from its end."""
    found: list[str] = []
    page, more = {along: size}, True
    while more:
        answer = (await ask(QUEUE, **page))["reviewQueue"]
        part = [edge["node"]["id"] for edge in answer["edges"]]
        found = [*found, *part] if along == "first" else [*part, *found]
        page = {along: size, beyond: answer["pageInfo"][cursor]}
        more = answer["pageInfo"]["hasNextPage" if along == "first" else "hasPreviousPage"]
    return found


async def test_between_two_cursors_there_is_what_stands_between_them(ask, children):
    for stake in (2, 3):
        await children(MISSED, stake=stake)
        await children(stake=stake)
    edges = (await ask(QUEUE))["reviewQueue"]["edges"]
    everybody = [edge["node"]["id"] for edge in edges]
    for place, one in enumerate(edges):
        for further, another in enumerate(edges):
            between = {"after": one["cursor"], "before": another["cursor"]}
            assert await queue(ask, **between) == everybody[place + 1 : further]


async def test_who_may_not_know_of_courts_is_told_nothing_of_follow_ups(ask, children):
    light, _ = await children(MISSED, stake=2, weight=0.0)
    heavy, _ = await children(weight=2.0)
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.COURT, SharingClass.ENFORCEMENT})))
    assert await stakes(someone) == {}
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.COURT})))
    assert await queue(someone) == [heavy, light]
    assert (await stakes(someone))[light] == []


async def test_who_is_not_told_what_orr_does_is_not_told_when_it_was_done(ask, children, session):
    pair, hearing = await children(MISSED, stake=2)
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.WELFARE})))
    assert await stakes(someone) == {pair: ["OPEN_FOLLOW_UP"]}
    session.run("MATCH (f:FollowUp) SET f.handedOverAt = $now", now=NOW).consume()
    assert await stakes(someone) == {pair: []}
    assert await stakes(ask) == {pair: ["OPEN_FOLLOW_UP"]}
    end(session, hearing)
    assert await stakes(someone) == await stakes(ask) == {pair: []}


async def test_pairs_that_a_link_made_are_put_in_their_place_when_it_is_published(
    ask, world, children, session
):
    child = await world.a_child()
    hearing = await world.a_hearing(child, words=MISSED)
    opened(session)
    more = world.next_run()
    paper = await more.a_record("PLANET", "planet", of=child)
    another = await more.a_record("VOR", "vor", of=await more.a_child())
    hers = await more.a_pair(paper, another)
    conflict = await more.a_pair(another, await more.a_record(of=await more.a_child()), stake=4)
    await more.publish()
    opened(session)
    assert await queue(ask) == [hers, conflict]
    session.run(
        "MATCH (:Child {id: $child})-[has:HAS_HEARING]->(:Hearing {id: $hearing})"
        " SET has.runUntil = 3",
        child=child, hearing=hearing,
    ).consume()  # fmt: skip
    await more.publish(3)
    opened(session)
    assert await queue(ask) == [conflict, hers]


async def test_of_one_follow_up_ended_while_another_is_opened_the_other_counts(
    ask, world, children, session, shared_door
):
    pair, hearing = await children(MISSED, stake=2)
    conflict, _ = await children(stake=4)
    (row,) = session.run(
        "MATCH (c:Child)-[:HAS_HEARING]->(:Hearing {id: $id}) RETURN c.id AS id", id=hearing
    )
    again = await world.a_hearing(row["id"], words=MISSED, day=date(2024, 6, 10))
    with shared_door.writing() as ending, ThreadPoolExecutor(1) as beside:
        transaction = ending.begin_transaction()
        transaction.run(
            "MATCH (f:FollowUp {id: $id}) SET f.closedAt = $now", id=follow_up_id(hearing), now=NOW
        ).consume()
        for text, parameters in urging([follow_up_id(hearing)]):
            transaction.run(text, parameters).consume()
        opened_beside = beside.submit(open_beside, shared_door, again)
        wait([opened_beside], timeout=3)
        transaction.commit()
        opened_beside.result(30)
    assert await queue(ask) == [pair, conflict]


def open_beside(door, hearing):
    with door.writing() as session:
        take(session, lambda: opening_of([hearing], NOW))
