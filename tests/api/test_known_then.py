"""What is asked as of a day, as it was known by a day."""

from datetime import date

import pytest

ASKED = """query ($id: ID!, $asOf: Date, $knownAt: Date) { child(id: $id) {
  sponsor(asOf: $asOf, knownAt: $knownAt) { id children(asOf: $asOf, knownAt: $knownAt) { id } }
  releases(asOf: $asOf, knownAt: $knownAt) { until callDueOn sponsor { id } } } }"""


async def test_her_sponsor_is_the_one_that_was_known_of(world, ask):
    """She went to Pedro in February; nobody knew before June."""
    child, first, second = (
        await world.a_child(), await world.a_sponsor(), await world.a_sponsor("Pedro"),
    )  # fmt: skip
    await world.released_to(child, first, released_on=date(2023, 1, 5), until=date(2024, 2, 1))
    await world.released_to(
        child, second, released_on=date(2024, 2, 1), known_from=date(2024, 6, 1)
    )
    then = (await ask(ASKED, id=child, asOf="2024-03-01", knownAt="2024-05-31"))["child"]
    assert then["sponsor"] == {"id": first, "children": [{"id": child}]}
    assert then["releases"] == [
        {"until": None, "callDueOn": "2023-02-04", "sponsor": {"id": first}}
    ]
    now = (await ask(ASKED, id=child, asOf="2024-03-01"))["child"]
    assert now["sponsor"]["id"] == second
    assert [one["until"] for one in now["releases"]] == [None, "2024-02-01"]
    early = (await ask(ASKED, id=child, asOf="2024-01-31"))["child"]
    assert [one["sponsor"]["id"] for one in early["releases"]] == [first]


async def test_a_source_that_was_not_heard_yet_disagrees_with_nobody(world, ask, session):
    child = await world.a_child(date_of_birth=date(2009, 3, 2))
    await world.a_hearing(child, words=[("EOIR", "APPEARED"), ("PLANET", "FAILED_TO_APPEAR")])
    session.run(
        "MATCH ()-[f:REPORTS {source: 'PLANET'}]->() SET f.knownFrom = date('2024-05-01')"
    ).consume()
    answer = await ask(
        """query ($id: ID!) { child(id: $id) { hearings { edges { node { childAge
             now: disagreement then: disagreement(knownAt: "2024-04-30")
             appearances(knownAt: "2024-04-30") { source } } } }
             before: hearings(knownAt: "2024-02-29") { edges { cursor } } } }""",
        id=child,
    )
    (edge,) = answer["child"]["hearings"]["edges"]
    assert edge["node"] == {
        "childAge": 14, "now": True, "then": False, "appearances": [{"source": "EOIR"}],
    }  # fmt: skip
    assert answer["child"]["before"]["edges"] == []


@pytest.mark.parametrize(
    ("born", "turns"),
    [(date(2008, 2, 29), "2026-03-01"), (date(2008, 12, 31), "2026-12-31")],
)
async def test_she_turns_eighteen_on_her_birthday(world, ask, born, turns):
    child = await world.a_child(date_of_birth=born)
    text = """query ($id: ID!, $asOf: Date!) { child(id: $id) { turnsEighteenOn
      age(asOf: $asOf) } }"""
    assert (await ask(text, id=child, asOf=turns))["child"] == {"turnsEighteenOn": turns, "age": 18}
    before = date.fromordinal(date.fromisoformat(turns).toordinal() - 1)
    assert (await ask(text, id=child, asOf=str(before)))["child"]["age"] == 17


async def test_records_are_asked_for_by_their_system(world, ask):
    child = await world.a_child()
    await world.a_record("EARM", of=child)
    hers = await world.a_record("EOIR", "eoir_case", of=child)
    answer = await ask(
        "query ($id: ID!) { child(id: $id) { records(source: EOIR) { edges { node { id } } } } }",
        id=child,
    )
    assert [edge["node"]["id"] for edge in answer["child"]["records"]["edges"]] == [hers]
