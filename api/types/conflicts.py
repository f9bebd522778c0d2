"""Where agencies' latest words on a child's address differ."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.places import Address, AddressReport
from graph.vocabulary.agencies import Agency
from graph.vocabulary.places import AddressPart, Freshness

if TYPE_CHECKING:
    from api.types.people import Child

described(
    AddressPart,
    "In what two addresses differ.",
    {
        "STATE": "The state.",
        "CITY": "The city.",
        "ZIP": "The ZIP code.",
        "STREET": "House number and street.",
        "UNIT": "The unit, or one of the two has none.",
    },
)


@strawberry.type(description="An agency's latest word on where a child lives.")
class AddressWord:
    agency: Agency = from_graph("The agency.")
    address: Address = from_graph("Where it says that she lives.")
    since: date = from_graph("The day of the first report since which it has said nothing else.")
    last_reported_on: date = from_graph("The day of its latest report.")
    days_since_reported: int = from_graph("How old that is on the day asked about.")
    freshness: Freshness = from_graph("What that age is called.")
    report: AddressReport = from_graph("Its latest report.")


@strawberry.type(description="Two agencies whose latest words are different addresses.")
class AddressConflict:
    one: AddressWord = from_graph("The word of the agency that comes first by name.")
    other: AddressWord = from_graph("The word of the other.")
    differ_in: list[AddressPart] = from_graph("In what the two addresses differ, as written.")


@strawberry.type(
    description="What each agency last said of where a child lives, and where they differ. A stay"
    " that has ended by that day is no word on it."
)
class AddressConflicts:
    child: Annotated["Child", strawberry.lazy("api.types.people")] = from_graph("The child.")
    as_of: date = from_graph("The day asked about.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    words: list[AddressWord] = from_graph("Each agency's latest word, by agency.")
    conflicts: list[AddressConflict] = from_graph(
        "Each two of them that differ, by agency; empty where all agree."
    )
