"""Documents: parsed and validated once, and remembered by their text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.collect_fields import FragmentDetails

V = TypeVar("V")

# A plan for each way its variables decide; few documents have more than two or three.
PLANS_OF_A_DOCUMENT = 32


class Remembered(Generic[V]):
    """The most recently used values, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Any, V] = OrderedDict()

    def get(self, key: Any) -> V | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Any, value: V) -> V:
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Document:
    """A parsed document, and why it cannot be executed, when it cannot."""

    node: DocumentNode
    errors: list[GraphQLError] = field(default_factory=list)
    plans: Remembered[Any] = field(default_factory=lambda: Remembered(PLANS_OF_A_DOCUMENT))
    # What the limits found of each operation, by its name; `api.limits` knows what.
    passed: dict[str | None, Any] = field(default_factory=dict)

    @cached_property
    def fragments(self) -> Mapping[str, FragmentDetails]:
        return {
            one.name.value: FragmentDetails(one)
            for one in self.node.definitions
            if isinstance(one, FragmentDefinitionNode)
        }

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of that name, or the only one."""
        return get_operation_ast(self.node, name)


def read_document(text: str, most_tokens: int) -> DocumentNode:
    """Parse; raises GraphQLError with a place in the text."""
    return parse(text, max_tokens=most_tokens, allow_empty_selection_sets=False)


def validated(schema: GraphQLSchema, node: DocumentNode) -> Document:
    """The document with what the specification has against it; at most 20 errors are looked for."""
    errors = validate(
        schema, node, max_errors=20, hide_suggestions=True, allow_empty_selection_sets=False
    )
    return Document(node, errors)
