"""The children said to live at one address, and the word that puts each of them there."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.counts import CountRange
from api.types.declared import from_graph, paged
from api.types.paging import Connection
from api.types.places import Address, AddressReport
from graph.shapes.dwellers import MOST_CHILDREN_A_PAGE
from graph.vocabulary.agencies import Agency
from graph.vocabulary.places import Freshness

if TYPE_CHECKING:
    from api.types.people import Child


@strawberry.type(description="A child said to live at an address, and who says so.")
class ChildAtAddress:
    child: Annotated["Child", strawberry.lazy("api.types.people")] = from_graph("The child.")
    address: Address = from_graph("The address, down to the unit.")
    report: AddressReport = from_graph("The latest report that puts her there.")
    agencies: list[Agency] = from_graph("The agencies that say so.")
    first_reported_on: date = from_graph("The day of the first report of it.")
    last_reported_on: date = from_graph("The day of the latest.")
    days_since_reported: int = from_graph("How old that is on the day asked about.")
    freshness: Freshness = from_graph("What that age is called.")
    said_elsewhere_since: list[Agency] = from_graph(
        "Agencies that have named another address since: she may have moved."
    )


@strawberry.type(
    description="The children said to live at an address on a day. That many live at one is a"
    " reason to ask, and no finding: shelters and large families do, too."
)
class ChildrenAtAddress:
    address: Address = from_graph("The address asked about.")
    as_of: date = from_graph("The day asked about.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    doors: int = from_graph("How many addresses that is: 1, or the units of the building.")
    count: CountRange = from_graph("How many children: some of them may be one child.")
    children: Connection[ChildAtAddress] = from_graph(
        "Who they are: the latest report first, then by the child's id. A child said to live behind"
        " two doors of the building stands at each.",
        *paged(MOST_CHILDREN_A_PAGE),
    )
