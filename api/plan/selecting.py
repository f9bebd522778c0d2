"""A GraphQL field becomes what is wanted of the graph.

graphql-core's own `collect_subfields` says which fields were selected, so that aliases, fragments,
`@include` and `@skip` mean here what they mean when it executes the operation itself.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_object_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values

from api.plan.reading import TYPENAME, TYPENAME_TYPE, Reading
from graph.selection import Wanted

Call = tuple[GraphQLField, FieldNode]


class Selecting:
    """Reads one operation with one set of variables; `calls` gathers the fields with arguments."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDetails],
        variables: VariableValues,
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = dict(fragments)
        self._variables = variables
        self.calls: list[Call] = []

    def roots(self) -> dict[str, list[FieldDetails]]:
        """The operation's root fields by response key."""
        collected = collect_fields(
            self._schema,
            self._fragments,
            self._variables,
            self._schema.get_root_type(self._operation.operation),  # type: ignore[arg-type]
            self._operation,
        )
        return collected.grouped_field_set

    def field(self, key: str, details: list[FieldDetails], parent: GraphQLObjectType) -> Reading:
        """One field and everything selected inside it."""
        node = details[0].node
        definition = parent.fields[node.name.value]
        call, given = self._call(definition, node)
        named = get_named_type(definition.type)
        of = {kind: self._fields(kind, details) for kind in self._possible(named)}
        wanted = Wanted(
            name=node.name.value,
            of={kind.name: _of_the_graph(fields) for kind, fields in of.items()},
            call=call,
            given=given,
        )
        return Reading(key, definition.type, wanted, of)

    def _possible(self, named: Any) -> list[GraphQLObjectType]:
        if is_abstract_type(named):
            return list(self._schema.get_possible_types(named))
        return [named] if is_object_type(named) else []

    def _fields(self, kind: GraphQLObjectType, details: list[FieldDetails]) -> tuple[Reading, ...]:
        grouped = collect_subfields(
            self._schema, self._fragments, self._variables, self._operation, kind, details
        ).grouped_field_set
        return tuple(
            Reading(key, TYPENAME_TYPE, Wanted(TYPENAME))
            if inner[0].node.name.value == TYPENAME
            else self.field(key, inner, kind)
            for key, inner in grouped.items()
        )

    def _call(self, definition: GraphQLField, node: FieldNode) -> tuple[int, frozenset[str]]:
        if not definition.args:
            return 0, frozenset()
        self.calls.append((definition, node))
        values = get_argument_values(definition, node, self._variables)
        given = frozenset(name for name, value in values.items() if value is not None)
        return len(self.calls) - 1, given


def _of_the_graph(fields: tuple[Reading, ...]) -> tuple[Wanted, ...]:
    return tuple(one.wanted for one in fields if one.wanted.name != TYPENAME)
