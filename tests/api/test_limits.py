import time

import pytest
from graphql import get_introspection_query, parse

from api.asking import Asking
from api.library import Request
from api.settings import ApiSettings
from graph.sharing import SEES_EVERYTHING, Viewer
from tests.api.conftest import SCHEMA, TODAY
from tests.audited import UNKEPT

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
    "tokens": "{ " + "a " * 19_000 + "}",
    "comments": "{ __typename } " + "#\n" * 90_000,
    "escapes": '{ child(id: "' + "\\n" * 90_000 + '") { id } }',
    "a fragment that nothing uses": "{ __typename } fragment a on Child { "
    + "sponsor { id } " * 450 + "}",
    "an operation that is not asked for": "query A { __typename } query B { child(id: 1) { "
    + "id " * 1_900 + "} }",
    "fragments side by side": "{ child(id: 1) { " + " ".join(f"...f{n}" for n in range(215))
    + " } } " + " ".join(f"fragment f{n} on Child {{ id }}" for n in range(215)),
    "a list written out": "{ nodes(ids: [" + "1 " * 1_900 + "]) { id } }",
    "a list as a default": "query ($ids: [ID!]! = [" + "1 " * 1_900 + "]) { nodes(ids: $ids) { id } }",
    "the schema again and again": "{ __schema { "
    + " ".join(f"a{n}: types {{ fields {{ args {{ name }} }} }}" for n in range(120)) + " } }",
    "the schema under many names": "{ "
    + " ".join(f"a{n}: __schema {{ types {{ name fields {{ name type {{ name fields {{ name args"
               f" {{ name }} }} }} }} }} }}" for n in range(19)) + " }",
    "values beyond what anybody reads": '{ hearings(court: "HOU", first: 100) { edges { node { child'
    " { hearings(first: 100) { edges { node { " + " ".join(f"a{n}: id" for n in range(30))
    + " } } } } } } } }",
    "directives on an operation": "query " + "@a " * 900 + "{ __typename }",
    "directives on a variable": "query ($v: Int " + "@a " * 900 + ") { __typename }",
    "a number of thousands of digits": '{ hearings(court: "HOU", first: ' + "9" * 5_000
    + ") { edges { node { id } } } }",
}  # fmt: skip


@pytest.fixture(scope="module")
def slowness():
    """How much longer than a quiet machine this one takes, by something it always does alike."""
    started = time.process_time()
    for _ in range(5):
        parse("{ " + "a " * 1_000 + "}")
    return max(1.0, (time.process_time() - started) / 0.05)


async def never(_, __):
    raise AssertionError("a refused document must not reach the graph")


async def nothing(_, __):
    return [[]]


def asking():
    return Asking(SCHEMA, ApiSettings(), lambda: TODAY, UNKEPT)


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_at_once(name, slowness):
    spent = []
    for _ in range(3):
        asked = asking()
        started = time.process_time()
        response = await asked.answer(Request(HOSTILE[name]), SEES_EVERYTHING, never)
        spent.append(time.process_time() - started)
        assert not response.executed
        assert response.result.errors
    # Whatever else the machine did meanwhile made it longer, not shorter.
    assert min(spent) < 0.1 * slowness


async def test_a_page_by_a_variable_is_refused_whatever_was_asked_before():
    asked = asking()
    text = 'query ($n: Int!) { hearings(court: "HOU", first: $n) { edges { node { id } } } }'
    huge = Request(text, None, {"n": 1_000_000_000})
    assert (await asked.answer(Request(text, None, {"n": 5}), SEES_EVERYTHING, nothing)).executed
    assert not (await asked.answer(huge, SEES_EVERYTHING, never)).executed


PAGE = 'query ($n: Int! = 5) { hearings(court: "HOU", first: $n) { edges { node { id } } } }'


@pytest.mark.parametrize("size", [1_000_000_000, 1e9, 10**18, 26_000.5])
async def test_a_page_is_measured_by_whatever_graphql_would_take_for_a_number(size):
    response = await asking().answer(Request(PAGE, None, {"n": size}), SEES_EVERYTHING, never)
    assert "things in its answer" in response.result.errors[0].message


async def test_what_was_measured_holds_for_smaller_pages_and_not_for_larger_ones():
    asked = asking()
    for size, fits in [(50, True), (5, True), (30_000, False), (50, True)]:
        response = await asked.answer(Request(PAGE, None, {"n": size}), SEES_EVERYTHING, nothing)
        assert response.executed is fits
    assert (await asked.answer(Request(PAGE), SEES_EVERYTHING, nothing)).executed
    large = PAGE.replace("= 5", "= 30000")
    assert (await asked.answer(Request(large, None, {"n": 5}), SEES_EVERYTHING, nothing)).executed
    assert not (await asked.answer(Request(large), SEES_EVERYTHING, never)).executed


@pytest.mark.parametrize(
    "sent",
    [
        {"ids": ["x"] * 50_000},
        {"ids": [{}] * 50_000},
        {"ids": [["x"] * 150] * 150},
        {"ids": {"a": {"b": ["x"] * 201}}},
        {f"x{n}": 1 for n in range(20_000)},
    ],
)
async def test_variables_are_counted_before_they_are_compared_with_their_types(sent, slowness):
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    started = time.process_time()
    response = await asking().answer(Request(text, None, sent), SEES_EVERYTHING, never)
    assert time.process_time() - started < 0.1 * slowness
    assert "This asks for too much" in response.result.errors[0].message


async def test_as_many_things_are_asked_for_as_ids_are_sent():
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Child { hearings(first: 100) {"
    text += " edges { node { child { hearings(first: 3) { edges { node { id } } } } } } } } } }"
    few, many = ({"ids": ["x"] * n} for n in (2, 100))
    asked = asking()
    assert (await asked.answer(Request(text, None, few), SEES_EVERYTHING, nothing)).executed
    assert not (await asked.answer(Request(text, None, many), SEES_EVERYTHING, never)).executed


@pytest.mark.parametrize("many", [100, 101])
async def test_a_limit_is_the_largest_number_that_is_let_through(many):
    allowed = ApiSettings(most_values=200)
    asked = Asking(SCHEMA, allowed, lambda: TODAY, UNKEPT)
    text = f'{{ hearings(court: "HOU", first: {many}) {{ edges {{ cursor node {{ id }} }} }} }}'
    assert (await asked.answer(Request(text), SEES_EVERYTHING, nothing)).executed is (many == 100)


async def test_introspection_is_let_through():
    options = {"input_value_deprecation": True, "specified_by_url": True,
               "directive_is_repeatable": True, "schema_description": True}  # fmt: skip
    for text in (get_introspection_query(), get_introspection_query(**options)):
        response = await asking().answer(Request(text), SEES_EVERYTHING, never)
        assert response.result.errors is None


@pytest.mark.parametrize("text", ["{ __schema { description } }", '{ a: __type(name: "Child") { name } }',
                                  "{ ...q } fragment q on Query { ... { __schema { description } } }"])  # fmt: skip
async def test_introspection_is_for_those_who_may_and_where_it_is_switched_on(text):
    somebody = Viewer(name="somebody")
    off = ApiSettings(introspection=False)
    for allowed, viewer in [(off, SEES_EVERYTHING), (ApiSettings(), somebody)]:
        asked = Asking(SCHEMA, allowed, lambda: TODAY, UNKEPT)
        for _ in range(2):
            response = await asked.answer(Request(text), viewer, never)
            assert not response.executed
            (error,) = response.result.errors or []
            assert error.extensions == {"code": "FORBIDDEN"}
        assert (await asked.answer(Request("{ __typename }"), viewer, never)).result.errors is None


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ('{ child(id: "x") { fullNam } }', {}),
        ('{ child(idd: "x") { id } }', {}),
        ('{ child(id: "x") { id @inclde(if: true) } }', {}),
        ("{ ...f } fragment f on Chil { id }", {}),
        ("query ($r: Rol) { __typename }", {}),
        ("{ reviewQueue(role: CHILDD) { edges { cursor } } }", {}),
        ("query ($r: Role) { reviewQueue(role: $r) { edges { cursor } } }", {"r": "CHILDD"}),
        ("mutation ($i: RecordJudgementInput!) { recordJudgement(input: $i) { __typename } }",
         {"i": {"lefft": "x"}}),
    ],
)  # fmt: skip
async def test_what_is_misspelt_is_not_answered_with_a_guess(text, variables):
    response = await asking().answer(Request(text, None, variables), SEES_EVERYTHING, never)
    assert response.result.errors
    assert not [one for one in response.result.errors if "id you mean" in one.message]
