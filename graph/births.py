"""When each child was born, for whoever keeps a schedule: by id, and whether she is sealed."""

from datetime import date
from typing import Final

from neo4j import Session

# Where papers of one child still differ, the later day: nobody is of age too early.
_BORN: Final = """CYPHER 25
MATCH (child:Child)-[known_as:HAS_BIOGRAPHICS]->(known)
WHERE known_as.runUntil = 9223372036854775807
RETURN child.id AS child, max(known.dateOfBirth) AS born, child:Sealed AS sealed"""


def births(session: Session) -> dict[str, tuple[date | None, bool]]:
    """The day of birth, None where no paper has it, and whether the child is sealed."""
    rows = session.execute_read(lambda tx: tx.run(_BORN).data())
    return {row["child"]: (row["born"] and row["born"].to_native(), row["sealed"]) for row in rows}
