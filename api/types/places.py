"""Addresses, who is said to live there, and where a child is most likely to be found."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.counts import CountRange
from api.types.declared import as_of, described, first, from_graph, known_at
from api.types.evidence import Record
from api.types.paging import Node
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.places import AddressKind, Freshness

if TYPE_CHECKING:
    from api.types.people import Child, Sponsor

described(
    AddressKind,
    "The paper or system that an address stands in.",
    {
        "RELEASE": "ORR's release record.",
        "VERIFICATION_OF_RELEASE": "ORR's Verification of Release.",
        "NOTICE_TO_APPEAR": "The Notice to Appear.",
        "COURT_FILE": "The court's file.",
        "ENFORCEMENT_FILE": "ICE's case file.",
        "CALL_CONFIRMED": "A call in which somebody confirmed it.",
        "WORKSHEET": "A field office's spreadsheet.",
    },
)

described(
    Freshness,
    "How long ago somebody last said so: a convention of this software, no rule of the reports'.",
    {
        "FRESH": "At most 30 days before.",
        "RECENT": "At most 180 days before.",
        "AGEING": "At most 365 days before.",
        "STALE": "More than 365 days before.",
    },
)


@strawberry.type(description="An address, down to the unit: 2B and 2C are two.")
class Address(Node):
    line1: str | None = from_graph("House number and street.")
    unit: str | None = from_graph("Apartment or other unit, in one written form.")
    city: str | None = from_graph("City.")
    state: str | None = from_graph("State, as two letters.")
    zip: str | None = from_graph("ZIP code.")
    residents: list["AddressReport"] = from_graph(
        "Everyone ever said to live here by that day, the latest report first.",
        as_of(),
        known_at(),
    )
    children: list[Annotated["Child", strawberry.lazy("api.types.people")]] = from_graph(
        "Children said to live here on that day, by id.", as_of(), known_at()
    )
    children_count: CountRange = from_graph(
        "How many children that is: some of them may be one child.", as_of(), known_at()
    )
    sponsors: list[Annotated["Sponsor", strawberry.lazy("api.types.people")]] = from_graph(
        "Sponsors said to live here on that day, by id.", as_of(), known_at()
    )
    same_building: list["Address"] = from_graph(
        "Other units at the same number and street, by unit.", first(20)
    )


@strawberry.type(description="What one record says of where somebody lives.")
class AddressReport:
    id: strawberry.ID = from_graph("The fact's id.")
    kind: AddressKind = from_graph("The paper or system it stands in.")
    address: Address = from_graph("The address.")
    resident: Node = from_graph("The child or sponsor said to live there.")
    valid_from: date | None = from_graph("The day from which, where the source says so.")
    valid_until: date | None = from_graph("The day until which, where a source says so.")
    reported_on: date = from_graph(
        "The day of the report; where the source gives none, the day it was valid or known from."
    )
    source: Source = from_graph("The system that says so.")
    agency: Agency = from_graph("The agency that says so.")
    known_from: date | None = from_graph("The day on which it was known here.")
    record: Record | None = from_graph("The record that says so.")


@strawberry.type(description="An address where a child may be, with all who say so.")
class AddressCandidate:
    rank: int = from_graph("1 is the first in the order of `Location.candidates`.")
    address: Address = from_graph("The address.")
    current: bool = from_graph("Whether anyone's word for it has not ended by that day.")
    kinds: list[AddressKind] = from_graph("The papers and systems it stands in.")
    said_by: list[AddressReport] = from_graph("Every report of it, the latest first.")
    agencies: list[Agency] = from_graph("The agencies that ever said so.")
    first_reported_on: date = from_graph("The day of the first report.")
    last_reported_on: date = from_graph("The day of the latest report.")
    days_since_reported: int = from_graph("How old the latest report is on the day asked about.")
    freshness: Freshness = from_graph("What that age is called.")
    corroborated_by: list[Agency] = from_graph(
        "Agencies, other than the one with the latest report, that say the same."
    )
    conflicts_with: list[Agency] = from_graph("Agencies whose latest word is another address.")


@strawberry.type(description="Where a child is said to be on a day. Nobody is called missing here.")
class Location:
    child: Annotated["Child", strawberry.lazy("api.types.people")] = from_graph("The child.")
    as_of: date = from_graph("The day asked about.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    candidates: list[AddressCandidate] = from_graph(
        "Candidate addresses in order: those that somebody's word still holds for, then the"
        " latest report, then more agencies, then id. A report made, or a stay begun, after"
        " the day asked about is left out."
    )
