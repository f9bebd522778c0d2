"""Nobody copies the graph out through a role that opens it child by child."""

from dataclasses import replace

import pytest

from api.allowance import Allowance
from api.asking import Asking
from api.library import Request
from api.settings import ApiSettings
from graph.sharing import SEES_EVERYTHING, Viewer
from graph.vocabulary.viewers import ViewerRole
from tests.api.conftest import SCHEMA, TODAY
from tests.audited import Rows

SOMEBODY = Viewer(name="E-1042", role=ViewerRole.ORR_CASEWORKER)
ASK = Request("{ __typename }", None, {})
CHILDREN = [f"child_{n}" for n in range(30)]


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def allowance(clock, **limits):
    return Allowance(ApiSettings(**limits), clock)


async def nothing(_, __):
    return [[]]


def test_who_asks_as_a_person_does_is_never_held_up(clock):
    given = allowance(clock)
    for _ in range(1_000):
        clock.now += 0.02
        assert given.for_another(SOMEBODY) is None


def test_who_asks_too_often_waits_and_then_goes_on(clock):
    given = allowance(clock, most_operations_a_second=10)
    refused = [given.for_another(SOMEBODY) for _ in range(30)]
    assert [one is None for one in refused] == [True] * 20 + [False] * 10
    assert refused[-1].status == 429
    clock.now += 1
    assert [given.for_another(SOMEBODY) is None for _ in range(12)] == [True] * 10 + [False] * 2


def test_one_who_floods_holds_up_nobody_else(clock):
    given = allowance(clock, most_operations_a_second=1)
    for _ in range(5):
        given.for_another(SOMEBODY)
    assert given.for_another(replace(SOMEBODY, name="E-2000")) is None


def test_who_was_told_of_too_many_people_is_told_of_nobody_for_a_while(clock):
    given = allowance(clock, most_people_an_hour=60)
    for _ in range(2):
        assert given.for_another(SOMEBODY) is None
        given.told(SOMEBODY, [*CHILDREN, "hearing_1", "address_2"])
    refused = given.for_another(SOMEBODY)
    assert refused is not None
    assert refused.extensions == {"code": "TOO_OFTEN"}
    assert "child_" not in refused.message
    clock.now += 120
    assert given.for_another(SOMEBODY) is None


def test_a_role_another_purpose_or_a_new_token_is_no_new_allowance(clock):
    given = allowance(clock, most_people_an_hour=60)
    given.told(SOMEBODY, CHILDREN)
    given.told(replace(SOMEBODY, role=ViewerRole.ORR_TRIAGE, basis="another"), CHILDREN)
    assert given.for_another(SOMEBODY) is not None


def test_without_limits_nobody_is_held_up(clock):
    given = allowance(clock, most_people_an_hour=0, most_operations_a_second=0)
    for _ in range(1_000):
        assert given.for_another(SOMEBODY) is None
        given.told(SOMEBODY, CHILDREN)


async def test_it_holds_for_whatever_is_asked_and_who_copies_is_audited():
    rows = Rows()
    limits = ApiSettings(most_operations_a_second=1, most_people_an_hour=1)
    asking = Asking(SCHEMA, limits, lambda: TODAY, rows)
    assert [(await asking.answer(ASK, SOMEBODY, nothing)).status for _ in range(3)] == [
        None,
        None,
        429,
    ]
    kept = len(rows.rows)
    copier = replace(SOMEBODY, name="E-3000")
    asking._allowance.told(copier, CHILDREN)
    refused = await asking.answer(ASK, copier, nothing)
    assert refused.status == 429
    assert not refused.executed
    assert len(rows.rows) == kept + 1
    assert asking.counts.refusals["often"] == asking.counts.refusals["people"] == 1
    assert (await asking.answer(ASK, SEES_EVERYTHING, nothing)).executed
