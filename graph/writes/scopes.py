"""Offices and dockets, and which children are theirs to see."""

from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class ScopeRow(TypedDict):
    id: str
    kind: str
    name: str


class WithinRow(TypedDict):
    id: str
    child: str
    scope: str
    source: str
    record: str


SCOPES = Kind(
    "scopes",
    ScopeRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:Scope {id: row.id, kind: row.kind, name: row.name, runFrom: $run})""",
)

WITHIN = Kind(
    "within",
    WithinRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (child:Child {id: row.child})
    MATCH (scope:Scope {id: row.scope})
    CREATE (child)-[:WITHIN {
        id: row.id, source: row.source, record: row.record,
        runFrom: $run, runUntil: 9223372036854775807
    }]->(scope)""",
)

CLOSE_WITHIN = Kind(
    "close_within",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:WITHIN {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
