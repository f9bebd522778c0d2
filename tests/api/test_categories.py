"""Every field of the schema has one category, and nothing else has any."""

import pytest
from graphql import GraphQLObjectType, is_abstract_type

from api.schema import executable
from graph.sharing.fields import (
    CATEGORIES,
    RulesError,
    category_of,
    category_of_argument,
    category_of_kind,
    read,
)
from graph.sharing.gate import OPEN, Gate
from graph.vocabulary.viewers import Category, Outcome, ScopeKind

TYPES = {
    name: kind
    for name, kind in executable().type_map.items()
    if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
}


def test_every_field_of_the_schema_has_a_category():
    without = [
        f"{name}.{field}"
        for name, kind in TYPES.items()
        for field in kind.fields
        if category_of(name, field) is None
    ]
    assert not without, "give each a category in graph/sharing/fields.toml"


def test_no_rule_speaks_of_a_field_that_is_not_there():
    gone = [
        f"{kind}.{field}"
        for kind, field in CATEGORIES.fields
        if kind not in TYPES or (field != "*" and field not in TYPES[kind].fields)
    ]
    assert not gone, "take each out of graph/sharing/fields.toml"


def test_every_kind_that_a_field_may_turn_out_to_be_has_a_category():
    schema = executable()
    several = [kind for kind in schema.type_map.values() if is_abstract_type(kind)]
    kinds = {kind.name for one in several for kind in schema.get_possible_types(one)}
    assert set(CATEGORIES.kinds) == kinds


def test_every_argument_with_a_category_is_there():
    for written in CATEGORIES.arguments:
        kind, _, rest = written.partition(".")
        field, _, argument = rest.removesuffix(")").partition("(")
        assert argument in TYPES[kind].fields[field].args
        assert category_of_argument(kind, field, argument) is CATEGORIES.arguments[written]


def test_a_field_that_no_rule_covers_is_refused_even_where_all_is_open():
    assert category_of("Child", "shoeSize") is None
    assert OPEN.outcome("Child", "shoeSize") is Outcome.ERROR
    assert OPEN.outcome_of_kind("Shoe") is Outcome.ERROR


def test_a_category_that_no_rule_opens_is_closed():
    assert Gate("new").outcome("Child", "id") is Outcome.ERROR
    assert Gate("new").scope is ScopeKind.NOBODY


def test_an_argument_that_tells_nothing_is_allowed():
    gate = Gate("one", outcomes={Category.CHILD_NAME: Outcome.REDACT})
    assert gate.outcome_of_argument("Query", "child", "id") is Outcome.ALLOW
    assert gate.outcome_of_argument("Query", "child", "aNumber") is Outcome.REDACT


def test_graphqls_own_fields_tell_nothing_of_anybody():
    assert category_of("Child", "__typename") is Category.PLAIN
    assert category_of_kind("Hearing") is Category.COURT


def test_a_field_in_two_categories_is_refused():
    both = {"A": {"PLAIN": ["b"], "COURT": ["b"]}, "whole": {}, "kinds": {}, "arguments": {}}
    with pytest.raises(RulesError, match=r"A\.b stands in two"):
        read(both)


def test_a_type_is_of_one_category_or_told_field_by_field():
    both = {"A": {"PLAIN": ["b"]}, "whole": {"COURT": ["A"]}, "kinds": {}, "arguments": {}}
    with pytest.raises(RulesError, match="as a whole, or field by field"):
        read(both)


def test_a_category_that_is_none_is_refused():
    with pytest.raises(RulesError, match="no category SECRET"):
        read({"A": {"SECRET": ["b"]}, "whole": {}, "kinds": {}, "arguments": {}})
