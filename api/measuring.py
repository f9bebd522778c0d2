"""How much an operation asks for, by one walk over its document.

A fragment is measured once, however often it is spread, so that a document of nested fragments
costs its own length and not its expansion. What introspection asks for is counted apart: its depth
is the specification's own, and its lists are as long as the schema makes them.
"""

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from api.errors import Refused
from graph.shapes.asking import USUAL_PAGE

# A list that has no page of its own: addresses, releases, words on a hearing. Few have more.
_USUAL_LIST = 5
# Deeper than any sensible nesting of fragments and fields; keeps the walk off Python's own limit.
_DEEPEST_WALK = 100
_PAGES = ("first", "last")
_DIGITS = 19
# About as long as this schema makes them; `types` is counted.
_INTROSPECTED = {
    "fields": 10, "args": 3, "inputFields": 4, "enumValues": 6, "possibleTypes": 3,
    "interfaces": 2, "directives": 5,
}  # fmt: skip


@dataclass(slots=True)
class Measure:
    """How much a selection asks for.

    Levels of nested fields, fields as they would be written out, questions (root fields, each a
    statement), things in the answer, the things' values, and things of the schema.
    """

    depth: int = 0
    fields: int = 0
    questions: int = 0
    things: int = 0
    values: int = 0
    introspected: int = 0

    def add(self, other: "Measure") -> None:
        """What is selected beside it."""
        self.depth = max(self.depth, other.depth)
        self.fields += other.fields
        self.questions += other.questions
        self.things += other.things
        self.values += other.values
        self.introspected += other.introspected


class Walk:
    """Measures the operations and fragments of one document, with one set of page sizes.

    `sizes` has the variables that are numbers, and the lengths of those that are lists;
    `asked_of` gathers the variables on whose size the measure depends.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Iterable[FragmentDefinitionNode],
        sizes: Mapping[str, int],
        most_fields: int = sys.maxsize,
    ) -> None:
        self._schema = schema
        self._sizes = sizes
        self._fragments = {one.name.value: one for one in fragments}
        self._measured: dict[str, Measure] = {}
        self._roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
        self._fields_left = most_fields
        self.asked_of: set[str] = set()
        self.directives = 0
        self.longest_list = 0

    def operation(self, operation: OperationDefinitionNode) -> Measure:
        self.directives += len(operation.directives or ())
        for definition in operation.variable_definitions or ():
            self.directives += len(definition.directives or ())
            if definition.default_value:
                self._measure_lists(definition.default_value)
        root = self._schema.get_root_type(operation.operation)
        return self._selection(operation.selection_set.selections, root, 0)

    def fragment(self, name: str) -> Measure:
        return self._spread(name, 0)

    def has_measured(self, name: str) -> bool:
        return name in self._measured

    def _selection(
        self, selections: Sequence[SelectionNode], parent: GraphQLNamedType | None, level: int
    ) -> Measure:
        if level > _DEEPEST_WALK:
            raise Refused(
                "This asks for too much: it is nested too deeply.", "depth", code="TOO_MUCH"
            )
        measure = Measure()
        for one in selections:
            self.directives += len(one.directives or ())
            if isinstance(one, FieldNode):
                measure.add(self._field(one, parent, level))
            elif isinstance(one, InlineFragmentNode):
                kind = self._condition(one) or parent
                measure.add(self._selection(one.selection_set.selections, kind, level + 1))
            elif isinstance(one, FragmentSpreadNode):
                measure.add(self._spread(one.name.value, level))
        return measure

    def _condition(
        self, node: InlineFragmentNode | FragmentDefinitionNode
    ) -> GraphQLNamedType | None:
        condition = node.type_condition
        return self._schema.get_type(condition.name.value) if condition else None

    def _spread(self, name: str, level: int) -> Measure:
        fragment = self._fragments.get(name)
        if fragment is None:
            return Measure()
        if name not in self._measured:
            # Stands in for itself while it is measured: validation refuses the circle.
            self._measured[name] = Measure()
            self.directives += len(fragment.directives or ())
            kind = self._condition(fragment)
            inner = self._selection(fragment.selection_set.selections, kind, level + 1)
            self._measured[name] = inner
        return self._measured[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, level: int) -> Measure:
        self._fields_left -= 1
        if self._fields_left < 0:
            raise Refused(
                "This asks for too much: it has more fields than are allowed.",
                "fields",
                code="TOO_MUCH",
            )
        for argument in node.arguments or ():
            self._measure_lists(argument.value)
        name = node.name.value
        definition = self._definition(parent, name)
        kind = get_named_type(definition.type) if definition else None
        selections = node.selection_set.selections if node.selection_set else ()
        inner = self._selection(selections, kind, level + 1)
        if kind is not None and (kind.name.startswith("__") or _is_introspection(parent)):
            many = self._introspected(name)
            return Measure(fields=1 + inner.fields, introspected=many * (1 + inner.introspected))
        asked = 1 if parent in self._roots and name != "__typename" else 0
        if definition is None or node.selection_set is None:
            return Measure(1, 1 + inner.fields, asked, values=1)
        many = self._many(node, definition)
        return Measure(
            inner.depth + 1,
            inner.fields + 1,
            asked,
            many * (1 + inner.things),
            many * inner.values,
            inner.introspected,
        )

    def _definition(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        if parent is None:
            return None
        return self._schema.get_field(parent, name)  # type: ignore[arg-type]

    def _introspected(self, name: str) -> int:
        return len(self._schema.type_map) if name == "types" else _INTROSPECTED.get(name, 1)

    def _many(self, node: FieldNode, definition: GraphQLField) -> int:
        """How many things the field may give: its page, or what a list without one usually has."""
        given = {one.name.value: one.value for one in node.arguments or ()}
        pages = [name for name in _PAGES if name in definition.args]
        if pages:
            sizes = [self._size(given[name]) for name in pages if name in given]
            return max(1, *sizes) if any(sizes) else _default(definition.args[pages[0]])
        kind = get_nullable_type(definition.type)
        # The edges of a connection are counted where its page is.
        if not is_list_type(kind) or get_named_type(kind).name.endswith("Edge"):
            return 1
        lists = [name for name, one in definition.args.items() if _takes_a_list(one)]
        return max([_USUAL_LIST, *(self._size(given[name]) for name in lists if name in given)])

    def _size(self, value: ValueNode) -> int:
        if isinstance(value, IntValueNode):
            return _whole(value)
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, VariableNode):
            self.asked_of.add(value.name.value)
            return self._sizes.get(value.name.value, 0)
        return 0

    def _measure_lists(self, value: ValueNode) -> None:
        if isinstance(value, ListValueNode):
            self.longest_list = max(self.longest_list, len(value.values))
            for one in value.values:
                self._measure_lists(one)
        elif isinstance(value, ObjectValueNode):
            for field in value.fields:
                self._measure_lists(field.value)


def sizes_of(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, int]:
    """The variables of an operation that may be a page's size, by what was sent or its default."""
    sizes = {}
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        sent = size_of(variables.get(name))
        default = definition.default_value
        if sent is not None:
            sizes[name] = sent
        elif isinstance(default, IntValueNode):
            sizes[name] = _whole(default)
        elif isinstance(default, ListValueNode):
            sizes[name] = len(default.values)
    return sizes


def size_of(value: object) -> int | None:
    """What a variable's value may stand for as a size; GraphQL takes 5.0 for an Int as well."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, float):
        return math.ceil(value) if math.isfinite(value) else sys.maxsize
    return value if isinstance(value, int) else None


def _whole(value: IntValueNode) -> int:
    """The number as written; Python itself refuses to read one of thousands of digits."""
    return int(value.value) if len(value.value) < _DIGITS else sys.maxsize


def _is_introspection(parent: GraphQLNamedType | None) -> bool:
    return parent is not None and parent.name.startswith("__")


def _takes_a_list(argument: GraphQLArgument) -> bool:
    return is_list_type(get_nullable_type(argument.type))


def _default(page: GraphQLArgument) -> int:
    value = page.default_value
    return value if isinstance(value, int) else USUAL_PAGE
