"""Other addresses where a child may be, and courts near where she lives."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.court import Hearing
from api.types.declared import described, from_graph
from api.types.evidence import Record
from api.types.places import Address
from api.types.statements import AddressStatement, AddressVerification
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.places import Freshness
from graph.vocabulary.welfare import AddressLead

if TYPE_CHECKING:
    from api.types.people import Child, Sponsor

described(
    AddressLead,
    "One step of the way from a child to an address.",
    {
        "HER_PAPER": "A paper or system says that she lives there.",
        "RELEASED_TO": "She was released to this sponsor.",
        "SPONSORS_PAPER": "A paper or system says that the sponsor lives there.",
        "SAID": "She, her sponsor or her representative said so.",
    },
)


@strawberry.type(description="One step of the way from a child to an address.")
class AddressPathStep:
    kind: AddressLead = from_graph("What it rests on.")
    on: date | None = from_graph("The day that it speaks of.")
    agency: Agency | None = from_graph("The agency that says so.")
    source: Source | None = from_graph("The system that says so.")
    record: Record | None = from_graph("The record that says so.")
    sponsor: Annotated["Sponsor", strawberry.lazy("api.types.people")] | None = from_graph(
        "The sponsor, where it leads through one."
    )


@strawberry.type(description="A way from a child to an address.")
class AddressPath:
    on: date = from_graph("The day of its last word.")
    steps: list[AddressPathStep] = from_graph("Its steps, from her on.")


@strawberry.type(description="An address where a child may be, with every way that leads there.")
class AlternateAddress:
    rank: int = from_graph("1 is the first.")
    address: Address | None = from_graph("The address; null where only somebody's word names it.")
    statement: AddressStatement | None = from_graph("What somebody said, the latest.")
    court_has_it: bool = from_graph(
        "Whether it is the court file's own latest: no alternate, and therefore last."
    )
    current: bool = from_graph("Whether anyone's word for it has not ended by that day.")
    last_reported_on: date = from_graph("The day of the latest word.")
    days_since_reported: int = from_graph("How old that is.")
    freshness: Freshness = from_graph("What that age is called.")
    verifications: list[AddressVerification] = from_graph(
        "What was found when somebody looked, the latest first."
    )
    paths: list[AddressPath] = from_graph("The ways that lead there, the latest word first.")


@strawberry.type(description="Where a child's hearing is, and which courts are near her address.")
class Venue:
    child: Annotated["Child", strawberry.lazy("api.types.people")] = from_graph("The child.")
    as_of: date = from_graph("The day asked about.")
    address: Address | None = from_graph("The first of `locate`'s candidates.")
    hearing: Hearing | None = from_graph("Her hearing of the latest day.")
    courts_nearby: list[str] = from_graph(
        "Courts near that address's state, by EOIR's public tables; none where these say nothing."
    )
    mismatch: bool = from_graph(
        "Whether the hearing is at another court than those: a motion to change venue may be due."
    )
