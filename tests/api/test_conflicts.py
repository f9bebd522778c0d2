from datetime import date

import pytest

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

CONFLICTS = """query ($id: ID!, $asOf: Date, $knownAt: Date) { child(id: $id) {
  addressConflicts(asOf: $asOf, knownAt: $knownAt) { asOf knownAt
    words { agency since address { id } }
    conflicts { differIn one { agency address { id } since lastReportedOn daysSinceReported freshness
        report { kind resident { id } } } other { agency address { id } } } } } }"""
OF_A_STATE = """query ($state: String!, $first: Int! = 20, $after: String, $knownAt: Date) {
  addressConflicts(state: $state, first: $first, after: $after, knownAt: $knownAt) {
    edges { node { child { id } conflicts { differIn } } }
    pageInfo { hasNextPage endCursor } } }"""


async def conflicts(ask, child, **days):
    answer = await ask(CONFLICTS, id=child, **days)
    assert len(ask.statements) == 1
    return answer["child"]["addressConflicts"]


async def two_words(world, *, child=None, one="12 Oak St", other="9 Elm St", **more):
    """ORR puts her at one address, the court's file at another."""
    child = child or await world.a_child()
    here, there = await world.an_address(one, **more), await world.an_address(other, **more)
    await world.lives_at(
        child, here, source="ORR", kind="RELEASE", reported_on=date(2024, 1, 10),
        sharing=SharingClass.RELEASE,
    )  # fmt: skip
    await world.lives_at(child, there, source="EOIR", kind="COURT_FILE", reported_on=date(2024, 6, 21),
                         sharing=SharingClass.COURT)  # fmt: skip
    return child, here, there


async def test_each_two_agencies_that_differ_are_named_with_what_they_say_since_when(world, ask):
    child, here, there = await two_words(world)
    await world.lives_at(child, there, source="EARM", reported_on=date(2024, 5, 1))
    found = await conflicts(ask, child)
    assert [(one["agency"], one["address"]["id"]) for one in found["words"]] == [
        ("EOIR", there),
        ("ICE_ERO", there),
        ("ORR", here),
    ]
    assert [(c["one"]["agency"], c["other"]["agency"]) for c in found["conflicts"]] == [
        ("EOIR", "ORR"),
        ("ICE_ERO", "ORR"),
    ]
    assert found["conflicts"][0]["differIn"] == ["STREET"]
    assert found["conflicts"][0]["one"] == {
        "agency": "EOIR", "address": {"id": there}, "since": "2024-06-21",
        "lastReportedOn": "2024-06-21", "daysSinceReported": 10, "freshness": "FRESH",
        "report": {"kind": "COURT_FILE", "resident": {"id": child}},
    }  # fmt: skip


async def test_an_agency_has_said_so_since_it_last_said_otherwise(world, ask):
    child, here, _ = await two_words(world)
    elsewhere = await world.an_address("3 Birch St")
    for place, day in (
        (here, date(2022, 1, 1)),
        (elsewhere, date(2022, 6, 1)),
        (here, date(2023, 1, 1)),
    ):
        await world.lives_at(child, place, source="ORR", reported_on=day)
    (word,) = [one for one in (await conflicts(ask, child))["words"] if one["agency"] == "ORR"]
    assert (word["address"]["id"], word["since"]) == (here, "2023-01-01")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ({"unit": "2B"}, {"unit": "2C"}, ["UNIT"]),
        ({"unit": "2B"}, {}, ["UNIT"]),
        ({"city": "Houston"}, {"city": "Dallas"}, ["CITY"]),
        ({"city": "HOUSTON", "line1": "1 Elm St"}, {"city": "Houston"}, ["STREET"]),
        ({"state": "TX"}, {"state": "OK", "line1": "1 Elm St"}, ["STATE", "STREET"]),
    ],
)
async def test_in_what_two_addresses_differ_is_said(world, ask, one, other, differ):
    child = await world.a_child()
    await world.lives_at(child, await world.an_address(**one), source="ORR")
    await world.lives_at(child, await world.an_address(**other), source="EOIR")
    (found,) = (await conflicts(ask, child))["conflicts"]
    assert found["differIn"] == differ


async def test_an_address_that_has_ended_is_no_word_on_that_day(world, ask):
    child, here, there = await two_words(world)
    await world.lives_at(
        child, there, source="EOIR", reported_on=date(2024, 6, 25), valid_until=date(2024, 6, 26)
    )
    found = await conflicts(ask, child)
    assert [one["address"]["id"] for one in found["words"]] == [here]
    assert found["conflicts"] == []
    assert len((await conflicts(ask, child, asOf="2024-06-25"))["words"]) == 2


async def test_a_word_that_was_not_known_yet_conflicts_with_nothing(world, ask):
    child, *_ = await two_words(world)
    assert len((await conflicts(ask, child, knownAt="2024-06-21"))["conflicts"]) == 1
    assert (await conflicts(ask, child, knownAt="2024-06-20"))["conflicts"] == []
    assert (await conflicts(ask, child, asOf="2024-06-20"))["conflicts"] == []


async def test_children_in_conflict_come_by_state_page_by_page_each_once(world, ask):
    texan = {(await two_words(world))[0] for _ in range(5)}
    over_the_border, *_ = await two_words(world, state="OK")
    await world.lives_at(over_the_border, await world.an_address(state="TX"), source="EARM")
    agreed = await world.a_child()
    home = await world.an_address()
    for source in ("ORR", "EARM"):
        await world.lives_at(agreed, home, source=source)
    found: list[str] = []
    cursor = None
    while not found or cursor:
        answer = (await ask(OF_A_STATE, state="tx", first=2, after=cursor))["addressConflicts"]
        assert len(ask.statements) == 1
        found += [edge["node"]["child"]["id"] for edge in answer["edges"]]
        assert all(edge["node"]["conflicts"] for edge in answer["edges"])
        page = answer["pageInfo"]
        cursor = page["endCursor"] if page["hasNextPage"] else None
    assert sorted(found) == sorted({*texan, over_the_border})
    (edge,) = (await ask(OF_A_STATE, state="OK"))["addressConflicts"]["edges"]
    assert edge["node"]["child"]["id"] == over_the_border


async def test_conflicts_are_read_by_state_and_never_by_the_thousand(world, ask):
    for variables, told in (
        ({"state": "Texas"}, "`state` is written as two letters, as in TX."),
        (
            {"state": "TX", "first": 51},
            "`first` must be between 1 and 50.",
        ),
    ):
        result = await ask.result(OF_A_STATE, **variables)
        assert [error.message for error in result.errors] == [told]


async def test_a_page_of_conflicts_scans_no_label_and_sorts_no_state(world, ask, shared_door):
    await two_words(world)
    await ask(OF_A_STATE, state="TX")
    text, parameters = ask.statements[0]
    with shared_door.reading() as session:
        plan = session.run(f"EXPLAIN {text}", parameters).consume().plan
    names = [one["operatorType"] for one in _operators(plan)]
    assert not [name for name in names if "LabelScan" in name or "AllNodesScan" in name]
    assert [name for name in names if name.startswith(("PartialTop", "PartialSort"))]


def _operators(plan):
    yield plan
    for child in plan.get("children", []):
        yield from _operators(child)


async def test_no_conflict_is_left_of_a_word_that_is_withheld(world, ask):
    child, here, _ = await two_words(world)
    await world.a_record(of=child)
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.COURT})))
    found = await conflicts(someone, child)
    assert [one["address"]["id"] for one in found["words"]] == [here]
    assert found["conflicts"] == []
    assert (await someone(OF_A_STATE, state="TX"))["addressConflicts"]["edges"] == []
