"""Calls 30 days after a release, who was not heard of, and what stops at eighteen."""

from datetime import date, timedelta

import pytest

from tests.api.seeing import somebody

RELEASED = date(2024, 1, 31)
DUE = date(2024, 3, 1)  # 30 days later: 2024 is a leap year
HERS = """query ($id: ID!, $asOf: Date, $knownAt: Date) { child(id: $id) {
  calls30Day(asOf: $asOf, knownAt: $knownAt) {
    leg releasedOn dueOn state attempts overdue daysOverdue stopped touchpoints { on }
    sponsor { id } } } }"""
LISTED = """query ($which: CallList!, $leg: Leg, $from: Date, $until: Date, $asOf: Date, $after: String,
  $first: Int) { calls30Day(which: $which, leg: $leg, dueFrom: $from, dueUntil: $until, asOf: $asOf,
  after: $after, first: $first) {
  edges { node { leg dueOn child { id } } } pageInfo { hasNextPage endCursor } } }"""
SILENT = """query ($days: Int!, $asOf: Date, $childOnly: Boolean!, $from: Date) {
  silent(days: $days, asOf: $asOf, childOnly: $childOnly, releasedFrom: $from) { edges { node {
    child { id } daysSilent lastTouchpoint { kind on } } } } }"""
CALL = """mutation ($input: RecordCallInput!) { recordCall(input: $input) { __typename } }"""


async def hers(ask, child, on=DUE, leg="CHILD"):
    calls = (await ask(HERS, id=child, asOf=str(on)))["child"]["calls30Day"]
    return next(call for call in calls if call["leg"] == leg)


async def listed(ask, which, on, **more):
    found, after = [], None
    while True:
        page = await ask(LISTED, which=which, asOf=str(on), first=2, after=after, **more)
        info = page["calls30Day"]["pageInfo"]
        found += [
            (edge["node"]["child"]["id"], edge["node"]["leg"])
            for edge in page["calls30Day"]["edges"]
        ]
        if not info["hasNextPage"]:
            return found
        after = info["endCursor"]


async def silent(ask, days, on, *, child_only=False, since=None):
    answer = await ask(
        SILENT, days=days, asOf=str(on), childOnly=child_only, **{"from": since and str(since)}
    )
    return [
        (one["node"]["child"]["id"], one["node"]["daysSilent"], one["node"]["lastTouchpoint"])
        for one in answer["silent"]["edges"]
    ]


async def released(world, on=RELEASED, **said):
    child = await world.a_child(**said)
    await world.released_to(child, await world.a_sponsor(), released_on=on)
    return child


async def test_each_release_has_a_call_to_the_child_and_one_to_her_sponsor(world, ask):
    child, sponsor = await world.a_child(), await world.a_sponsor()
    await world.released_to(child, sponsor, released_on=RELEASED)
    calls = (await ask(HERS, id=child, asOf=str(DUE)))["child"]["calls30Day"]
    call = {"releasedOn": "2024-01-31", "dueOn": "2024-03-01", "state": "DUE", "attempts": 0,
            "overdue": False, "daysOverdue": None, "stopped": False, "touchpoints": [],
            "sponsor": {"id": sponsor}}  # fmt: skip
    assert calls == [{"leg": "CHILD", **call}, {"leg": "SPONSOR", **call}]


@pytest.mark.parametrize(("days", "overdue"), [(-30, None), (0, None), (1, 1), (7, 7), (30, 30)])
async def test_it_is_overdue_from_the_day_after_the_thirtieth(world, ask, days, overdue):
    child = await released(world)
    call = await hers(ask, child, DUE + timedelta(days=days))
    assert (call["overdue"], call["daysOverdue"]) == (overdue is not None, overdue)


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([], "DUE"),
        (["NO_ANSWER"], "ATTEMPTED"),
        (["NO_ANSWER", "WRONG_NUMBER", "REFUSED"], "ATTEMPTED"),
        (["NO_ANSWER", "UNABLE_TO_LOCATE"], "UNREACHED"),
        (["NO_ANSWER", "REACHED"], "REACHED"),
        (["REACHED", "SAFE"], "REACHED_SAFE"),
        (["CONCERN", "SAFE"], "REACHED_CONCERN"),
    ],
)
async def test_where_a_call_stands_is_what_came_of_its_tries(world, ask, outcomes, state):
    child = await released(world)
    for place, outcome in enumerate(outcomes):
        await world.a_contact(child, on=DUE + timedelta(days=place), outcome=outcome)
    call = await hers(ask, child, DUE + timedelta(days=60))
    assert (call["state"], call["attempts"]) == (state, len(outcomes))
    assert call["overdue"] is (state in ("DUE", "ATTEMPTED"))
    assert (await hers(ask, child, DUE + timedelta(days=60), "SPONSOR"))["state"] == "DUE"


async def test_a_call_that_a_file_and_a_person_tell_of_is_one_try_and_another_leg_none(world, ask):
    child = await released(world)
    await world.a_contact(child, on=DUE, outcome="NO_ANSWER")
    await world.a_contact(child, on=DUE, outcome="REACHED", leg=None)
    said = {"childId": child, "kind": "CALL_30_DAY", "leg": "CHILD", "on": str(DUE),
            "outcome": "NO_ANSWER", "key": "k"}  # fmt: skip
    await ask(CALL, input=said)
    call = await hers(ask, child, DUE)
    assert (call["state"], call["attempts"], len(call["touchpoints"])) == ("ATTEMPTED", 1, 2)


async def test_a_second_release_has_calls_of_its_own_and_two_papers_of_one_release_one(world, ask):
    child, aunt, uncle = await world.a_child(), await world.a_sponsor(), await world.a_sponsor()
    await world.released_to(child, aunt, released_on=RELEASED)
    await world.released_to(child, aunt, released_on=RELEASED)
    later = RELEASED + timedelta(days=20)
    await world.released_to(child, uncle, released_on=later)
    await world.a_contact(child, on=later - timedelta(days=1))
    calls = (await ask(HERS, id=child, asOf="2024-07-01"))["child"]["calls30Day"]
    told = [(one["releasedOn"], one["leg"], one["state"]) for one in calls]
    assert told == [
        (str(later), "CHILD", "DUE"), (str(later), "SPONSOR", "DUE"),
        (str(RELEASED), "CHILD", "REACHED"), (str(RELEASED), "SPONSOR", "DUE"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("birth", "stopped"),
    [
        (date(2006, 3, 2), False),  # she turns eighteen the day after it is due
        (date(2006, 3, 1), True),
        (date(2006, 2, 28), True),
        (None, False),
    ],
)
async def test_what_falls_due_from_her_eighteenth_birthday_on_is_due_no_more(
    world, ask, birth, stopped
):
    child = await released(world, date_of_birth=birth)
    call = await hers(ask, child, DUE)
    assert (call["stopped"], call["overdue"]) == (stopped, False)
    rows = await listed(ask, "DUE", DUE)
    assert rows == ([] if stopped else [(child, "CHILD"), (child, "SPONSOR")])


async def test_what_was_overdue_stops_on_the_day_she_is_eighteen(world, ask):
    child = await released(world, date_of_birth=date(2006, 4, 1))
    assert (await hers(ask, child, date(2024, 3, 31)))["overdue"]
    call = await hers(ask, child, date(2024, 4, 1))
    assert (call["overdue"], call["stopped"]) == (False, True)


async def test_due_and_overdue_are_listed_by_the_day_page_by_page(world, ask):
    days = [RELEASED + timedelta(days=n) for n in (2, 0, 1)]
    third, first, second = [await released(world, day) for day in days]
    await world.a_contact(second, on=DUE, leg="SPONSOR", outcome="SAFE")
    at = DUE + timedelta(days=1)
    assert await listed(ask, "OVERDUE", at) == [(first, "CHILD"), (first, "SPONSOR")]
    assert await listed(ask, "DUE", at) == [
        (second, "CHILD"), (third, "CHILD"), (third, "SPONSOR"),
    ]  # fmt: skip
    assert await listed(ask, "DUE", at, leg="SPONSOR") == [(third, "SPONSOR")]
    until = {"until": str(DUE + timedelta(days=2))}
    assert await listed(ask, "DUE", at, **until) == [(second, "CHILD")]
    late = DUE + timedelta(days=400)
    assert await listed(ask, "OVERDUE", late, leg="SPONSOR") == []
    assert await listed(ask, "OVERDUE", late, leg="SPONSOR", **{"from": str(DUE)}) == [
        (first, "SPONSOR"), (third, "SPONSOR"),
    ]  # fmt: skip


async def test_whoever_may_not_read_welfare_is_told_of_no_call_and_of_nobody_silent(world, ask):
    child = await released(world)
    await world.a_record("ORR", "orr_release", of=child)
    await world.within(child, "office/HOUSTON")
    officer = ask.seen_by(somebody("ERO_OFFICER", "office/HOUSTON"))
    assert (await officer(HERS, id=child))["child"]["calls30Day"] == []
    assert await listed(officer, "OVERDUE", date(2024, 6, 1)) == []
    assert await silent(officer, 30, date(2024, 6, 1)) == []
    triage = ask.seen_by(somebody("ORR_TRIAGE"))
    assert len(await listed(triage, "OVERDUE", date(2024, 6, 1))) == 2
    assert [one[0] for one in await silent(triage, 30, date(2024, 6, 1))] == [child]


@pytest.mark.parametrize(("days", "there"), [(29, False), (30, True), (31, True)])
async def test_nobody_heard_of_her_for_that_many_days(world, ask, days, there):
    child = await released(world)
    found = await silent(ask, 30, RELEASED + timedelta(days=days))
    release = {"kind": "RELEASED", "on": str(RELEASED)}
    assert found == ([(child, days, release)] if there else [])


async def test_only_reaching_somebody_ends_a_silence_and_the_longest_comes_first(world, ask):
    quiet, tried, spoken = [await released(world) for _ in range(3)]
    await world.a_contact(tried, on=date(2024, 4, 1), outcome="NO_ANSWER")
    await world.a_contact(spoken, on=date(2024, 4, 1), leg="SPONSOR")
    unreleased = await world.a_child()
    at = date(2024, 6, 1)
    found = await silent(ask, 30, at)
    assert [one[0] for one in found] == [*sorted([quiet, tried]), spoken]
    assert unreleased not in [one[0] for one in found]
    assert found[2][1:] == (61, {"kind": "CALL_30_DAY", "on": "2024-04-01"})
    assert {one[0] for one in await silent(ask, 62, at)} == {quiet, tried}
    assert {one[0] for one in await silent(ask, 62, at, child_only=True)} == {quiet, tried, spoken}
    assert await silent(ask, 30, at, since=date(2024, 2, 1)) == []


@pytest.mark.parametrize(
    ("birth", "turns"),
    [(date(2008, 2, 29), "2026-03-01"), (date(2006, 6, 1), "2024-06-01")],
)
async def test_at_eighteen_child_only_duties_stop_and_the_archive_clock_starts(
    world, ask, birth, turns
):
    child = await released(world, date_of_birth=birth)
    text = """query ($id: ID!, $asOf: Date) { child(id: $id) { ageOut(asOf: $asOf) {
      turnsEighteenOn reached stopped archiveClockFrom } } }"""

    async def aged(on):
        return (await ask(text, id=child, asOf=str(on)))["child"]["ageOut"]

    day = date.fromisoformat(turns)
    before = await aged(day - timedelta(days=1))
    assert before == {
        "turnsEighteenOn": turns, "reached": False, "stopped": [], "archiveClockFrom": turns
    }  # fmt: skip
    assert await aged(day) == {
        **before, "reached": True, "stopped": ["CALL_30_DAY", "SILENCE"]
    }  # fmt: skip
    assert [one[0] for one in await silent(ask, 30, day - timedelta(days=1), since=RELEASED)] == [
        child
    ]
    assert await silent(ask, 30, day, since=RELEASED) == []


async def test_without_a_birth_date_there_is_no_birthday(world, ask):
    child = await world.a_child(date_of_birth=None)
    answer = await ask("query ($id: ID!) { child(id: $id) { ageOut { reached } } }", id=child)
    assert answer["child"]["ageOut"] is None
