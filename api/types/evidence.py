"""Records as received, and who delivers them."""

from datetime import date

import strawberry

from api.types.declared import described, from_graph
from api.types.paging import Node, PageInfo
from graph.vocabulary.agencies import Agency, Source

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
