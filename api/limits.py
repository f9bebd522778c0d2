"""What a document may cost, found before validation: validation itself can be made to cost.

One walk, in which a fragment is measured once for each type that it is spread on, so that a
document of nested fragments costs its own length and not its expansion. Introspection is exempt:
graphql-core's own rule bounds its depth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from api.settings import ApiSettings
from graph.shapes.asking import USUAL_PAGE

# A list that has no page of its own: addresses, releases, words on a hearing. Few have more.
_USUAL_LIST = 5
# Deeper than any sensible nesting of fragments and fields; keeps the walk off Python's own limit.
_DEEPEST_WALK = 100
_PAGES = ("first", "last")


@dataclass(frozen=True, slots=True)
class Measure:
    """How much a selection asks for.

    Levels of nested fields, fields as they would be written out, questions (root fields, each a
    statement), and things in the answer.
    """

    depth: int = 0
    fields: int = 0
    questions: int = 0
    things: int = 0

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.questions + other.questions,
            self.things + other.things,
        )


def check_limits(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: ApiSettings,
) -> None:
    """Raises GraphQLError, saying which limit, for an operation that asks for too much."""
    walk = _Walk(schema, document, _page_sizes(operation, variables))
    root = schema.get_root_type(operation.operation)
    measure = walk.selection(operation.selection_set, root, 0)
    _refuse(measure.depth, limits.most_depth, "levels deep")
    _refuse(measure.fields, limits.most_fields, "fields")
    _refuse(measure.things, limits.most_things, "things in its answer")
    _refuse(measure.questions, limits.most_root_fields, "questions at once")
    _refuse(walk.directives, limits.most_directives, "directives")


def _refuse(found: int, most: int, what: str) -> None:
    if found > most:
        raise GraphQLError(f"This asks for too much: {found:,} {what}, and {most:,} are allowed.")


def _page_sizes(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        value = variables.get(name)
        default = definition.default_value
        if isinstance(value, int):
            sizes[name] = value
        elif isinstance(default, IntValueNode):
            sizes[name] = int(default.value)
    return sizes


class _Walk:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, sizes: Mapping[str, int]
    ) -> None:
        self._schema = schema
        self._sizes = sizes
        self._fragments = {
            one.name.value: one
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._measured: dict[str, Measure] = {}
        self.directives = 0

    def selection(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, level: int
    ) -> Measure:
        if level > _DEEPEST_WALK:
            raise GraphQLError("This asks for too much: it is nested too deeply.")
        measure = Measure()
        for one in selections.selections if selections else ():
            self.directives += len(one.directives or ())
            if isinstance(one, FieldNode):
                measure = measure.beside(self._field(one, parent, level))
            elif isinstance(one, InlineFragmentNode):
                kind = self._condition(one) or parent
                measure = measure.beside(self.selection(one.selection_set, kind, level + 1))
            elif isinstance(one, FragmentSpreadNode):
                measure = measure.beside(self._spread(one.name.value, level))
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
            kind = self._condition(fragment)
            self._measured[name] = self.selection(fragment.selection_set, kind, level + 1)
        return self._measured[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, level: int) -> Measure:
        name = node.name.value
        if name.startswith("__"):
            return Measure(fields=1)
        fields: Mapping[str, GraphQLField] = getattr(parent, "fields", {})
        definition = fields.get(name)
        if definition is None:
            return Measure(fields=1)
        inner = self.selection(node.selection_set, get_named_type(definition.type), level + 1)
        asked = 1 if parent in (self._schema.query_type, self._schema.mutation_type) else 0
        if node.selection_set is None:
            return Measure(1, 1, asked)
        many = self._many(node, definition)
        things = many * (1 + inner.things)
        return Measure(inner.depth + 1, inner.fields + 1, asked, things)

    def _many(self, node: FieldNode, definition: GraphQLField) -> int:
        """How many things the field may give: its page, or what a list without one usually has."""
        page = definition.args.get(_PAGES[0])
        if page is None:
            # The edges of a connection are counted where its page is.
            kind = get_nullable_type(definition.type)
            is_edges = getattr(get_named_type(kind), "name", "").endswith("Edge")
            return _USUAL_LIST if is_list_type(kind) and not is_edges else 1
        sizes = [self._size(one.value) for one in node.arguments or () if one.name.value in _PAGES]
        return max(1, *sizes) if any(sizes) else _default(page)

    def _size(self, value: ValueNode) -> int:
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, VariableNode):
            return self._sizes.get(value.name.value, 0)
        return 0


def _default(page: GraphQLArgument) -> int:
    value = page.default_value
    return value if isinstance(value, int) else USUAL_PAGE
