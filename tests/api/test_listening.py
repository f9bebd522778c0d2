"""What a run brings is told in order, nothing left out, nothing twice, nothing that is withheld."""

import asyncio
from datetime import date
from random import Random

import pytest

from api.admission import NotAdmittedError
from api.listening import PAGE
from api.plan.streamed import Size
from graph.errors import ConnectionFailedError, DeadlineExceededError
from graph.events import Place
from graph.sharing import SEES_EVERYTHING, Viewer
from graph.vocabulary.evidence import SharingClass
from tests.api.ears import Ears, beginning, ids, reports, value_of

REPORTED = """subscription ($after: String, $most: Int = 1000, $marks: Boolean! = false, $of: [ID!],
    $states: [String!]) {
  addressReported(after: $after, mostOfARun: $most, marks: $marks, residentIds: $of,
      states: $states) {
    __typename
    ... on Event { cursor run }
    ... on AddressReported { stands report { id } resident { id ... on Child { fullName } } }
    ... on EventsOmitted { told message } } }"""
MISSED = """subscription ($after: String, $of: [ID!], $courts: [String!]) {
  failedToAppear(after: $after, childIds: $of, courts: $courts) { ... on FailedToAppear {
    again: cursor run stands report { appearance source } hearing { id court } child { id } } } }"""
CHANGED = """subscription ($after: String, $of: [ID!], $role: Role) {
  identityChanged(after: $after, ids: $of, role: $role) { ... on IdentityChanged {
    run at event { id kind moves { record } } identities { id __typename } } } }"""


@pytest.fixture
def ears(async_door):
    return Ears(async_door)


async def test_from_each_cursor_exactly_the_rest_is_told(world, async_door):
    facts = [fact for how_many in (3, 1, 7) for fact in await reports(world, how_many)]
    for page in (PAGE, Size(events=3, looked_at=4), Size(events=1, looked_at=1)):
        ears = Ears(async_door, page=page)
        told = await ears.hear(REPORTED, len(facts), after=beginning())
        assert ids(told) == facts
        assert [event["run"] for event in told] == [2] * 3 + [3] + [4] * 7
        for place in (0, 1, 2, 3, 8, 9):
            rest = told[place + 1 :]
            assert await ears.hear(REPORTED, len(rest), after=told[place]["cursor"]) == rest
        assert await ears.hear(REPORTED, 0, after=told[-1]["cursor"]) == []


async def test_without_a_cursor_one_hears_what_comes_from_now_on(world, ears):
    await reports(world)
    async with ears.responses(REPORTED) as responses:
        later = asyncio.ensure_future(anext(responses))
        await asyncio.sleep(0.3)
        assert not later.done()
        (first, second) = await reports(world, 2)
        assert ids([value_of(await later), value_of(await anext(responses))]) == [first, second]


async def test_a_page_of_events_is_one_statement_however_much_is_selected(world, async_door):
    await reports(world, 12)
    ears = Ears(async_door, page=Size(events=5, looked_at=100))
    await ears.hear(REPORTED, 12, after=beginning())
    assert len(ears.pages) == 3
    ears.read.clear()
    await ears.hear(REPORTED, 0)
    assert len(ears.pages) == 1


async def test_an_event_is_read_as_the_same_question_would_be(world, ears, ask):
    sponsor = await world.a_sponsor()
    (fact,) = await reports(world, 1)
    run = world.next_run()
    late = await run.lives_at(sponsor, await run.an_address("7 Elm St", "2B"), source="ORR")
    await run.publish()
    inside = "report { id kind source agency reportedOn record { id } } address { line1 unit }"
    query = f"""subscription ($after: String) {{ news: addressReported(after: $after) {{
      kind: __typename ... on Event {{ c: cursor }}
      ... on AddressReported {{ cursor at {inside} resident {{ __typename ... on Sponsor {{ fullName
      addressHistory {{ id }} }} }} }} }} }}"""
    one, two = await ears.hear(query, 2, after=beginning())
    assert one["report"]["id"] == fact
    assert one["c"] == one["cursor"] != two["cursor"]
    asked = await ask(
        f"query ($id: ID!) {{ sponsor(id: $id) {{ addressHistory {{ {inside.split('} address', maxsplit=1)[0].removeprefix('report {')} }} }} }}",
        id=sponsor,
    )
    assert [two["report"]] == asked["sponsor"]["addressHistory"]
    assert two["address"] == {"line1": "7 Elm St", "unit": "2B"}
    assert two["resident"] == {
        "__typename": "Sponsor", "fullName": "Marta Lopez", "addressHistory": [{"id": late}],
    }  # fmt: skip


async def test_a_record_that_says_the_same_again_is_no_news(world, ears):
    child, other, home = await world.a_child(), await world.a_child(), await world.an_address()
    record = await world.a_record(of=child)
    first = await world.lives_at(child, home, record=record)
    # A new version of the record with the same address; then it goes to another child; then it
    # names another address.
    run = world.next_run()
    again = await run.a_new_version(record, of=child)
    await run.ends(first)
    second = await run.lives_at(child, home, record=again)
    await run.publish()
    run = world.next_run()
    await run._create(
        "MATCH (r:Record {keyVersion: $record}) MATCH (p:Child {id: $other})"
        " CREATE (r)-[:DESCRIBES {runFrom: $run, runUntil: $open}]->(p)",
        record=again, other=other,
    )  # fmt: skip
    await run.ends(second)
    third = await run.lives_at(other, home, record=again)
    await run.publish()
    run = world.next_run()
    await run.ends(third)
    moved = await run.lives_at(
        other, await run.an_address("9 Ash Ct"), record=again, known_from=date(2024, 6, 1)
    )
    await run.publish()
    told = await ears.hear(REPORTED, 2, after=beginning())
    assert ids(told) == [first, moved]
    # What was told then and was replaced since says so.
    assert [event["stands"] for event in told] == [False, True]


async def test_of_two_residents_of_one_record_each_is_told(world, ears):
    run = world.next_run()
    child, sponsor, home = await run.a_child(), await run.a_sponsor(), await run.an_address()
    record = await run.a_record("ORR", "orr_release", of=child)
    facts = [await run.lives_at(one, home, record=record) for one in (child, sponsor)]
    await run.publish()
    assert ids(await ears.hear(REPORTED, 2, after=beginning())) == sorted(facts)


async def test_one_listens_for_some_people_by_any_id_that_leads_to_them(world, ears):
    former, child, twin = [await world.a_child() for _ in range(3)]
    early = await world.lives_at(former, await world.an_address())
    await world.lives_at(twin, await world.an_address())
    await world.redirects(former, child)
    (hers,) = await reports(world, 1, child)
    await reports(world, 1, twin)
    for asked in ([former], [child], [child, former, "child_unknown"]):
        told = await ears.hear(REPORTED, 2, after=beginning(), of=asked)
        assert ids(told) == [early, hers]
        assert [event["resident"]["id"] for event in told] == [child, child]
        assert await ears.hear(REPORTED, 1, after=told[0]["cursor"], of=asked) == told[1:]
    assert await ears.hear(REPORTED, 0, after=beginning(), of=["child_unknown"]) == []


async def test_one_listens_for_some_states(world, ears):
    run = world.next_run()
    child = await run.a_child()
    await run.lives_at(child, await run.an_address(state="TX"))
    fact = await run.lives_at(child, await run.an_address(state="MD"))
    await run.publish()
    assert ids(await ears.hear(REPORTED, 1, after=beginning(), states=["MD", "VA"])) == [fact]


async def test_what_is_withheld_is_never_told(world, async_door):
    run = world.next_run()
    child = await run.a_child()
    for sharing in (SharingClass.RELEASE, SharingClass.ENFORCEMENT, SharingClass.RELEASE):
        await run.lives_at(child, await run.an_address(), sharing=sharing)
    await run.a_hearing(child, words=[("EOIR", "FAILED_TO_APPEAR")])
    event = {"records": ["EARM/earm/1"], "homes": [child]}
    await run.an_event("MERGED", ["child_x", child], [child], **event)
    await run.publish()
    for page in (PAGE, Size(events=1, looked_at=1)):
        ears = Ears(async_door, Viewer("t", frozenset({SharingClass.RELEASE})), page)
        (told,) = await ears.hear(REPORTED, 1, after=beginning())
        assert await ears.hear(REPORTED, 0, after=told["cursor"]) == []
    some = Viewer("t", frozenset({SharingClass.COURT, SharingClass.ENFORCEMENT}))
    ears = Ears(async_door, some)
    assert await ears.hear(MISSED, 0, after=beginning("failedToAppear")) == []
    assert await ears.hear(CHANGED, 0, after=beginning("identityChanged")) == []


async def test_who_listens_is_asked_anew_for_each_page(world, async_door):
    await reports(world, 6)
    ears = Ears(async_door, page=Size(events=2, looked_at=100))
    async with ears.responses(REPORTED, after=beginning()) as responses:
        for _ in range(2):
            value_of(await anext(responses))
        ears.viewer = Viewer("t", frozenset({SharingClass.ENFORCEMENT}))
        await ears.is_quiet(responses)
    ears.viewer = SEES_EVERYTHING
    async with ears.responses(REPORTED, after=beginning()) as responses:
        for _ in range(2):
            value_of(await anext(responses))
        ears.viewer = NotAdmittedError("Your token has run out.")
        with pytest.raises(NotAdmittedError):
            await anext(responses)


async def test_a_child_who_failed_to_appear_is_told_with_her_hearing(world, ears):
    child = await world.a_child()
    hearing = await world.a_hearing(child, court="BAL")
    record = await world.a_record("PLANET", "planet", of=child)
    run = world.next_run()
    fact = await run.reports(record, hearing, "FAILED_TO_APPEAR", source="PLANET")
    await run.reports(await run.a_record("EOIR", of=child), hearing, "APPEARED")
    await run.publish()
    later = world.next_run()
    again = await later.a_new_version(record, of=child)
    await later.ends(fact)
    await later.reports(again, hearing, "FAILED_TO_APPEAR", source="PLANET")
    await later.publish()
    since = beginning("failedToAppear")
    for some in ({}, {"of": [child]}, {"courts": ["BAL"]}):
        (told,) = await ears.hear(MISSED, 1, after=since, **some)
        assert told == {
            "again": told["again"], "run": 2, "stands": False,
            "report": {"appearance": "FAILED_TO_APPEAR", "source": "PLANET"},
            "hearing": {"id": hearing, "court": "BAL"}, "child": {"id": child},
        }  # fmt: skip
    assert await ears.hear(MISSED, 0, after=told["again"]) == []
    assert await ears.hear(MISSED, 0, after=since, courts=["HOU"]) == []
    assert await ears.hear(MISSED, 0, after=since, of=[await world.a_child()]) == []


async def test_a_merge_is_told_with_whoever_bears_the_id_now(world, ears):
    one, two, sponsor = await world.a_child(), await world.a_child(), await world.a_sponsor()
    run = world.next_run()
    record = await run.a_record(of=two)
    event = await run.an_event("MERGED", [one, two], [two], records=[record], homes=[two])
    await run.ran(date(2024, 3, 1))
    await run.publish()
    later = world.next_run()
    await later.redirects(two, one)
    await later.an_event("SPLIT", [sponsor], [sponsor], role="SPONSOR")
    await later.publish()
    since = beginning("identityChanged")
    merged = {
        "run": 2, "at": "2024-03-01", "event": {"id": event, "kind": "MERGED",
        "moves": [{"record": record.removesuffix("/v1")}]}, "identities": [{"id": one, "__typename": "Child"}],
    }  # fmt: skip
    told = await ears.hear(CHANGED, 2, after=since)
    assert told[0] == {**merged, "at": told[0]["at"]}
    assert told[1]["identities"] == [{"id": sponsor, "__typename": "Sponsor"}]
    assert await ears.hear(CHANGED, 1, after=since, of=[one]) == told[:1]
    assert await ears.hear(CHANGED, 1, after=since, role="SPONSOR") == told[1:]


async def test_a_run_that_brings_too_much_is_cut_and_that_is_said(world, async_door):
    first, second = await reports(world, 7), await reports(world, 2)
    for page in (PAGE, Size(events=2, looked_at=3)):
        ears = Ears(async_door, page=page)
        told = await ears.hear(REPORTED, 6, after=beginning(), most=3)
        assert [event["__typename"] for event in told] == [
            *["AddressReported"] * 3, "EventsOmitted", *["AddressReported"] * 2,
        ]  # fmt: skip
        assert ids(told[:3] + told[4:]) == first[:3] + second
        assert (told[3]["run"], told[3]["told"]) == (2, 3)
        assert "mostOfARun" in told[3]["message"]
        # Wherever the connection is lost, the cut stays where it is.
        for place in range(6):
            rest = told[place + 1 :]
            assert await ears.hear(REPORTED, len(rest), after=told[place]["cursor"], most=3) == rest
        whole = await ears.hear(REPORTED, 6, after=told[2]["cursor"], most=None)
        assert ids(whole) == first[3:] + second


async def test_a_run_of_just_as_many_as_wanted_is_not_said_to_be_cut(world, ears):
    await reports(world, 3)
    told = await ears.hear(REPORTED, 3, after=beginning(), most=3)
    assert {event["__typename"] for event in told} == {"AddressReported"}


async def test_marks_say_how_far_has_been_heard(world, ears):
    child, other = await world.a_child(), await world.a_child()
    async with ears.responses(REPORTED, marks=True, of=[child]) as responses:
        start = value_of(await anext(responses))
        assert (start["__typename"], start["run"]) == ("HeardUpTo", 1)
        await reports(world, 2, other)
        nothing = value_of(await anext(responses))
        assert (nothing["__typename"], nothing["run"]) == ("HeardUpTo", 2)
    facts = await reports(world, 1, child)
    for mark in (start, nothing):
        assert ids(await ears.hear(REPORTED, 1, after=mark["cursor"], of=[child])) == facts


@pytest.mark.parametrize(("given", "sentence"), [
    ({"after": "nonsense"}, "`after` is not a cursor of this subscription."),
    ({"after": Place(0).cursor("failedToAppear")}, "`after` is not a cursor of this subscription."),
    ({"after": Place(2**60).cursor("addressReported")}, "`after` is not a cursor"),
    ({"after": Place(9).cursor("addressReported")}, "The graph is at an earlier run"),
    ({"most": 0}, "`mostOfARun` must be 1 or more, or null for all."),
    ({"of": []}, "`residentIds` takes 1 to 100 values, or is left out."),
    ({"states": ["TX"] * 101}, "`states` takes 1 to 100 values, or is left out."),
])  # fmt: skip
async def test_what_cannot_be_told_is_refused_in_a_sentence(world, ears, given, sentence):
    async with ears.responses(REPORTED, **given) as responses:
        (refused,) = [response async for response in responses]
    assert not refused.executed
    (error,) = refused.result.errors
    assert error.message.startswith(sentence)
    assert error.extensions == {"code": "UNANSWERABLE"}


async def test_an_event_that_breaks_its_types_promise_is_told_as_the_specification_says(
    world, ears
):
    run = world.next_run()
    child = await run.a_child()
    await run.lives_at(child, await run.an_address(), kind="HEARSAY")
    await run.publish()
    (after,) = await reports(world, 1, child)
    query = """subscription ($after: String) { addressReported(after: $after) {
      ... on AddressReported { report { id kind } } } }"""
    async with ears.responses(query, after=beginning()) as responses:
        broken = await anext(responses)
        assert broken.executed
        assert broken.result.data is None
        (error,) = broken.result.errors
        assert error.path == ["addressReported", "report", "kind"]
        assert error.extensions == {"code": "INTERNAL"}
        assert "HEARSAY" not in error.message
        assert value_of(await anext(responses))["report"]["id"] == after


async def test_a_graph_that_goes_away_is_waited_for_and_nothing_is_lost(world, async_door):
    facts = await reports(world, 4)
    ears = Ears(async_door, page=Size(events=2, looked_at=2))
    ears.failures = [None, ConnectionFailedError("away"), ConnectionFailedError("away")]
    assert ids(await ears.hear(REPORTED, 4, after=beginning())) == facts
    assert ears.failures == []


async def test_a_page_that_takes_too_long_is_asked_for_in_smaller_ones(world, async_door):
    facts = await reports(world, 4)
    ears = Ears(async_door, page=Size(events=3, looked_at=3))
    ears.failures = [DeadlineExceededError("late")]
    assert ids(await ears.hear(REPORTED, 4, after=beginning())) == facts
    assert len(ears.pages) > 2
    ears.failures = [DeadlineExceededError("late")] * 2
    async with ears.responses(REPORTED, after=beginning()) as responses:
        (refused,) = [response async for response in responses]
    assert not refused.executed
    assert refused.result.errors[0].extensions == {"code": "DEADLINE"}


async def test_whatever_happened_a_part_of_the_stream_is_that_part_of_the_whole(world, async_door):
    """Runs drawn at random; pages of any size, from any cursor, for some people, states, viewers."""
    chance = Random(7)
    people = [await world.a_child() for _ in range(3)] + [await world.a_sponsor()]
    for person in people:
        await world.a_record(of=person)
    said: dict[str, tuple[str, str, SharingClass]] = {}
    standing: list[str] = []
    for _ in range(5):
        run = world.next_run()
        for _ in range(chance.randrange(5)):
            person, state = chance.choice(people), chance.choice(["TX", "MD"])
            sharing = chance.choice([SharingClass.ENFORCEMENT, SharingClass.RELEASE])
            home = await run.an_address(state=state)
            fact = await run.lives_at(person, home, sharing=sharing)
            said[fact] = person, state, sharing
            standing.append(fact)
        if standing:
            await run.ends(standing.pop(chance.randrange(len(standing))))
        await run.publish()
    whole = await Ears(async_door).hear(REPORTED, len(said), after=beginning())
    assert sorted(ids(whole)) == sorted(said)
    assert {event["report"]["id"] for event in whole if event["stands"]} == set(standing)
    some = Viewer("t", frozenset({SharingClass.RELEASE}))
    for _ in range(6):
        page = Size(chance.randint(1, 4), chance.randint(1, 4))
        place = chance.randrange(len(whole))
        rest = whole[place + 1 :]
        since = {"after": whole[place]["cursor"]}
        asked = chance.sample(people, 2)
        hers = [one for one in rest if said[one["report"]["id"]][0] in asked]
        there = [one for one in rest if said[one["report"]["id"]][1] == "MD"]
        seen = [one for one in rest if said[one["report"]["id"]][2] not in some.withheld]
        ears = Ears(async_door, page=page)
        assert await ears.hear(REPORTED, len(rest), **since) == rest
        assert ids(await ears.hear(REPORTED, len(hers), of=asked, **since)) == ids(hers)
        assert ids(await ears.hear(REPORTED, len(there), states=["MD"], **since)) == ids(there)
        ears = Ears(async_door, some, page)
        assert ids(await ears.hear(REPORTED, len(seen), **since)) == ids(seen)
