"""A GraphQL field becomes what is wanted of the graph.

graphql-core's own `collect_subfields` says which fields were selected, so that aliases, fragments,
`@include` and `@skip` mean here what they mean when it executes the operation itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_interface_type,
    is_object_type,
    is_union_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values

from api.errors import Refused
from api.plan.reading import TYPENAME, TYPENAME_TYPE, Reading, has_to_be_noted, of_the_graph
from graph.selection import Wanted
from graph.shapes.admission import Admission
from graph.sharing import Viewer
from graph.sharing.receipts import refused_by
from graph.vocabulary.viewers import Outcome

Call = tuple[GraphQLField, FieldNode]


class Selecting:
    """Reads one operation with one set of variables, for a viewer's gate.

    `calls` gathers the fields with arguments; `admission` is what statements ask for the viewer.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDetails],
        variables: VariableValues,
        viewer: Viewer,
    ) -> None:
        self._viewer = viewer
        self._gate = viewer.gate
        self.admission = Admission(
            viewer.gate.scope, bool(viewer.withheld), viewer.gate.sees_sealed
        )
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
        """One field and everything selected inside it.

        Raises:
            Refused: the gate is closed to it. Whoever asks was told so before anything was read;
                this is for the way that nobody thought of.
        """
        node = details[0].node
        definition = parent.fields[node.name.value]
        outcome = self._gate.outcome(parent.name, node.name.value)
        if outcome is Outcome.ERROR:
            raise closed([f"{parent.name}.{node.name.value}"], self._viewer)
        call, given = self._call(definition, node)
        named = get_named_type(definition.type)
        of = {kind: self._fields(kind, details) for kind in self._possible(named)}
        noted = frozenset(
            kind.name
            for kind, fields in of.items()
            if has_to_be_noted(kind.name, fields, parent.name)
        )
        wanted = Wanted(
            name=node.name.value,
            of={
                kind.name: of_the_graph(fields, noted=kind.name in noted)
                for kind, fields in of.items()
            },
            call=call,
            given=given,
        )
        return Reading(key, definition.type, wanted, of, noted, withheld=outcome in _WITHHELD)

    def _possible(self, named: Any) -> list[GraphQLObjectType]:
        """The types that it may turn out to be; of a kind that is closed nothing is there."""
        if is_interface_type(named):
            return [
                kind
                for kind in self._schema.get_possible_types(named)
                if self._gate.outcome_of_kind(kind.name) in OPENED
            ]
        if is_union_type(named):  # of what became of a write, or of what is told
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


OPENED = (Outcome.ALLOW, Outcome.AUDIT)
_WITHHELD = (Outcome.REDACT, Outcome.HIDE)


def closed(fields: Sequence[str], viewer: Viewer) -> Refused:
    """The refusal of an operation that asks for fields which no rule opens to the viewer."""
    named = ", ".join(f"`{one}`" for one in fields)
    rules = ", ".join(refused_by(viewer, fields)) or "no category has it"
    return Refused(
        f"In your role and for this purpose you may not ask for {named} ({rules}): `policy` says"
        " what you may.",
        "closed",
        code="FORBIDDEN",
        status=403,
        fields=fields,
    )
