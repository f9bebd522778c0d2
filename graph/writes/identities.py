"""What became of an identity: where an old id leads, and how its records came and went."""

from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class RedirectRow(TypedDict):
    """`old` leads to `heir`, who bears the identity now: never to another redirect."""

    id: str
    old: str
    heir: str


class IdentityEventRow(TypedDict):
    """Records that changed identities: `homes` are the ids that `records` went to, one by one.

    MERGED: everyone of `from_ids` became the first of `to_ids`. SPLIT: the first of `from_ids`
    became all of `to_ids`. MOVED: from one that goes on to another that goes on.
    """

    id: str
    kind: str
    role: str
    actor: str
    reason: str
    model_version: str
    from_ids: list[str]
    to_ids: list[str]
    records: list[str]
    homes: list[str]


REDIRECTS_CHILD = Kind(
    "redirects_child",
    RedirectRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (old:Child {id: row.old})
    MATCH (heir:Child {id: row.heir})
    CREATE (old)-[:REDIRECTS_TO {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(heir)""",
)

REDIRECTS_SPONSOR = Kind(
    "redirects_sponsor",
    RedirectRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (old:Sponsor {id: row.old})
    MATCH (heir:Sponsor {id: row.heir})
    CREATE (old)-[:REDIRECTS_TO {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(heir)""",
)

REDIRECTS_ADDRESS = Kind(
    "redirects_address",
    RedirectRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (old:Address {id: row.old})
    MATCH (heir:Address {id: row.heir})
    CREATE (old)-[:REDIRECTS_TO {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(heir)""",
)

# An event happened, and is never taken back: what undoes it is an event of its own.
IDENTITY_EVENTS = Kind(
    "identity_events",
    IdentityEventRow,
    """CYPHER 25
    UNWIND $rows AS row
    CALL (row) {
        UNWIND row.from_ids AS id
        OPTIONAL MATCH (child:Child {id: id})
        OPTIONAL MATCH (sponsor:Sponsor {id: id})
        RETURN collect(coalesce(child, sponsor)) AS origins
    }
    CALL (row) {
        UNWIND row.to_ids AS id
        OPTIONAL MATCH (child:Child {id: id})
        OPTIONAL MATCH (sponsor:Sponsor {id: id})
        RETURN collect(coalesce(child, sponsor)) AS targets
    }
    CREATE (event:IdentityEvent {
        id: row.id, kind: row.kind, role: row.role, actor: row.actor, reason: row.reason,
        modelVersion: row.model_version, fromIds: row.from_ids, toIds: row.to_ids,
        records: row.records, homes: row.homes, runFrom: $run
    })
    FOREACH (identity IN origins | CREATE (event)-[:FROM]->(identity))
    FOREACH (identity IN targets | CREATE (event)-[:TO]->(identity))""",
)

CLOSE_REDIRECTS_CHILD = Kind(
    "close_redirects_child",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:REDIRECTS_TO {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_REDIRECTS_SPONSOR = Kind(
    "close_redirects_sponsor",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Sponsor {id: row.start})-[fact:REDIRECTS_TO {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_REDIRECTS_ADDRESS = Kind(
    "close_redirects_address",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Address {id: row.start})-[fact:REDIRECTS_TO {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
