"""What somebody who knows one part of the schema may expect of the rest."""

import re

import pytest
from graphql import (
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    is_scalar_type,
    is_specified_directive,
    is_specified_scalar_type,
    is_union_type,
)

from tests.api.conftest import SCHEMA
from tests.api.test_schema import TYPES, ours

PAGING = {"first": "Int", "after": "String", "last": "Int", "before": "String"}
PAGE_INFO = {
    "hasNextPage": "Boolean!",
    "hasPreviousPage": "Boolean!",
    "startCursor": "String",
    "endCursor": "String",
}
NAME = re.compile(r"[a-z][A-Za-z0-9]*")
TITLE = re.compile(r"([A-Z][a-z0-9]*)+|([A-Z][a-z]*)*[A-Z]+[a-z]*")
CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")

OBJECTS = [kind for kind in ours() if is_object_type(kind) or is_interface_type(kind)]
FIELDS = [(kind, name, field) for kind in OBJECTS for name, field in kind.fields.items()]
INPUTS = [
    *((f"{kind}.{name}", argument, one) for kind, name, field in FIELDS
      for argument, one in field.args.items()),
    *((str(kind), name, field) for kind in ours() if is_input_object_type(kind)
      for name, field in kind.fields.items()),
]  # fmt: skip
CONNECTIONS = [kind for kind in OBJECTS if kind.name.endswith("Connection")]


def shape(kind):
    return {name: str(field.type) for name, field in kind.fields.items()}


def test_directives_and_their_arguments_are_described():
    ours = [one for one in SCHEMA.directives if not is_specified_directive(one)]
    assert [one.name for one in ours if not one.description] == []
    assert [a for one in ours for a, given in one.args.items() if not given.description] == []


def test_names_are_written_as_graphql_writes_them():
    assert [kind.name for kind in ours() if not TITLE.fullmatch(kind.name)] == []
    assert [f"{kind}.{name}" for kind, name, _ in FIELDS if not NAME.fullmatch(name)] == []
    assert [f"{where}({name}:)" for where, name, _ in INPUTS if not NAME.fullmatch(name)] == []
    values = [value for kind in ours() if is_enum_type(kind) for value in kind.values]
    assert [value for value in values if not CONSTANT.fullmatch(value)] == []


@pytest.mark.parametrize("kind", CONNECTIONS, ids=str)
def test_a_connection_is_relay_s(kind):
    of = kind.name.removesuffix("Connection")
    assert shape(kind) == {"edges": f"[{of}Edge!]!", "pageInfo": "PageInfo!"}
    edge = shape(TYPES[f"{of}Edge"])
    assert edge["node"] == f"{of}!"
    assert edge["cursor"] == "String!"


def test_page_info_is_relay_s():
    assert shape(TYPES["PageInfo"]) == PAGE_INFO


def test_a_connection_is_read_from_both_ends_and_never_null():
    paged = [one for one in FIELDS if get_named_type(one[2].type) in CONNECTIONS]
    assert len(paged) >= len(CONNECTIONS) > 5
    for kind, name, field in paged:
        given = {argument: str(one.type) for argument, one in field.args.items()}
        assert given.items() >= PAGING.items(), f"{kind}.{name}"
        assert is_non_null_type(field.type), f"{kind}.{name}"


def test_anything_with_an_id_of_its_own_is_fetched_again_as_relay_does():
    query = TYPES["Query"].fields
    assert str(query["node"].type) == "Node"
    assert {name: str(one.type) for name, one in query["node"].args.items()} == {"id": "ID!"}
    assert str(query["nodes"].type) == "[Node]!"
    assert {name: str(one.type) for name, one in query["nodes"].args.items()} == {"ids": "[ID!]!"}
    assert shape(TYPES["Node"]) == {"id": "ID!"}


def test_an_id_is_an_id_and_never_null():
    wrong = [f"{kind}.{name}" for kind, name, f in FIELDS if name == "id" and str(f.type) != "ID!"]
    wrong += [
        f"{where}({name}:)"
        for where, name, one in INPUTS
        if re.search(r"(^id|Id|^ids|Ids)$", name) and get_named_type(one.type).name != "ID"
    ]
    assert wrong == []


def test_a_list_is_empty_rather_than_null_and_holds_no_null():
    lists = {
        f"{kind}.{name}": str(field.type)
        for kind, name, field in FIELDS
        if is_list_type(get_nullable_type(field.type))
    }
    # Where an id is nobody's its place stays: the answer is in the order of the question.
    assert lists.pop("Query.nodes") == "[Node]!"
    assert [where for where, kind in lists.items() if not re.fullmatch(r"\[\w+!\]!", kind)] == []


def test_yes_or_no_is_never_null():
    kinds = [(f"{kind}.{name}", str(field.type)) for kind, name, field in FIELDS]
    assert [where for where, kind in kinds if kind == "Boolean"] == []


def test_a_scalar_of_ours_says_where_it_is_specified():
    scalars = [k for k in ours() if is_scalar_type(k) and not is_specified_scalar_type(k)]
    assert {kind.name for kind in scalars} == {"Date", "DateTime"}
    assert [kind.name for kind in scalars if not kind.specified_by_url] == []


# Breaking the glass opens a scope, and comes to what opening one does.
_AS_ANOTHERS = {"BreakGlassResult!": "OpenScopeResult!"}


def test_a_change_takes_one_input_or_a_list_and_comes_to_one_of_its_results_each():
    for name, field in TYPES["Mutation"].fields.items():
        many = "inputs" in field.args
        title = f"{name[0].upper()}{name[1:].removesuffix('s') if many else name[1:]}"
        declared = {argument: str(one.type) for argument, one in field.args.items()}
        one, result = f"{title}Input!", f"{title}Result!"
        assert declared == ({"inputs": f"[{one}]!"} if many else {"input": one})
        result = _AS_ANOTHERS.get(result, result)
        assert str(field.type) == (f"[{result}]!" if many else result)
        assert "key" in TYPES[f"{title}Input"].fields  # sent twice, it is done once
        outcomes = TYPES[result.rstrip("!")]
        assert is_union_type(outcomes)
        (refused,) = [kind for kind in outcomes.types if kind.name.endswith("Refused")]
        assert is_enum_type(get_named_type(refused.fields["reason"].type))
        assert shape(refused)["message"] == "String!"


def test_whoever_listens_is_told_where_to_go_on_from():
    for name, field in TYPES["Subscription"].fields.items():
        assert str(field.args["after"].type) == "String", name
        for kind in SCHEMA.get_possible_types(get_named_type(field.type)):
            assert shape(kind)["cursor"] == "String!", kind.name
