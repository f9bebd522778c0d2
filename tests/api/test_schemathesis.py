"""Schemathesis's questions, of every field of Query and Mutation, on a real graph.

None is a server error, and none has another answer the ordinary way. Half of the ids, names and
courts that it draws are somebody's; the rest is whatever text and numbers may be.
"""

import operator
from collections import Counter
from pathlib import Path

import pytest
import schemathesis
from graphql import GraphQLError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes, scalar

import api
from api.limits import Limits
from api.plan.documents import read_document, validated
from tests.api.conftest import PATIENT, SCHEMA
from tests.api.test_two_ways import a_small_world

CONTRACT = Path(api.__file__ or "").parent / "schema.graphql"
EXAMPLES = 4  # a field; Neo4j takes a tenth of a second and more to plan each
# Stand for the ids of the world, which is written after the questions are drawn.
PEOPLE = ["ID-of-child", "ID-of-sponsor", "ID-of-home", "ID-of-former", "ID-of-record"]
WORDS = ["Reyes", "ana", "A000000001", "HOU", "Oak St 12", "TX", "Xóchitl", "%", "' OR 1=1 //"]


def _text(values):
    return st.one_of(st.sampled_from(values), st.text(max_size=12)).map(nodes.String)


def _counts():
    return st.one_of(st.integers(1, 9), st.integers(-(2**31), 2**31 - 1)).map(nodes.Int)


@pytest.fixture(scope="module")
def drawn():
    """Questions by the field of Query or Mutation that they ask."""
    scalar("ID", _text(PEOPLE))
    scalar("String", _text(WORDS))
    scalar("Int", _counts())
    scalar("Date", st.dates().map(lambda day: nodes.String(day.isoformat())))
    contract = schemathesis.graphql.from_path(CONTRACT)
    return {
        operation.label: _drawn_from(operation.as_strategy())
        for operation in map(operator.methodcaller("ok"), contract.get_all_operations())
    }


def _drawn_from(strategy):
    texts: list[str] = []

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def draw(case):
        texts.append(case.body)

    draw()
    return texts


def _here(text, ids):
    for placeholder, own in zip(PEOPLE, ids.values(), strict=True):
        text = text.replace(placeholder, own)
    return text


async def test_no_question_is_a_server_error_or_has_two_answers(drawn, world, ask, client):
    ids = await a_small_world(world)
    names = ("child", "sponsor", "home", "former", "record")
    ids = {name: ids[name] for name in names}
    outcomes: Counter[str] = Counter()
    for label, texts in drawn.items():
        for text in texts:
            body = {"query": _here(text, ids)}
            answer = await client.post("/graphql", json=body)
            told = answer.json()
            codes = {
                (error.get("extensions") or {}).get("code") for error in told.get("errors", ())
            }
            assert answer.status_code < 500, (label, text)
            assert not codes & {"INTERNAL", "UNAVAILABLE", "DEADLINE", "OUTCOME_UNKNOWN"}, (
                label,
                text,
                told,
            )
            outcomes["with errors" if told.get("errors") else "answered"] += 1
            if label.startswith("Query.") and "data" in told:
                one, other = await ask.both_ways(body["query"])
                assert one == other, (label, text)
                outcomes["compared"] += 1
    assert {label.split(".")[0] for label in drawn} >= {"Query", "Mutation"}
    assert len(drawn) > 20
    # Most can be answered, else little was tried.
    assert outcomes["answered"] > 30
    assert outcomes["compared"] > 50


def test_what_it_draws_is_valid_and_most_of_it_within_the_limits(drawn):
    limits = Limits(SCHEMA, PATIENT)
    refused = 0
    for label, texts in drawn.items():
        for text in texts:
            node = read_document(text, 10_000)
            assert not validated(SCHEMA, node).errors, (label, text)
            try:
                limits.check_document(node)
            except GraphQLError:
                refused += 1
    assert refused * 10 < sum(map(len, drawn.values()))
