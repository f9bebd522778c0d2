"""How a field is read: its GraphQL type, and what was selected inside it, by response key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphql import GraphQLNonNull, GraphQLObjectType, GraphQLOutputType, GraphQLString

from graph.selection import Wanted

TYPENAME = "__typename"
TYPENAME_TYPE = GraphQLNonNull(GraphQLString)

# What the audit names in an answer: each has an id of its own, which is read though nobody asks.
IDENTIFIED = frozenset(
    {
        *("Child", "Sponsor", "Hearing", "Record", "Address"),
        *("AddressReport", "Release", "CandidatePair"),
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One field of the answer: under which key, of which type, wanting what of the graph.

    `of` has the fields read inside it for each object type that it may turn out to be. What is
    `withheld` from the viewer is not wanted of the graph: it is answered with nothing.
    """

    key: str
    type: GraphQLOutputType
    wanted: Wanted
    of: Mapping[GraphQLObjectType, tuple["Reading", ...]] = field(default_factory=dict)
    withheld: bool = False


def of_the_graph(kind: str, fields: Sequence[Reading]) -> tuple[Wanted, ...]:
    """What is wanted of the graph of a thing of this kind: first its id, where nobody asks for it.

    The audit names what was in an answer, whatever was asked of it.
    """
    wanted = tuple(one.wanted for one in fields if one.wanted.name != TYPENAME and not one.withheld)
    return (Wanted("id"), *wanted) if reads_a_hidden_id(kind, fields) else wanted


def reads_a_hidden_id(kind: str, fields: Sequence[Reading]) -> bool:
    """Whether the id of a thing that has one is read though nobody asks for it."""
    asked = (one.wanted.name for one in fields if not one.withheld)
    return kind in IDENTIFIED and "id" not in asked
