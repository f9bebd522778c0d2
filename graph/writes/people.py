"""Children and sponsors: bare anchors, what is known of them, and who was released to whom."""

from datetime import date
from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class IdentityRow(TypedDict):
    id: str


class ChildBiographicsRow(TypedDict):
    id: str
    child: str
    a_number: str | None
    family_name: str | None
    given_names: str | None
    date_of_birth: date | None
    sex: str | None
    country_of_birth: str | None
    search_names: list[str]
    a_numbers: list[str]


class SponsorBiographicsRow(TypedDict):
    id: str
    sponsor: str
    family_name: str | None
    given_names: str | None
    date_of_birth: date | None
    phones: list[str]
    search_names: list[str]
    sharing_class: str


class ReleasedToRow(TypedDict):
    id: str
    child: str
    sponsor: str
    released_on: date | None
    until: date | None
    relationship: str | None
    category: str | None
    release_type: str | None
    known_from: date
    source: str
    agency: str
    record: str
    sharing_class: str


CHILDREN = Kind(
    "children",
    IdentityRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Child {id: row.id, runFrom: $run})""",
)

SPONSORS = Kind(
    "sponsors",
    IdentityRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Sponsor {id: row.id, runFrom: $run})""",
)

CHILD_BIOGRAPHICS = Kind(
    "child_biographics",
    ChildBiographicsRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    CREATE (child)-[:HAS_BIOGRAPHICS {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(:ChildBiographics {
        id: row.id, aNumber: row.a_number,
        familyName: row.family_name, givenNames: row.given_names,
        dateOfBirth: row.date_of_birth, sex: row.sex, countryOfBirth: row.country_of_birth,
        searchNames: row.search_names, aNumbers: row.a_numbers, runFrom: $run
    })""",
)

# The sharing class is that of the birth date and the phones: what ORR asked when vetting.
SPONSOR_BIOGRAPHICS = Kind(
    "sponsor_biographics",
    SponsorBiographicsRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (sponsor:Sponsor {id: row.sponsor})
    CREATE (sponsor)-[:HAS_BIOGRAPHICS {
        id: row.id, sharingClass: row.sharing_class,
        runFrom: $run, runUntil: 9223372036854775807
    }]->(:SponsorBiographics {
        id: row.id, familyName: row.family_name, givenNames: row.given_names,
        dateOfBirth: row.date_of_birth, phones: row.phones,
        searchNames: row.search_names, runFrom: $run
    })""",
)

RELEASED_TO = Kind(
    "released_to",
    ReleasedToRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (sponsor:Sponsor {id: row.sponsor})
    CREATE (child)-[:RELEASED_TO {
        id: row.id, releasedOn: row.released_on, until: row.until,
        relationship: row.relationship, category: row.category, releaseType: row.release_type,
        knownFrom: row.known_from, source: row.source, agency: row.agency, record: row.record,
        sharingClass: row.sharing_class, runFrom: $run, runUntil: 9223372036854775807
    }]->(sponsor)""",
)

CLOSE_CHILD_BIOGRAPHICS = Kind(
    "close_child_biographics",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:HAS_BIOGRAPHICS {id: row.id}]->()
    SET fact.runUntil = $run""",
)

CLOSE_SPONSOR_BIOGRAPHICS = Kind(
    "close_sponsor_biographics",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Sponsor {id: row.start})-[fact:HAS_BIOGRAPHICS {id: row.id}]->()
    SET fact.runUntil = $run""",
)

CLOSE_RELEASED_TO = Kind(
    "close_released_to",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:RELEASED_TO {id: row.id}]->()
    SET fact.runUntil = $run""",
)
