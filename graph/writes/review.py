"""How records were joined or not: models, evidence of links, pairs to review, judgements heeded."""

from typing import TypedDict

from graph.writes.kind import ClosedFact, Kind


class LinkageModelRow(TypedDict):
    """A model for one role; `weights` is JSON that `graph.explanation.weights` reads."""

    id: str
    version: str
    role: str
    weights: str


class CandidatePairRow(TypedDict):
    """Two records, keys and current versions, that were compared and not linked.

    `levels` has a level for each of the model's comparisons. `stake` orders the queue, higher
    first; `stakes` say why, and `moved` how many records would change identities. Before it the
    graph's own `followed` does, which whoever follows children up keeps (graph.following.urging).
    """

    id: str
    role: str
    left_key: str
    right_key: str
    left_record: str
    right_record: str
    match_weight: float
    match_probability: float
    levels: list[int]
    decision: str
    why: str
    stake: int
    stakes: list[str]
    moved: int
    model_version: str


class LinkEvidenceRow(TypedDict):
    """Why records are one identity: `pairs` are `"i j weight l0,l1,…"` or `"i j SAME judgement"`.

    i < j are places in `records` (record keys, sorted); the pairs stand in the order in which they
    joined records.
    """

    id: str
    identity: str
    model_version: str
    records: list[str]
    pairs: list[str]


class HeededJudgementRow(TypedDict):
    """A judgement that the last link went by; `conflict` is the conflict it is part of."""

    id: str
    judgement: str
    conflict: str | None


LINKAGE_MODELS = Kind(
    "linkage_models",
    LinkageModelRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:LinkageModel {
        id: row.id, version: row.version, role: row.role, weights: row.weights, runFrom: $run
    })""",
)

CANDIDATE_PAIRS = Kind(
    "candidate_pairs",
    CandidatePairRow,
    """CYPHER 25
    UNWIND $rows AS row
    CREATE (:CandidatePair {
        id: row.id, role: row.role, leftKey: row.left_key, rightKey: row.right_key,
        leftRecord: row.left_record, rightRecord: row.right_record,
        matchWeight: row.match_weight, matchProbability: row.match_probability,
        levels: row.levels, decision: row.decision, why: row.why,
        followed: 0, stake: row.stake, stakes: row.stakes, moved: row.moved,
        modelVersion: row.model_version, runFrom: $run, runUntil: 9223372036854775807
    })""",
)

# Joined again as before: the same node comes back, under a relation of its own.
CHILD_EVIDENCE = Kind(
    "child_evidence",
    LinkEvidenceRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (identity:Child {id: row.identity})
    MERGE (evidence:LinkEvidence {id: row.id})
    ON CREATE SET evidence.role = 'CHILD', evidence.modelVersion = row.model_version,
        evidence.records = row.records, evidence.pairs = row.pairs, evidence.runFrom = $run
    CREATE (identity)-[:HAS_EVIDENCE {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(evidence)""",
)

SPONSOR_EVIDENCE = Kind(
    "sponsor_evidence",
    LinkEvidenceRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (identity:Sponsor {id: row.identity})
    MERGE (evidence:LinkEvidence {id: row.id})
    ON CREATE SET evidence.role = 'SPONSOR', evidence.modelVersion = row.model_version,
        evidence.records = row.records, evidence.pairs = row.pairs, evidence.runFrom = $run
    CREATE (identity)-[:HAS_EVIDENCE {
        id: row.id, runFrom: $run, runUntil: 9223372036854775807
    }]->(evidence)""",
)

HEEDED_JUDGEMENTS = Kind(
    "heeded_judgements",
    HeededJudgementRow,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (judgement:Judgement {id: row.judgement})
    MATCH (publication:Publication {id: 'graph'})
    CREATE (judgement)-[:HEEDED {
        id: row.id, conflict: row.conflict, runFrom: $run, runUntil: 9223372036854775807
    }]->(publication)""",
)

CLOSE_CANDIDATE_PAIRS = Kind(
    "close_candidate_pairs",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (fact:CandidatePair {leftKey: row.start})
    WHERE fact.id = row.id AND fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_CHILD_EVIDENCE = Kind(
    "close_child_evidence",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Child {id: row.start})-[fact:HAS_EVIDENCE {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_SPONSOR_EVIDENCE = Kind(
    "close_sponsor_evidence",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Sponsor {id: row.start})-[fact:HAS_EVIDENCE {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)

CLOSE_HEEDED_JUDGEMENTS = Kind(
    "close_heeded_judgements",
    ClosedFact,
    """CYPHER 25
    UNWIND $rows AS row
    MATCH (:Judgement {id: row.start})-[fact:HEEDED {id: row.id}]->()
    WHERE fact.runUntil = 9223372036854775807
    SET fact.runUntil = $run""",
)
