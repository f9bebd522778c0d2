from datetime import date, timedelta

import pytest

PAGE = """query ($court: String!, $from: Date, $until: Date, $first: Int! = 50, $after: String) {
  hearings(court: $court, from: $from, until: $until, first: $first, after: $after) {
    edges { node { id date child { id sponsor { id } location { candidates { address { id } } } } } }
    pageInfo { hasNextPage endCursor } } }"""


async def a_docket(world, many, court="HOU"):
    child = await world.a_child()
    first = date(2024, 1, 1)
    return [
        await world.a_hearing(child, court=court, day=first + timedelta(days=n // 3))
        for n in range(many)
    ]


def ids(answer):
    return [edge["node"]["id"] for edge in answer["hearings"]["edges"]]


async def test_a_courts_hearings_come_page_by_page_by_day_and_none_is_lost_or_doubled(world, ask):
    docket = await a_docket(world, 11)
    await a_docket(world, 2, court="DAL")
    found, cursor = [], None
    while True:
        answer = await ask(PAGE, court="HOU", first=4, after=cursor)
        assert len(ask.statements) == 1
        found += ids(answer)
        if not answer["hearings"]["pageInfo"]["hasNextPage"]:
            break
        cursor = answer["hearings"]["pageInfo"]["endCursor"]
    assert sorted(found) == sorted(docket)
    days = {edge["node"]["id"]: edge["node"]["date"] for edge in answer["hearings"]["edges"]}
    assert list(days.values()) == sorted(days.values())


async def test_hearings_are_asked_for_from_a_day_and_before_another(world, ask):
    docket = await a_docket(world, 9)
    answer = await ask(PAGE, **{"court": "HOU", "from": "2024-01-02", "until": "2024-01-03"})
    assert sorted(ids(answer)) == sorted(docket[3:6])


async def test_a_page_of_hearings_reads_its_own_rows_of_the_index_and_no_more(
    world, ask, shared_door
):
    await a_docket(world, 40)
    await ask(PAGE, court="HOU", first=5)
    text, parameters = ask.statements[0]
    with shared_door.reading() as session:
        plan = session.run(f"PROFILE {text}", parameters).consume().profile
    seeks = [one for one in _operators(plan) if "Index" in one["operatorType"]
             and "hearing" in str(one["args"].get("Details"))]  # fmt: skip
    assert seeks
    assert all(one["args"]["Rows"] <= 6 for one in seeks)
    assert not [one for one in _operators(plan) if "LabelScan" in one["operatorType"]]
    assert not [one for one in _operators(plan) if one["operatorType"].startswith(("Sort@", "Top@"))
                and one["args"]["Rows"] > 6]  # fmt: skip


def _operators(plan):
    yield plan
    for child in plan.get("children", []):
        yield from _operators(child)


async def test_each_sources_word_is_kept_and_silence_contradicts_nobody(world, ask):
    child = await world.a_child()
    await world.a_hearing(child, words=[("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "APPEARED")])
    await world.a_hearing(
        child, day=date(2024, 4, 1), words=[("EOIR", "APPEARED"), ("PLANET", "NOTHING_ENTERED")]
    )
    answer = await ask(
        """{ hearings(court: "HOU") { edges { node { disagreement
             appearances { source appearance agency inAbsentia record { source } } } } } }"""
    )
    first, second = [edge["node"] for edge in answer["hearings"]["edges"]]
    assert first["disagreement"] is True
    assert [one["appearance"] for one in first["appearances"]] == ["FAILED_TO_APPEAR", "APPEARED"]
    assert second["disagreement"] is False
    assert second["appearances"][0] == {
        "source": "EOIR",
        "appearance": "APPEARED",
        "agency": "EOIR",
        "inAbsentia": False,
        "record": {"source": "EOIR"},
    }


@pytest.mark.parametrize(
    ("words", "disagree"),
    [
        ([("EOIR", "CONTINUED"), ("PLANET", "APPEARED")], False),
        ([("EOIR", "SCHEDULED"), ("PLANET", "FAILED_TO_APPEAR")], False),
        ([("EOIR", "NOTHING_ENTERED"), ("PLANET", "FAILED_TO_APPEAR")], False),
        ([("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "FAILED_TO_APPEAR")], False),
        ([("EOIR", "FAILED_TO_APPEAR"), ("EOIR", "APPEARED")], False),
        ([("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "CONTINUED")], True),
        ([("EOIR", "APPEARED"), ("PLANET", "FAILED_TO_APPEAR")], True),
    ],
)
async def test_sources_disagree_when_one_has_a_failure_to_appear_and_another_has_not(
    world, ask, words, disagree
):
    await world.a_hearing(await world.a_child(), words=words)
    answer = await ask('{ hearings(court: "HOU") { edges { node { disagreement } } } }')
    assert answer["hearings"]["edges"] == [{"node": {"disagreement": disagree}}]


async def test_failures_to_appear_are_those_that_some_source_calls_so(world, ask):
    child = await world.a_child()
    missed = await world.a_hearing(
        child, words=[("EOIR", "APPEARED"), ("PLANET", "FAILED_TO_APPEAR")]
    )
    await world.a_hearing(child, words=[("EOIR", "APPEARED")])
    answer = await ask(
        '{ hearings(court: "HOU", appearance: FAILED_TO_APPEAR) { edges { node { id } } } }'
    )
    assert ids(answer) == [missed]
