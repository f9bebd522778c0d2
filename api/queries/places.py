"""Where children and sponsors live, and who says so."""

import strawberry

from api.types.alternates import AlternateAddress, Venue
from api.types.conflicts import AddressConflicts
from api.types.declared import argument, as_of, from_graph, known_at, paged
from api.types.dwellers import ChildrenAtAddress
from api.types.paging import Connection
from api.types.places import Address, Location
from graph.shapes.dwellers import MOST_CHILDREN_A_PAGE

_ID = strawberry.ID
_SEARCH = (
    "The best of the 200 best matches first, then by id. Accents and case do not matter, and"
    " small slips of the pen are forgiven."
)


@strawberry.type
class Places:
    address: Address | None = from_graph("An address by id.", argument("id", _ID, "The id."))
    addresses: Connection[Address] = from_graph(
        f"Addresses by any of their words. {_SEARCH}",
        argument("text", str, "Number, street, unit, city: whatever is known."),
        *paged(),
    )
    locate: Location | None = from_graph(
        "Where a child is said to be; null where there is no such child.",
        argument("childId", _ID, "The child's id."),
        as_of(),
        known_at(),
    )
    address_conflicts: Connection[AddressConflicts] = from_graph(
        "Children of whom agencies' latest words differ, one of them naming this state: by the"
        " first of her addresses there, by its id, then by the child's id. An area at a time, and"
        " at most 50 a page: addresses are looked up here, and not exported.",
        argument("state", str, "The state, as two letters."),
        as_of(),
        known_at(),
        *paged(MOST_CHILDREN_A_PAGE),
    )
    children_at_address: ChildrenAtAddress | None = from_graph(
        "The children said to live at an address on a day: how many, and who, each with the word"
        " that puts her there. Null where there is no such address.",
        argument("addressId", _ID, "The address's id."),
        as_of(),
        known_at(),
        argument("sameBuilding", bool, "The other units of the building, too.", default=False),
    )
    alternate_addresses: list[AlternateAddress] = from_graph(
        "Other addresses where a child may be, each with every way that leads there: her own"
        " papers, her sponsors', and what somebody said. First those that the court's file has"
        " not; of these, first where somebody found her, last where somebody found her not; then"
        " those whose stay has not ended, the latest word, more agencies, and id.",
        argument("childId", _ID, "The child's id."),
        as_of(),
        known_at(),
    )
    venue_mismatches: Connection[Venue] = from_graph(
        "Children of a state whose hearing is at another court than those near their address, by"
        " that address's id, then the child's; an area at a time, and at most 50 a page.",
        argument("state", str, "The state, as two letters."),
        as_of(),
        known_at(),
        *paged(MOST_CHILDREN_A_PAGE),
    )
