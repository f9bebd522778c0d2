from datetime import date

import pytest

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

WORD = "{ kind on daysSince freshness agency source record { id } }"
LAST = f"""query ($id: ID!, $asOf: Date, $knownAt: Date) {{ child(id: $id) {{
  lastContact(asOf: $asOf, knownAt: $knownAt) {{
    latest {WORD} inPerson {{ kind on }} byKind {{ kind on }} }} }} }}"""


async def last(ask, child, **days):
    answer = await ask(LAST, id=child, **days)
    assert len(ask.statements) == 1
    return answer["child"]["lastContact"]


async def a_story(world):
    """Released in 2022, called in 2023, seen in court in March, missed in June."""
    child, home = await world.a_child(), await world.an_address()
    await world.released_to(child, await world.a_sponsor(), released_on=date(2022, 5, 1))
    await world.lives_at(
        child, home, source="ORR", kind="CALL_CONFIRMED", reported_on=date(2023, 1, 2),
        sharing=SharingClass.WELFARE,
    )  # fmt: skip
    await world.a_hearing(child, day=date(2024, 3, 3), words=[("EOIR", "APPEARED")])
    await world.a_hearing(child, day=date(2024, 6, 6), words=[("PLANET", "FAILED_TO_APPEAR")])
    await world.a_hearing(child, day=date(2024, 9, 9), words=[("EOIR", "SCHEDULED")])
    return child


async def test_who_last_said_anything_of_her_and_who_last_saw_her_are_two_things(world, ask):
    child = await a_story(world)
    found = await last(ask, child)
    assert found["latest"].pop("record")["id"].startswith("PLANET/")
    assert found["latest"] == {
        "kind": "COURT_NOTED", "on": "2024-06-06", "daysSince": 25, "freshness": "FRESH",
        "agency": "ICE_OPLA", "source": "PLANET",
    }  # fmt: skip
    assert found["inPerson"] == {"kind": "APPEARED", "on": "2024-03-03"}
    assert found["byKind"] == [
        {"kind": "COURT_NOTED", "on": "2024-06-06"},
        {"kind": "APPEARED", "on": "2024-03-03"},
        {"kind": "RECORD_DELIVERED", "on": "2024-03-01"},
        {"kind": "CALL", "on": "2023-01-02"},
        {"kind": "RELEASED", "on": "2022-05-01"},
    ]


async def test_a_delivery_alone_is_no_contact(world, ask):
    child = await world.a_child()
    await world.a_record(of=child)
    found = await last(ask, child)
    assert found["latest"] is None
    assert found["byKind"] == [{"kind": "RECORD_DELIVERED", "on": "2024-03-01"}]


async def test_what_was_said_or_known_later_is_left_out(world, ask):
    child = await a_story(world)
    assert (await last(ask, child, asOf="2024-06-05"))["latest"]["kind"] == "APPEARED"
    assert (await last(ask, child, knownAt="2024-03-02"))["latest"]["kind"] == "CALL"
    assert (await last(ask, child, asOf="2022-04-30"))["latest"] is None


@pytest.mark.parametrize(
    ("days", "called"),
    [(0, "FRESH"), (30, "FRESH"), (31, "RECENT"), (180, "RECENT"), (181, "AGEING"),
     (365, "AGEING"), (366, "STALE")],
)  # fmt: skip
async def test_how_long_ago_is_called_by_its_name(world, ask, days, called):
    child = await world.a_child()
    await world.lives_at(child, await world.an_address(), reported_on=date(2023, 1, 1))
    on = date.fromordinal(date(2023, 1, 1).toordinal() + days)
    found = (await last(ask, child, asOf=str(on)))["latest"]
    assert (found["daysSince"], found["freshness"]) == (days, called)


@pytest.mark.parametrize(
    ("withheld", "kinds"),
    [
        ({"COURT"}, ["RECORD_DELIVERED", "CALL", "RELEASED"]),
        ({"WELFARE", "ENFORCEMENT"}, ["COURT_NOTED", "APPEARED", "RECORD_DELIVERED", "RELEASED"]),
        ({"RELEASE"}, ["COURT_NOTED", "APPEARED", "RECORD_DELIVERED", "CALL"]),
    ],
)
async def test_a_word_that_is_withheld_is_no_contact(world, ask, withheld, kinds):
    child = await a_story(world)
    await world.a_record("EOIR", "eoir_case", of=child)
    someone = ask.seen_by(Viewer("t", frozenset(map(SharingClass, withheld))))
    assert [one["kind"] for one in (await last(someone, child))["byKind"]] == kinds
