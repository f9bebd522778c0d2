import time

import pytest
from graphql import get_introspection_query

from api.asking import Asking, Request
from api.settings import ApiSettings
from graph.sharing import SEES_EVERYTHING
from tests.api.conftest import SCHEMA, TODAY

DEEP = "records { edges { node { received { value } } } }"


def nested_fragments(many):
    """Each spreads the next twice: written out it is 2^many fields."""
    parts = [f"fragment f{n} on Child {{ ...f{n + 1} ...f{n + 1} }}" for n in range(many)]
    return f'{{ child(id: "x") {{ ...f0 }} }} {" ".join(parts)} fragment f{many} on Child {{ id }}'


def circle(many):
    parts = [f"fragment c{n} on Child {{ ...c{(n + 1) % many} }}" for n in range(many)]
    return f'{{ child(id: "x") {{ ...c0 }} }} {" ".join(parts)}'


HOSTILE = {
    "nested fragments": nested_fragments(40),
    "a circle of fragments": circle(60),
    "a long chain of fragments": nested_fragments(150).replace("...f", "...f", 1),
    "aliases": "{ " + " ".join(f'a{n}: child(id: "x") {{ id }}' for n in range(100)) + " }",
    "one field again and again": '{ child(id: "x") { ' + "id " * 1_900 + "} }",
    "fields under one name": '{ child(id: "x") { ' + "sponsor { id } " * 450 + "} }",
    "depth": '{ child(id: "x") { ' + "sponsor { children { " * 30 + "id" + " } }" * 30 + " } }",
    "depth beyond the parser": "{ a" * 900 + "}" * 900,
    "a huge page": '{ hearings(court: "HOU", first: 1000000000) { edges { node { id } } } }',
    "a huge page by a default": 'query ($n: Int = 1000000000) { hearings(court: "HOU", first: $n)'
    " { edges { node { id } } } }",
    "pages within pages": '{ hearings(court: "HOU", first: 100) { edges { node { child { hearings'
    "(first: 100) { edges { node { child { " + DEEP + " } } } } } } } } }",
    "directives": '{ child(id: "x") { id ' + "@include(if: true) " * 400 + "} }",
    "introspection in introspection": "{ __schema { types { fields { type { fields { type { fields"
    " { type { fields { name } } } } } } } } } }",
    "tokens": "{ " + "a " * 90_000 + "}",
}  # fmt: skip


async def never(_, __):
    raise AssertionError("a refused document must not reach the graph")


def asking():
    return Asking(SCHEMA, ApiSettings(), SEES_EVERYTHING, lambda: TODAY)


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_at_once(name):
    asked = asking()
    started = time.process_time()
    response = await asked.answer(Request(HOSTILE[name]), never)
    spent = time.process_time() - started
    assert not response.executed
    assert response.result.errors
    assert spent < 0.5


async def test_a_page_by_a_variable_is_refused_whatever_was_asked_before():
    asked = asking()
    text = 'query ($n: Int!) { hearings(court: "HOU", first: $n) { edges { node { id } } } }'
    small = Request(text, None, {"n": 1_000_000_000})

    async def nothing(_, __):
        return []

    assert (await asked.answer(Request(text, None, {"n": 5}), nothing)).executed
    assert not (await asked.answer(small, never)).executed


async def test_introspection_is_let_through():
    response = await asking().answer(Request(get_introspection_query()), never)
    assert response.result.errors is None


async def test_a_misspelt_field_is_not_answered_with_a_guess():
    response = await asking().answer(Request('{ child(id: "x") { fullNam } }'), never)
    assert "Did you mean" not in response.result.errors[0].message
