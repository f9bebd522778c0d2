"""Variables to plan an operation with, ahead of whoever asks it: of the right types, no more."""

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    get_nullable_type,
    is_required_input_field,
    type_from_ast,
)

# It can be read as an A-number, which no other text need be.
_TEXT = "A000000000"
_OF = {
    "Int": 1, "Float": 1.0, "Boolean": True, "Date": "2024-01-01",
    "DateTime": "2024-01-01T00:00:00+00:00",
}  # fmt: skip


def sample_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> dict[str, Any]:
    """A value for each variable that must have one; the others are left out."""
    variables = {}
    for definition in operation.variable_definitions or ():
        kind = type_from_ast(schema, definition.type)
        if isinstance(kind, GraphQLNonNull) and definition.default_value is None:
            variables[definition.variable.name.value] = _sample(kind)
    return variables


def _sample(declared: GraphQLInputType) -> Any:
    kind = get_nullable_type(declared)
    if isinstance(kind, GraphQLList):
        return [_sample(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        required = {n: f for n, f in kind.fields.items() if is_required_input_field(f)}
        return {name: _sample(field.type) for name, field in required.items()}
    return _OF.get(getattr(kind, "name", ""), _TEXT)
