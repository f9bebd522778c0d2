"""Seals: who bears the label `Sealed`, and so is not there but for roles that the rules name.

What tells of her alone bears it too: her records and hearings, and the pairs, judgements and events
of those records (`graph.shapes.admission`).

A seal is of records, and follows them: whoever they describe when a run is published is sealed,
also after a merge or a split, and somebody they describe no longer is not.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction, Session

# The lock that a run's publication takes: nobody is published between a seal and its label.
_IN_TURN: Final = """CYPHER 25
MERGE (publication:Publication {id: 'graph'})
ON CREATE SET publication.run = 0, publication.runId = ''
SET publication.sealed = true"""

_KEEP: Final = """CYPHER 25
UNWIND $seals AS row
MERGE (seal:Seal {id: row.id})
SET seal += row"""

# Her names leave the search, where she would take somebody's place among the best matches.
_SEAL: Final = """CYPHER 25
MATCH (seal:Seal) WHERE seal.unsealedAt IS NULL
UNWIND seal.records AS key
MATCH (:Record {key: key})-[describes:DESCRIBES]->(child:Child)
WHERE describes.runUntil = 9223372036854775807
WITH DISTINCT seal, child
SET child:Sealed
MERGE (seal)-[:OF]->(child)
WITH DISTINCT child
MATCH (child)-[:HAS_BIOGRAPHICS]->(known)
SET known.supersededIn = '000000000'"""

_UNSEAL: Final = """CYPHER 25
MATCH (child:Child:Sealed)
WHERE NOT EXISTS {
  MATCH (child)<-[:OF]-(seal:Seal) WHERE seal.unsealedAt IS NULL
  MATCH (child)<-[describes:DESCRIBES]-(record:Record)
  WHERE describes.runUntil = 9223372036854775807 AND record.key IN seal.records
}
REMOVE child:Sealed
WITH child
MATCH (child)-[:HAS_BIOGRAPHICS]->(known)
MATCH (known)<-[every:HAS_BIOGRAPHICS]-()
WITH known, max(every.runUntil) AS until
SET known.supersededIn = CASE WHEN until = 9223372036854775807 THEN null
                              ELSE right('00000000' + until, 9) END"""

# Anew each time: a record that is somebody else's by now tells of them.
_UNMARK: Final = """CYPHER 25
MATCH (one:Sealed) WHERE NOT one:Child
REMOVE one:Sealed"""

_MARK: Final = """CYPHER 25
MATCH (child:Child:Sealed)
CALL (child) {
  MATCH (child)-[has_hearing:HAS_HEARING]->(one:Hearing)
  WHERE has_hearing.runUntil = 9223372036854775807
  RETURN one
  UNION
  MATCH (child)<-[:FROM|TO]-(one:IdentityEvent)
  RETURN one
  UNION
  MATCH (child)<-[describes:DESCRIBES]-(record:Record)
  WHERE describes.runUntil = 9223372036854775807
  CALL (record) {
    RETURN record AS one
    UNION MATCH (one:CandidatePair {leftKey: record.key}) RETURN one
    UNION MATCH (one:CandidatePair {rightKey: record.key}) RETURN one
    UNION MATCH (one:Judgement {leftKey: record.key}) RETURN one
    UNION MATCH (one:Judgement {rightKey: record.key}) RETURN one
  }
  RETURN one
}
SET one:Sealed"""

_RECORDS: Final = """CYPHER 25
MATCH (child:Child {id: $child})
OPTIONAL MATCH (child)-[leads:REDIRECTS_TO]->(heir:Child)
WHERE leads.runUntil = 9223372036854775807
WITH coalesce(heir, child) AS bearer
MATCH (record:Record)-[describes:DESCRIBES]->(bearer)
WHERE describes.runUntil = 9223372036854775807
RETURN bearer.id AS child, collect(DISTINCT record.key) AS records"""

_STANDING: Final = """CYPHER 25
MATCH (:Child {id: $child})<-[:OF]-(seal:Seal) WHERE seal.unsealedAt IS NULL
RETURN collect(seal.id) AS seals"""

_SEALED: Final = """CYPHER 25
MATCH (child:Child:Sealed) RETURN child.id AS child ORDER BY child"""


def records_to_seal(session: Session, child: str) -> tuple[str, list[str]] | None:
    """Who bears the id by now, and her records' keys; None where there is no such child."""
    found = session.execute_read(lambda tx: tx.run(_RECORDS, child=child).single())
    return (found["child"], sorted(found["records"])) if found else None


def standing_seals(session: Session, child: str) -> list[str]:
    """The ids of the seals on a child."""
    found = session.execute_read(lambda tx: tx.run(_STANDING, child=child).single(strict=True))
    return list(found["seals"])


def sealed_children(session: Session) -> list[str]:
    """The ids of all who are sealed."""
    return session.execute_read(lambda tx: [row["child"] for row in tx.run(_SEALED)])


def keep_seals(session: Session, seals: Sequence[Mapping[str, Any]]) -> None:
    """Bring the graph up to these seals. Done twice it changes nothing the second time."""

    def work(tx: ManagedTransaction) -> None:
        _run(tx, _IN_TURN)
        _run(tx, _KEEP, seals=[dict(seal) for seal in seals])
        follow_seals(tx)

    session.execute_write(work)


def follow_seals(tx: ManagedTransaction) -> None:
    """Seal and unseal whoever the sealed records describe now, or no longer do."""
    for statement in (_SEAL, _UNSEAL, _UNMARK, _MARK):
        _run(tx, statement)


def _run(tx: ManagedTransaction, statement: LiteralString, **told: Any) -> None:
    tx.run(statement, told).consume()
