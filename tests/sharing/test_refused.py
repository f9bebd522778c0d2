"""What a role does not get is refused before anything is read: each field, by itself."""

from datetime import date
from typing import Any

import pytest

from graph.sharing import NotAllowedError
from tests.api.conftest import SCHEMA
from tests.api.ears import Ears, beginning
from tests.sharing import rules
from tests.sharing.questions import Field, Questions
from tests.sharing.walking import Walker, a_viewer

DAY = date(2024, 9, 1)
ANYTHING = {
    "ids": ["child_nobody"], "number": "A000000101", "court": "HOU", "state": "TX",
    "name": "Ana", "found": "Ana Reyes", "sponsorName": "Marta", "street": "Oak",
}  # fmt: skip


class _NoDoor:
    """Whoever reads through it has read too much."""

    def reading(self):
        raise AssertionError("Something was read.")


NO_DOOR: Any = _NoDoor()


def _refused(role):
    """Each field that the role gets by no way, with the shortest of the ways."""
    asked = Questions(SCHEMA, rules.category, lambda one: rules.outcome(role, one) == "E")
    for field in asked.every_field:
        way = [*asked.way(field.kind), field]
        if any(rules.outcome(role, one) == "E" for one in way):
            yield field, asked.alone(field)


@pytest.mark.parametrize("role", rules.ROLES)
def test_a_role_asks_to_its_own_ends_and_to_no_other(role):
    for purpose in rules.PURPOSES:
        for day in rules.DATES:
            if purpose in rules.ROLES[role][0]:
                assert a_viewer(role, purpose, day).withheld == rules.closed(role, day)
            else:
                with pytest.raises(NotAllowedError):
                    a_viewer(role, purpose, day)


@pytest.mark.parametrize("role", rules.ROLES)
async def test_every_field_that_a_role_does_not_get_is_refused_unread(role, record_property):
    viewer = a_viewer(role, rules.ROLES[role][0][0], DAY)
    walker = Walker(NO_DOOR)
    answered, cells = [], 0
    for field, question in _refused(role):
        if question.text.startswith("subscription"):
            continue
        given = {name: ANYTHING.get(name, "child_nobody") for name in question.variables}
        answer = await walker.ask(viewer, question.text, given)
        cells += 1
        codes = {code for code, _ in answer.errors}
        if answer.data is not None or codes != {"FORBIDDEN"} or answer.statements:
            answered.append((str(field), answer))
    assert answered == []
    record_property("cells", cells)


def _refused_streams():
    for role in rules.ROLES:
        for stream in ("addressReported", "failedToAppear", "identityChanged"):
            if rules.outcome(role, Field("Subscription", stream)) == "E":
                yield role, stream


@pytest.mark.parametrize(("role", "stream"), list(_refused_streams()))
async def test_a_stream_that_a_role_does_not_get_is_refused_unread(role, stream):
    viewer = a_viewer(role, rules.ROLES[role][0][0], DAY)
    text = f"subscription ($after: String) {{ {stream}(after: $after) {{ __typename }} }}"
    async with Ears(NO_DOOR, viewer).responses(text, after=beginning(stream)) as responses:
        response = await anext(responses)
    assert response.result.data is None
    assert {error.extensions["code"] for error in response.result.errors} == {"FORBIDDEN"}


@pytest.mark.parametrize("role", rules.ROLES)
async def test_a_refusal_names_the_field_and_the_rule(role):
    viewer = a_viewer(role, rules.ROLES[role][0][0], DAY)
    for field, question in _refused(role):
        if field.kind != "Query":
            continue
        given = {name: ANYTHING.get(name, "child_nobody") for name in question.variables}
        ((_, words),) = (await Walker(NO_DOOR).ask(viewer, question.text, given)).errors
        assert str(field) in words
        assert f"{role}/{rules.category(field)}" in words


@pytest.mark.parametrize("role", ["LINKAGE_ANALYST", "PRIVACY_OFFICER"])
async def test_whoever_may_not_know_her_name_may_not_ask_by_her_number(role):
    viewer = a_viewer(role, rules.ROLES[role][0][0], DAY)
    answer = await Walker(NO_DOOR).ask(viewer, '{ child(aNumber: "A000000101") { id } }')
    assert (answer.data, answer.errors[0][0]) == (None, "FORBIDDEN")


@pytest.mark.parametrize("role", ["LINKAGE_ANALYST", "PRIVACY_OFFICER"])
async def test_a_list_that_a_role_gets_nothing_of_is_an_empty_page_and_unread(role):
    viewer = a_viewer(role, rules.ROLES[role][0][0], DAY)
    for root in ('hearings(court: "HOU")', "silent(days: 30)", "calls30Day(which: OVERDUE)"):
        text = f"{{ listed: {root} {{ edges {{ node {{ __typename }} }} pageInfo {{ hasNextPage }} }} }}"
        answer = await Walker(NO_DOOR).ask(viewer, text)
        assert answer.data == {"listed": {"edges": [], "pageInfo": {"hasNextPage": False}}}
