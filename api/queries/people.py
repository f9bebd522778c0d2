"""Children and sponsors, and how they are connected."""

from datetime import date

import strawberry

from api.types.declared import argument, as_of, first, from_graph, known_at, paged
from api.types.networks import EvidencePath, ShortestPath, SponsorNetwork
from api.types.paging import Connection, Node
from api.types.people import Child, Sponsor
from api.types.searching import ChildMatch, FindChildrenInput

_ID = strawberry.ID
_BIRTH = argument("dateOfBirth", date | None, "Only those born on this day.")
_A_NUMBER = "An A-number in any usual writing: A000425750, a 000-425-750, 425750."
_SEARCH = (
    "The best of the 200 best matches first, then by id. Accents and case do not matter, and"
    " small slips of the pen are forgiven."
)


@strawberry.type
class People:
    node: Node | None = from_graph(
        "Anything by its id; null where there is no such thing. An id that became another's leads"
        " to whoever bears that now.",
        argument("id", _ID, "The id."),
    )
    nodes: list[Node | None] = from_graph(
        "Things by their ids, in the same order; null where there is none.",
        argument("ids", list[_ID], "Up to 100 ids."),
    )
    child: Child | None = from_graph(
        "A child by exactly one of id and A-number; an error where several children have that"
        " A-number.",
        argument("id", _ID | None, "Her id here, or one that she once had."),
        argument("aNumber", str | None, _A_NUMBER),
    )
    children_by_a_number: Connection[Child] = from_graph(
        "Every child with a record that bears this A-number: first those whose reconciled number"
        " it is, then by id.",
        argument("aNumber", str, _A_NUMBER),
        *paged(),
    )
    children: Connection[Child] = from_graph(
        f"Children by name. {_SEARCH}",
        argument("name", str, "A name as somebody wrote it down."),
        _BIRTH,
        *paged(),
    )
    find_children: Connection[ChildMatch] = from_graph(
        "A child by whatever is known of her, best first, each with why she was found: by points,"
        " then by id. Ask with exactly one of `text` and `who`.",
        argument(
            "text",
            str | None,
            "Everything in one line, as in `Natividad Martines 2009 Gaithersburg MD`: a year, a"
            " month or a day is when she was born, four figures or more that are none are of her"
            " A-number, two capitals at the end are a state, and every other word may be of her"
            " name or of a city.",
        ),
        argument("who", FindChildrenInput | None, "The same, each part said to be what it is."),
        *paged(),
    )
    sponsor: Sponsor | None = from_graph("A sponsor by id.", argument("id", _ID, "The id."))
    sponsors: Connection[Sponsor] = from_graph(
        f"Sponsors by name. {_SEARCH}",
        argument("name", str, "A name as somebody wrote it down."),
        _BIRTH,
        *paged(),
    )
    sponsor_network: SponsorNetwork | None = from_graph(
        "Who and what is tied to a sponsor; null where there is no such sponsor.",
        argument("sponsorId", _ID, "The sponsor's id."),
        argument("depth", int, "How many ties away to look, from 1 to 3.", 2),
        as_of(),
        known_at(),
        first(50),
    )
    evidence_path: EvidencePath | None = from_graph(
        "How two children, sponsors or addresses are connected: the way that can best be relied"
        " on, each step with its record, its cost and why. Null where one of them is not known.",
        argument("from", _ID, "The id of one."),
        argument("to", _ID, "The id of the other."),
        argument("maxLength", int, "How many steps at most, from 1 to 6.", 6),
        as_of(),
        known_at(),
    )
    shortest_path: ShortestPath | None = from_graph(
        "A way of fewest steps between two, through hubs, too, and whoever says so; null where"
        " there is none as short as that.",
        argument("from", _ID, "The id of one."),
        argument("to", _ID, "The id of the other."),
        argument("maxLength", int, "How many steps at most, from 1 to 6.", 6),
        as_of(),
        known_at(),
    )
