"""What a record says of a child herself: her transfer, papers, relief, orders and contacts.

Each goes from the child to the record that says so, so that whoever may see her finds it at her.
"""

from datetime import date
from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class _Stated(TypedDict):
    id: str
    child: str
    record: str
    source: str
    agency: str
    known_from: date
    sharing_class: str


class TransferRow(_Stated):
    """Her way into ORR's care; the office as its scope spells it (`office/ST_PAUL`)."""

    on: date | None
    apprehended_on: date | None
    field_office: str | None


class NoticeRow(_Stated):
    """A Notice to Appear: issued, served and filed are three days, and each may be missing."""

    issued_by: str | None
    issued_on: date | None
    served_on: date | None
    service_method: str | None
    filed_on: date | None


class ReliefRow(_Stated):
    kind: str
    filed_on: date | None
    status: str | None
    decided_on: date | None


class OrderRow(_Stated):
    """An order of removal, which is no failure to appear (S2:110)."""

    on: date | None
    in_absentia: bool
    court: str | None


class ContactRow(_Stated):
    kind: str
    leg: str | None
    on: date
    outcome: str | None


TRANSFER = Kind(
    "transfer_stated_in",
    TransferRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (record:Record {keyVersion: row.record})
    CREATE (child)-[:TRANSFER_STATED_IN {
        id: row.id, on: row.on, apprehendedOn: row.apprehended_on, fieldOffice: row.field_office,
        source: row.source, agency: row.agency, record: row.record, knownFrom: row.known_from,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(record)""",
)

NOTICE = Kind(
    "nta_stated_in",
    NoticeRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (record:Record {keyVersion: row.record})
    CREATE (child)-[:NTA_STATED_IN {
        id: row.id, issuedBy: row.issued_by, issuedOn: row.issued_on, servedOn: row.served_on,
        serviceMethod: row.service_method, filedOn: row.filed_on,
        source: row.source, agency: row.agency, record: row.record, knownFrom: row.known_from,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(record)""",
)

RELIEF = Kind(
    "relief_stated_in",
    ReliefRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (record:Record {keyVersion: row.record})
    CREATE (child)-[:RELIEF_STATED_IN {
        id: row.id, kind: row.kind, filedOn: row.filed_on, status: row.status,
        decidedOn: row.decided_on,
        source: row.source, agency: row.agency, record: row.record, knownFrom: row.known_from,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(record)""",
)

ORDER = Kind(
    "order_stated_in",
    OrderRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (record:Record {keyVersion: row.record})
    CREATE (child)-[:ORDER_STATED_IN {
        id: row.id, on: row.on, inAbsentia: row.in_absentia, court: row.court,
        source: row.source, agency: row.agency, record: row.record, knownFrom: row.known_from,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(record)""",
)

CONTACT = Kind(
    "contact_stated_in",
    ContactRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (record:Record {keyVersion: row.record})
    CREATE (child)-[:CONTACT_STATED_IN {
        id: row.id, kind: row.kind, leg: row.leg, on: row.on, outcome: row.outcome,
        source: row.source, agency: row.agency, record: row.record, knownFrom: row.known_from,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(record)""",
)

CLOSE_TRANSFER = Kind(
    "close_transfer_stated_in",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:TRANSFER_STATED_IN {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_NOTICE = Kind(
    "close_nta_stated_in",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:NTA_STATED_IN {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_RELIEF = Kind(
    "close_relief_stated_in",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:RELIEF_STATED_IN {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_ORDER = Kind(
    "close_order_stated_in",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:ORDER_STATED_IN {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_CONTACT = Kind(
    "close_contact_stated_in",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:CONTACT_STATED_IN {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CREATED = (TRANSFER, NOTICE, RELIEF, ORDER, CONTACT)
CLOSED = (CLOSE_TRANSFER, CLOSE_NOTICE, CLOSE_RELIEF, CLOSE_ORDER, CLOSE_CONTACT)
