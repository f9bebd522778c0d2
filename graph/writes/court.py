"""Hearings, whose they are, and each source's word on them."""

from datetime import date
from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class HearingRow(TypedDict):
    id: str
    court: str | None
    date: date
    calendar_type: str | None
    time: str | None


class HasHearingRow(TypedDict):
    id: str
    child: str
    hearing: str


class ReportsRow(TypedDict):
    id: str
    record: str
    hearing: str
    appearance: str
    source: str
    agency: str
    entered_on: date | None
    known_from: date
    in_absentia: bool
    order_date: date | None
    sharing_class: str


HEARINGS = Kind(
    "hearings",
    HearingRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Hearing {
        id: row.id, court: row.court, date: row.date,
        calendarType: row.calendar_type, time: row.time, runFrom: $run
    })""",
)

HAS_HEARING = Kind(
    "has_hearing",
    HasHearingRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (hearing:Hearing {id: row.hearing})
    CREATE (child)-[:HAS_HEARING {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(hearing)""",
)

REPORTS = Kind(
    "reports",
    ReportsRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (record:Record {keyVersion: row.record})
    MATCH (hearing:Hearing {id: row.hearing})
    CREATE (record)-[:REPORTS {
        id: row.id, appearance: row.appearance, source: row.source, agency: row.agency,
        enteredOn: row.entered_on, knownFrom: row.known_from,
        inAbsentia: row.in_absentia, orderDate: row.order_date,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(hearing)""",
)

CLOSE_HAS_HEARING = Kind(
    "close_has_hearing",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:HAS_HEARING {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_REPORTS = Kind(
    "close_reports",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Record {keyVersion: row.start})-[fact:REPORTS {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
