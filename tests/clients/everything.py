"""Every question that the schema has, as a document that clients' compilers can be given.

One operation for each root field, with all that its answer holds to a depth of two: what a
compiler cannot live with shows before somebody asks it.
"""

from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

_DEEPEST = 2


def everything(schema: GraphQLSchema) -> str:
    """A document of operations that validates against the schema."""
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    return "\n".join(
        _operation(schema, verb, name, field)
        for verb, kind in roots.items()
        for name, field in (kind.fields if kind else {}).items()
    )


def _operation(schema: GraphQLSchema, verb: str, name: str, field: GraphQLField) -> str:
    declared = ", ".join(f"${argument}: {one.type}" for argument, one in field.args.items())
    given = ", ".join(f"{argument}: ${argument}" for argument in field.args)
    title = f"Every{verb.title()}{name[0].upper()}{name[1:]}"
    asked = f"{name}({given})" if given else name
    selection = _selection(schema, get_named_type(field.type), 0)
    return f"{verb} {title}{f'({declared})' if declared else ''} {{ {asked}{selection} }}"


def _selection(schema: GraphQLSchema, kind: GraphQLNamedType, depth: int) -> str:
    """What is selected of a type: nothing of a leaf, its kind alone where it is too deep."""
    if is_leaf_type(kind):
        return ""
    if is_abstract_type(kind):
        possible = schema.get_possible_types(kind)
        # Under a name of its own, for two types may have a field of one name and two kinds.
        parts = [
            f"... on {one.name} {{ {_fields(schema, one, depth, one.name)} }}" for one in possible
        ]
    else:
        parts = [_fields(schema, kind, depth, "")]
    return f" {{ __typename {' '.join(parts)} }}"


def _fields(schema: GraphQLSchema, kind: Any, depth: int, prefix: str) -> str:
    return " ".join(
        f"{f'{prefix}_{name}: ' if prefix else ''}{name}"
        f"{_selection(schema, get_named_type(field.type), depth + 1)}"
        for name, field in kind.fields.items()
        if not any(map(is_required_argument, field.args.values()))
        and (depth < _DEEPEST or is_leaf_type(get_named_type(field.type)))
    )
