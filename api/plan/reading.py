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


# What is said of somebody is found by their id where it hangs on them, and needs none of its own.
_SAID_OF = {"AddressReport": ("Child", "Sponsor"), "Release": ("Child",)}


@dataclass(frozen=True, slots=True)
class Reading:
    """One field of the answer: under which key, of which type, wanting what of the graph.

    `of` has the fields read inside it for each object type that it may turn out to be; of those
    that are `noted` the id is read first, for the audit. What is `withheld` from the viewer is not
    wanted of the graph: it is answered with nothing.
    """

    key: str
    type: GraphQLOutputType
    wanted: Wanted
    of: Mapping[GraphQLObjectType, tuple["Reading", ...]] = field(default_factory=dict)
    noted: frozenset[str] = frozenset()
    withheld: bool = False


def of_the_graph(fields: Sequence[Reading], *, noted: bool) -> tuple[Wanted, ...]:
    """What is wanted of the graph of a thing: first its id, where that is `noted`."""
    wanted = tuple(one.wanted for one in fields if one.wanted.name != TYPENAME and not one.withheld)
    return (Wanted("id"), *wanted) if noted else wanted


def has_to_be_noted(kind: str, fields: Sequence[Reading], parent: str) -> bool:
    """Whether the id of a thing is read though nobody asks for it; it hangs on a `parent`.

    The audit tells of whom there was something in an answer, whatever was asked of it.
    """
    asked = (one.wanted.name for one in fields if not one.withheld)
    return kind in IDENTIFIED and parent not in _SAID_OF.get(kind, ()) and "id" not in asked
