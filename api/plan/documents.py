"""Documents: parsed and validated once, and remembered by their text."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from graphql import (
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    StringValueNode,
    Visitor,
    get_operation_ast,
    parse,
    print_ast,
    validate,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails

V = TypeVar("V")

# For each gate: a plan for each way its variables decide, what passes, a receipt, what the audit
# calls it. Few documents have more than three plans, and few servers more than a dozen gates.
PLANS_OF_A_DOCUMENT = 128


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

    @cached_property
    def signature(self) -> str:
        """Tells documents apart by their shape alone.

        Without literals and aliases, from which somebody's number could be worked out again.
        """
        return hashlib.sha256(print_ast(visit(self.node, _Shape())).encode()).hexdigest()[:16]

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of that name, or the only one."""
        return get_operation_ast(self.node, name)


class _Shape(Visitor):
    """A document without what somebody wrote into it."""

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode:
        return replace(node, alias=None)

    def leave_operation_definition(
        self, node: OperationDefinitionNode, *_: Any
    ) -> OperationDefinitionNode:
        return replace(node, name=None)

    def leave_int_value(self, node: IntValueNode, *_: Any) -> IntValueNode:
        return replace(node, value="0")

    def leave_float_value(self, node: FloatValueNode, *_: Any) -> FloatValueNode:
        return replace(node, value="0")

    def leave_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return replace(node, value="", block=False)


def read_document(text: str, most_tokens: int) -> DocumentNode:
    """Parse; raises GraphQLError with a place in the text."""
    return parse(text, max_tokens=most_tokens, allow_empty_selection_sets=False)


def validated(schema: GraphQLSchema, node: DocumentNode) -> Document:
    """The document with what the specification has against it; at most 20 errors are looked for."""
    errors = validate(
        schema, node, max_errors=20, hide_suggestions=True, allow_empty_selection_sets=False
    )
    return Document(node, errors)
