"""What can be listened to: fields of Subscription, over WebSocket with graphql-transport-ws.

What is new is read from the graph, a page of events in one compiled statement, when a run has been
published; see `api.listening`.
"""

import strawberry

from api.types.declared import argument, from_graph
from api.types.events import AddressReportedEvent, FailedToAppearEvent, IdentityChangedEvent
from graph.vocabulary.people import Role

MOST_OF_A_RUN = 1_000

_IDS = list[strawberry.ID] | None
_RESUMED = (
    argument(
        "after",
        str | None,
        "Go on after this cursor: what was missed since is told first, in order, none left out and"
        " none told twice. From now on unless given.",
    ),
    argument(
        "mostOfARun",
        int | None,
        "How many events of one run to tell before the rest of it is left out, and that is said."
        " A first load or another linkage model can bring a hundred thousand. null: all of them.",
        MOST_OF_A_RUN,
    ),
    argument(
        "marks",
        bool,
        "Whether to say how far has been heard, at the start and whenever there is nothing more to"
        " tell: a cursor to go on from that is never far behind.",
        False,
    ),
)
_FORMER = "Ids that lead to them now count as theirs. 1 to 100."


@strawberry.type(
    description="What can be listened to. Events come in the order of the runs that brought them,"
    " as soon as a run is published."
)
class Subscription:
    address_reported: AddressReportedEvent = from_graph(
        "A record says where a child or a sponsor lives.",
        *_RESUMED,
        argument("residentIds", _IDS, f"Only of these children and sponsors. {_FORMER}"),
        argument("states", list[str] | None, "Only in these states, as two letters. 1 to 100."),
    )
    failed_to_appear: FailedToAppearEvent = from_graph(
        "A source says that a child failed to appear at a hearing.",
        *_RESUMED,
        argument("childIds", _IDS, f"Only of these children. {_FORMER}"),
        argument("courts", list[str] | None, "Only at the courts of these codes. 1 to 100."),
    )
    identity_changed: IdentityChangedEvent = from_graph(
        "Identities were merged or split, or records moved between them.",
        *_RESUMED,
        argument("ids", _IDS, f"Only of these children and sponsors. {_FORMER}"),
        argument("role", Role | None, "Only of children, or only of sponsors."),
    )
