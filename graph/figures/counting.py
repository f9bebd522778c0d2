"""The exact counts, from the graph of people: for `hiding` alone, and never published as they are.

Each child is counted once in a table, at her first event: else she would stand in two cells, and
their sum would tell of it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, LiteralString

from neo4j import Session

from graph.vocabulary.court import Appearance
from graph.vocabulary.figures import AGE_GROUPS, NOT_STATED, Dimension

# A child by her values in the dimensions of what is counted, and how many such children.
Cells = dict[tuple[str, ...], int]

_RUN: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'})
WITH publication.run AS run
"""

# The release's own paper says where to: ORR's row and the Verification may both tell of it.
_RELEASED: Final = (
    _RUN
    + """
MATCH (child:Child)
CALL (child, run) {
  MATCH (child)-[release:RELEASED_TO]->()
  WHERE release.runFrom <= run AND run < release.runUntil AND release.releasedOn <= $asOf
  RETURN release ORDER BY release.releasedOn, release.id LIMIT 1
}
OPTIONAL MATCH (child)-[lives:LIVES_AT {record: release.record}]->(address:Address)
WHERE lives.runFrom <= run AND run < lives.runUntil
WITH child, run, release, min(address.state) AS state
OPTIONAL MATCH (child)-[known_as:HAS_BIOGRAPHICS]->(known)
WHERE known_as.runFrom <= run AND run < known_as.runUntil
WITH release.releasedOn AS day, state, min(known.countryOfBirth) AS country, child
RETURN day.year + CASE WHEN day.month >= 10 THEN 1 ELSE 0 END AS FISCAL_YEAR,
       state AS STATE, country AS COUNTRY_OF_BIRTH, count(child) AS children"""
)

_FAILED: Final = (
    _RUN
    + """
MATCH (child:Child)
CALL (child, run) {
  MATCH (child)-[has_hearing:HAS_HEARING]->(hearing)
  WHERE has_hearing.runFrom <= run AND run < has_hearing.runUntil AND hearing.date <= $asOf
    AND EXISTS {
      MATCH (:Record)-[heard:REPORTS]->(hearing)
      WHERE heard.runFrom <= run AND run < heard.runUntil AND heard.appearance = $failed
    }
  RETURN hearing ORDER BY hearing.date, hearing.id LIMIT 1
}
OPTIONAL MATCH (child)-[known_as:HAS_BIOGRAPHICS]->(known)
WHERE known_as.runFrom <= run AND run < known_as.runUntil
WITH child, hearing, min(known.sex) AS sex, min(known.dateOfBirth) AS born
RETURN hearing.date.year + CASE WHEN hearing.date.month >= 10 THEN 1 ELSE 0 END AS FISCAL_YEAR,
       hearing.court AS COURT, duration.between(born, hearing.date).years AS AGE_GROUP,
       sex AS SEX, count(child) AS children"""
)

RELEASED: Final = (Dimension.FISCAL_YEAR, Dimension.STATE, Dimension.COUNTRY_OF_BIRTH)
FAILED: Final = (Dimension.FISCAL_YEAR, Dimension.COURT, Dimension.AGE_GROUP, Dimension.SEX)


def released(session: Session, as_of: date) -> Cells:
    """Children released by then, at their first release."""
    return _cells(session, _RELEASED, RELEASED, {"asOf": as_of})


def failed_to_appear(session: Session, as_of: date) -> Cells:
    """Children who failed to appear by then, at the first hearing at which a source says so."""
    parameters = {"asOf": as_of, "failed": str(Appearance.FAILED_TO_APPEAR)}
    return _cells(session, _FAILED, FAILED, parameters)


def _cells(
    session: Session,
    statement: LiteralString,
    dimensions: tuple[Dimension, ...],
    parameters: Mapping[str, Any],
) -> Cells:
    rows = session.execute_read(lambda tx: tx.run(statement, dict(parameters)).data())
    cells: Cells = {}
    for row in rows:
        cell = tuple(_value(dimension, row[dimension]) for dimension in dimensions)
        cells[cell] = cells.get(cell, 0) + row["children"]
    return cells


def _value(dimension: Dimension, value: Any) -> str:
    if value is None:
        return NOT_STATED
    if dimension is not Dimension.AGE_GROUP:
        return str(value)
    return next(
        (name for name, (least, most) in AGE_GROUPS.items() if least <= value <= most), NOT_STATED
    )
