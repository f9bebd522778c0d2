"""Addresses, and who is said to live there."""

from datetime import date
from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class AddressRow(TypedDict):
    id: str
    line1: str | None
    unit: str | None
    city: str | None
    state: str | None
    zip: str | None
    county: str | None
    building: str | None
    search_text: str


class LivesAtRow(TypedDict):
    id: str
    person: str
    address: str
    kind: str
    valid_from: date | None
    valid_until: date | None
    reported_on: date
    known_from: date
    source: str
    agency: str
    record: str
    sharing_class: str


ADDRESSES = Kind(
    "addresses",
    AddressRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Address {
        id: row.id, line1: row.line1, unit: row.unit, city: row.city, state: row.state,
        zip: row.zip, county: row.county, building: row.building,
        searchText: row.search_text, runFrom: $run
    })""",
)

CHILD_LIVES_AT = Kind(
    "child_lives_at",
    LivesAtRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (person:Child {id: row.person})
    MATCH (address:Address {id: row.address})
    CREATE (person)-[:LIVES_AT {
        id: row.id, kind: row.kind, validFrom: row.valid_from, validUntil: row.valid_until,
        reportedOn: row.reported_on, knownFrom: row.known_from,
        source: row.source, agency: row.agency, record: row.record,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(address)""",
)

# Twice the same but for the label: a label in a parameter would cost the index on the id.
SPONSOR_LIVES_AT = Kind(
    "sponsor_lives_at",
    LivesAtRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (person:Sponsor {id: row.person})
    MATCH (address:Address {id: row.address})
    CREATE (person)-[:LIVES_AT {
        id: row.id, kind: row.kind, validFrom: row.valid_from, validUntil: row.valid_until,
        reportedOn: row.reported_on, knownFrom: row.known_from,
        source: row.source, agency: row.agency, record: row.record,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(address)""",
)

CLOSE_CHILD_LIVES_AT = Kind(
    "close_child_lives_at",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:LIVES_AT {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_SPONSOR_LIVES_AT = Kind(
    "close_sponsor_lives_at",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Sponsor {id: row.start})-[fact:LIVES_AT {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
