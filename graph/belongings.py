"""Whatever is a child's, by id: what an answer may have held of her, also long ago."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, LiteralString

Reads = Callable[[LiteralString, Mapping[str, Any]], Awaitable[list[Any]]]

# Every id that led to her, and every fact and record that ever was hers: an answer given before a
# correction told it all the same. Redirects that no longer hold led to her while they did.
_BELONGINGS: LiteralString = """CYPHER 25
MATCH (asked:Child {id: $id})
WITH asked, COLLECT { MATCH (asked)-[:REDIRECTS_TO]->(heir:Child) RETURN heir } AS heirs
UNWIND [asked] + heirs AS child
WITH COLLECT { UNWIND [child] AS one RETURN one
  UNION MATCH (former:Child)-[:REDIRECTS_TO]->(child) RETURN former AS one } AS bearers
UNWIND bearers AS bearer
WITH DISTINCT bearer
UNWIND [bearer.id]
  + COLLECT { MATCH (bearer)-[:HAS_HEARING]->(hearing:Hearing) RETURN hearing.id }
  + COLLECT { MATCH (bearer)-[fact:LIVES_AT|RELEASED_TO]->() RETURN fact.id }
  + COLLECT { MATCH (record:Record)-[:DESCRIBES]->(bearer) RETURN record.keyVersion } AS id
RETURN DISTINCT id"""


async def belongings(reads: Reads, child: str) -> list[str]:
    """The ids of a child, her hearings, address reports, releases and records.

    Her own id alone where the graph has no such child (any more).
    """
    found = await reads(_BELONGINGS, {"id": child})
    return sorted({child, *found})
