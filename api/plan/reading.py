"""How a field is read: its GraphQL type, and what was selected inside it, by response key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import GraphQLNonNull, GraphQLObjectType, GraphQLOutputType, GraphQLString

from graph.selection import Wanted

TYPENAME = "__typename"
TYPENAME_TYPE = GraphQLNonNull(GraphQLString)


@dataclass(frozen=True, slots=True)
class Reading:
    """One field of the answer: under which key, of which type, wanting what of the graph.

    `of` has the fields read inside it for each object type that it may turn out to be. `call`
    numbers the field's arguments among the operation's.
    """

    key: str
    type: GraphQLOutputType
    wanted: Wanted
    of: Mapping[GraphQLObjectType, tuple["Reading", ...]] = field(default_factory=dict)
