"""What was delivered, the records in it, and whom each record describes."""

from datetime import date
from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class DeliveryRow(TypedDict):
    id: str
    source: str
    as_of: date
    covers_from: date | None
    covers_to: date | None
    received_at: str


class RecordRow(TypedDict):
    """A version of a record as received: `columns` and `values` are its non-empty cells."""

    key: str
    version: int
    key_version: str
    source: str
    table: str
    record_id: str
    as_of: date
    delivery: str
    a_number: str | None
    columns: list[str]
    values: list[str]


class PublicReleaseRow(TypedDict):
    """A row of the public file as it now reads, counted while its record says so."""

    id: str
    record: str
    source: str
    as_of: date
    released_on: date | None
    entered_on: date | None
    fiscal_year: int | None
    state: str | None
    city: str | None
    county: str | None
    zip: str | None
    country_of_birth: str | None
    sex: str | None
    sponsor_category: str | None
    relationship: str | None


class DescribesRow(TypedDict):
    id: str
    record: str
    identity: str
    match_weight: float | None
    model_version: str


DELIVERIES = Kind(
    "deliveries",
    DeliveryRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Delivery {
        id: row.id, source: row.source, asOf: row.as_of,
        coversFrom: row.covers_from, coversTo: row.covers_to,
        receivedAt: row.received_at, runFrom: $run
    })""",
)

RECORDS = Kind(
    "records",
    RecordRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Record {
        key: row.key, version: row.version, keyVersion: row.key_version,
        source: row.source, table: row.table, recordId: row.record_id,
        asOf: row.as_of, delivery: row.delivery, aNumber: row.a_number,
        columns: row.columns, values: row.values, runFrom: $run
    })""",
)

# The public file names nobody: its rows are releases to count, and describe no identity. An index
# leaves out a node without one of its properties, so a missing state is an empty text.
PUBLIC_RELEASES = Kind(
    "public_releases",
    PublicReleaseRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:PublicRelease {
        id: row.id, record: row.record, source: row.source, asOf: row.as_of,
        releasedOn: row.released_on, enteredOn: row.entered_on, fiscalYear: row.fiscal_year,
        state: coalesce(row.state, ''), city: row.city, county: row.county, zip: row.zip,
        countryOfBirth: row.country_of_birth, sex: row.sex,
        sponsorCategory: row.sponsor_category, relationship: row.relationship,
        runFrom: $run, runUntil: 9223372036854775807
    })""",
)

DESCRIBES_CHILD = Kind(
    "describes_child",
    DescribesRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (record:Record {keyVersion: row.record})
    MATCH (identity:Child {id: row.identity})
    CREATE (record)-[:DESCRIBES {
        id: row.id, role: 'CHILD', matchWeight: row.match_weight,
        modelVersion: row.model_version, runFrom: $run, runUntil: 9223372036854775807
    }]->(identity)""",
)

DESCRIBES_SPONSOR = Kind(
    "describes_sponsor",
    DescribesRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (record:Record {keyVersion: row.record})
    MATCH (identity:Sponsor {id: row.identity})
    CREATE (record)-[:DESCRIBES {
        id: row.id, role: 'SPONSOR', matchWeight: row.match_weight,
        modelVersion: row.model_version, runFrom: $run, runUntil: 9223372036854775807
    }]->(identity)""",
)

CLOSE_DESCRIBES_CHILD = Kind(
    "close_describes_child",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Record {keyVersion: row.start})-[fact:DESCRIBES {id: row.id}]->(:Child)
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_DESCRIBES_SPONSOR = Kind(
    "close_describes_sponsor",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Record {keyVersion: row.start})-[fact:DESCRIBES {id: row.id}]->(:Sponsor)
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_PUBLIC_RELEASES = Kind(
    "close_public_releases",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (fact:PublicRelease {record: row.start})
    WHERE fact.id = row.id AND fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
