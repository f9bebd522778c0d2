"""The schema file is the contract with every client."""

from pathlib import Path
from typing import Any

from graphql import (
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_specified_scalar_type,
)

import api
from api.schema import schema
from graph.shapes import ROOTS, SHAPES, Scalar
from graph.shapes.events import STREAMS
from tests.api.conftest import SCHEMA

# What a page of a subscription is read as; clients see its events.
PAGES = {stream.page for stream in STREAMS.values()}
FILE = Path(api.__file__).parent / "schema.graphql"


TYPES: dict[str, Any] = dict(SCHEMA.type_map)


def ours():
    return [
        kind
        for kind in SCHEMA.type_map.values()
        if not kind.name.startswith("__") and not is_specified_scalar_type(kind)
    ]


def test_the_committed_schema_is_the_one_that_is_served():
    assert FILE.read_text() == f"{schema.as_str()}\n", (
        "run `sponsorgraph schema > api/schema.graphql`"
    )


def test_everything_is_described():
    missing = []
    for kind in ours():
        missing += [] if kind.description else [kind.name]
        if is_enum_type(kind):
            missing += [f"{kind.name}.{n}" for n, v in kind.values.items() if not v.description]
        if is_object_type(kind) or is_interface_type(kind) or is_input_object_type(kind):
            for name, field in kind.fields.items():
                missing += [] if field.description else [f"{kind.name}.{name}"]
                missing += [
                    f"{kind.name}.{name}({argument})"
                    for argument, declared in getattr(field, "args", {}).items()
                    if not declared.description
                ]
    assert missing == []


def test_every_field_has_its_cypher_and_every_cypher_its_field():
    for kind in filter(is_object_type, ours()):
        if kind.name in SHAPES:
            assert set(kind.fields) == set(SHAPES[kind.name].fields), kind.name
    compiled = {kind.name for kind in filter(is_object_type, ours())} & set(SHAPES)
    assert compiled == set(SHAPES) - PAGES
    assert set(TYPES["Query"].fields) == {
        *ROOTS,
        "viewer",
        "policy",
        "policyDiff",
        "responsibilities",
        "disclosures",
        "auditLog",
    }
    assert set(TYPES["Subscription"].fields) == set(STREAMS)


def test_a_field_takes_the_arguments_that_its_cypher_knows():
    for kind in filter(is_object_type, ours()):
        declared = ROOTS if kind.name == "Query" else getattr(SHAPES.get(kind.name), "fields", {})
        for name, field in kind.fields.items():
            if name in declared:
                known = {argument.name for argument in declared[name].arguments}
                assert set(field.args) == known, f"{kind.name}.{name}"


def test_whatever_has_an_id_of_ours_can_be_fetched_again_by_it():
    nodes = {kind.name for kind in SCHEMA.get_possible_types(TYPES["Node"])}
    assert nodes == set(ROOTS["node"].of)


def test_dates_leave_the_graph_as_text():
    for shape in (SHAPES[name] for name in SHAPES.keys() - PAGES):
        for name, field in shape.fields.items():
            kind = TYPES[shape.name].fields[name].type
            if isinstance(field, Scalar) and str(kind).startswith("Date"):
                assert "toString(" in field.text, f"{shape.name}.{name}"
