"""What an operation asks of a gate: which fields it reads, which are withheld, which are refused.

Told by the operation and the gate alone, before anything is read, and the same whatever is found.
Whatever stands in the operation counts, also what `@include` or `@skip` leaves out of one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    Node,
    NullValueNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_object_type,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails

from api.plan.selecting import OPENED
from graph.sharing import Gate
from graph.vocabulary.viewers import Outcome


@dataclass(frozen=True, slots=True)
class Passage:
    """The fields of an operation as `Type.field`, sorted, by what becomes of them.

    `read` has those that are answered, of which `noted` are asked for under an eye; `redacted` and
    `hidden` ones are answered with nothing; with any in `refused` nothing at all is read.
    """

    read: tuple[str, ...]
    noted: tuple[str, ...]
    redacted: tuple[str, ...]
    hidden: tuple[str, ...]
    refused: tuple[str, ...]


def passage(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDetails],
    gate: Gate,
) -> Passage:
    """What becomes of each field that an operation and its fragments ask for."""
    found = _asked(schema, operation, fragments)
    asked = sorted(found.fields)
    becomes = {field: gate.outcome(*field.split(".")) for field in asked}
    closed = (
        f"{kind}.{name}({argument}:)"
        for kind, name, argument in sorted(found.arguments)
        if gate.outcome_of_argument(kind, name, argument) not in OPENED
    )

    def of(*outcomes: Outcome) -> tuple[str, ...]:
        return tuple(field for field in asked if becomes[field] in outcomes)

    return Passage(
        read=of(Outcome.ALLOW, Outcome.AUDIT),
        noted=of(Outcome.AUDIT),
        redacted=of(Outcome.REDACT),
        hidden=of(Outcome.HIDE),
        refused=(*of(Outcome.ERROR), *closed),
    )


def _asked(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDetails],
) -> "_Asked":
    asked = _Asked(schema)
    waiting: list[Node] = [operation]
    seen: set[str] = set()
    while waiting:
        visit(waiting.pop(), TypeInfoVisitor(asked.types, asked))
        new = asked.spread - seen
        seen |= new
        waiting += [fragments[name].definition for name in sorted(new)]
    return asked


class _Asked(Visitor):
    """Gathers every field and argument by their types, and the names of the fragments spread.

    What is asked of an interface is decided where the type that it turns out to be is known.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self.types = TypeInfo(schema)
        self.fields: set[str] = set()
        self.arguments: set[tuple[str, str, str]] = set()
        self.spread: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.types.get_parent_type()
        if parent is None or node.name.value.startswith("__"):
            return
        named = get_named_type(parent)
        if is_object_type(named):
            name = node.name.value
            self.fields.add(f"{named.name}.{name}")
            self.arguments |= {
                (named.name, name, one.name.value)
                for one in node.arguments or ()
                if not isinstance(one.value, NullValueNode)
            }

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.spread.add(node.name.value)
