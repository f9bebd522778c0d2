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
    search_words: list[str]
    a_numbers: list[str]
    a_numbers_from: list[str]
    a_number_from: list[str]
    family_name_from: list[str]
    given_names_from: list[str]
    date_of_birth_from: list[str]
    sex_from: list[str]
    country_of_birth_from: list[str]


class SponsorBiographicsRow(TypedDict):
    id: str
    sponsor: str
    family_name: str | None
    given_names: str | None
    date_of_birth: date | None
    phones: list[str]
    search_words: list[str]
    family_name_from: list[str]
    given_names_from: list[str]
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

# Each value has the sharing classes of those who say it, and the words of the index by class have
# theirs before them. Known again as before: the same node comes back, under a relation of its own.
CHILD_BIOGRAPHICS = Kind(
    "child_biographics",
    ChildBiographicsRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MERGE (known:ChildBiographics {id: row.id})
    ON CREATE SET known.aNumber = row.a_number,
        known.familyName = row.family_name, known.givenNames = row.given_names,
        known.dateOfBirth = row.date_of_birth, known.sex = row.sex,
        known.countryOfBirth = row.country_of_birth,
        known.aNumberFrom = row.a_number_from,
        known.familyNameFrom = row.family_name_from, known.givenNamesFrom = row.given_names_from,
        known.dateOfBirthFrom = row.date_of_birth_from, known.sexFrom = row.sex_from,
        known.countryOfBirthFrom = row.country_of_birth_from,
        known.aNumbers = row.a_numbers, known.aNumbersFrom = row.a_numbers_from,
        known.searchWords = row.search_words, known.runFrom = $run
    ON MATCH SET known.supersededIn = null
    CREATE (child)-[:HAS_BIOGRAPHICS {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(known)""",
)

# The sharing class is that of the birth date and the phones: what ORR asked when vetting.
SPONSOR_BIOGRAPHICS = Kind(
    "sponsor_biographics",
    SponsorBiographicsRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (sponsor:Sponsor {id: row.sponsor})
    MERGE (known:SponsorBiographics {id: row.id})
    ON CREATE SET known.familyName = row.family_name, known.givenNames = row.given_names,
        known.familyNameFrom = row.family_name_from, known.givenNamesFrom = row.given_names_from,
        known.dateOfBirth = row.date_of_birth, known.phones = row.phones,
        known.searchWords = row.search_words, known.runFrom = $run
    ON MATCH SET known.supersededIn = null
    CREATE (sponsor)-[:HAS_BIOGRAPHICS {
        id: row.id, sharingClass: row.sharing_class,
        runFrom: $run, runUntil: 9223372036854775807
    }]->(known)""",
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

# A search leaves out what is superseded in a run that it sees: see `graph.shapes.people`.
CLOSE_CHILD_BIOGRAPHICS = Kind(
    "close_child_biographics",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:HAS_BIOGRAPHICS {id: row.id}]->(known)
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run, known.supersededIn = right('00000000' + $run, 9)""",
)

CLOSE_SPONSOR_BIOGRAPHICS = Kind(
    "close_sponsor_biographics",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Sponsor {id: row.start})-[fact:HAS_BIOGRAPHICS {id: row.id}]->(known)
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run, known.supersededIn = right('00000000' + $run, 9)""",
)

CLOSE_RELEASED_TO = Kind(
    "close_released_to",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:RELEASED_TO {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
