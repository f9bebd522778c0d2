"""Records as received, and the ties between people with who says so."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.paging import Node, PageInfo
from graph.vocabulary.agencies import Agency, Source

if TYPE_CHECKING:
    from api.types.people import Sponsor

described(
    Agency,
    "An agency that holds records about a child.",
    {
        "ICE_ERO": "ICE Enforcement and Removal Operations.",
        "ICE_OPLA": "ICE Office of the Principal Legal Advisor: the government's counsel in court.",
        "EOIR": "The immigration courts: Executive Office for Immigration Review.",
        "ORR": "HHS Office of Refugee Resettlement, which releases children to sponsors.",
        "USCIS": "U.S. Citizenship and Immigration Services.",
        "FIELD_OFFICE": "A field office's own worksheet.",
    },
)
described(
    Source,
    "A system of record, or the paper that stands in for one.",
    {
        "EARM": "ICE's enforcement case system.",
        "PLANET": "OPLA's case system.",
        "EOIR": "The immigration courts' case data.",
        "ORR": "ORR's own records, and its public file.",
        "VOR": "ORR's Verification of Release.",
        "NTA": "Notices to Appear.",
        "USCIS": "Applications for relief.",
        "LOCAL_WORKSHEET": "A field office's spreadsheet.",
    },
)


@strawberry.type(description="One cell of a record, as the agency wrote it.")
class ReceivedCell:
    column: str = from_graph("The column's name.")
    value: str = from_graph("What stood in it.")


@strawberry.type(description="One version of an agency's record, as received.")
class Record(Node):
    source: Source = from_graph("The system it comes from.")
    table: str = from_graph("The agency's table, as FORMATS.md names it.")
    record_id: str = from_graph("The agency's own id of the record.")
    version: int = from_graph("1 as first delivered, one more for each delivery that changed it.")
    as_of: date | None = from_graph("The day its delivery speaks of.")
    received: list[ReceivedCell] = from_graph("Its cells that were not empty, in the file's order.")


@strawberry.type(description="A record about somebody, and how surely it is about them.")
class RecordEdge:
    node: Record = from_graph("The record.")
    cursor: str = from_graph(
        "Its place in the list: pass it as `after` or `before` to go on from here."
    )
    match_weight: float | None = from_graph(
        "Evidence that the record is about this person, in bits; null for the record that"
        " founded the identity."
    )
    model_version: str | None = from_graph("The linkage model that weighed it.")


@strawberry.type(description="Records about somebody, ordered by id.")
class RecordConnection:
    edges: list[RecordEdge] = from_graph("The page.")
    page_info: PageInfo = from_graph("Where the page stands in the list.")


@strawberry.type(
    description="A fact that ties two people, or a person and an address, with who says so."
)
class Tie:
    id: strawberry.ID = from_graph("The tie's id.")
    kind: str = from_graph("`RELEASED_TO` or `LIVES_AT`.")
    from_: Node = from_graph("The child released, or the person who lives there.", name="from")
    to: Node = from_graph("The sponsor released to, or the address.")
    since: date = from_graph("The day of the release, or the day the stay began or was reported.")
    until: date | None = from_graph("The day it ended, where a source says so.")
    source: Source = from_graph("The system that says so.")
    agency: Agency = from_graph("The agency that says so.")
    known_from: date | None = from_graph("The day on which it was known here.")
    record: Record | None = from_graph("The record that says so.")


@strawberry.type(description="Somebody, or an address, in a network.")
class NetworkNode:
    distance: int = from_graph("How many ties away from the sponsor: 0 is the sponsor.")
    node: Node = from_graph("The child, sponsor or address.")


@strawberry.type(
    description="Who and what is tied to a sponsor, ring by ring, each tie with its evidence."
)
class SponsorNetwork:
    sponsor: Annotated["Sponsor", strawberry.lazy("api.types.people")] = from_graph("The centre.")
    as_of: date = from_graph("Ties that began after this day are left out.")
    nodes: list[NetworkNode] = from_graph("Nearest first, then by id.")
    edges: list[Tie] = from_graph("Every tie between two of the nodes, by id.")
    truncated: bool = from_graph("Whether anything was cut.")
    cut: int = from_graph(
        "How many nodes were found and cut because `first` was reached; what lies behind them"
        " was not looked for."
    )


@strawberry.type(description="One step of a path.")
class EvidenceStep:
    from_: Node = from_graph("Where the step starts.", name="from")
    to: Node = from_graph("Where it leads.")
    tie: Tie = from_graph("The fact that it rests on; its own direction may be the other.")


@strawberry.type(description="A shortest way from one to another along facts.")
class EvidencePath:
    length: int = from_graph("How many steps.")
    as_of: date = from_graph("Facts that began after this day are left out.")
    steps: list[EvidenceStep] = from_graph("The steps in order.")
