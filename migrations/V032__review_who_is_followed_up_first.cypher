// Pairs of a child with an open follow-up come first in the queue, which comes sorted from an index.

MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (pair:CandidatePair)
SET pair.followed = CASE WHEN pair.runFrom <= run AND run < pair.runUntil AND EXISTS {
  MATCH (side:Record)-[link:DESCRIBES]->(:Child)-[has:HAS_HEARING]->(:Hearing)<-[:FOLLOWS]-(open)
  WHERE side.keyVersion IN [pair.leftRecord, pair.rightRecord] AND link.role = pair.role
    AND link.runFrom <= run AND run < link.runUntil AND has.runFrom <= run AND run < has.runUntil
    AND open.closedAt IS NULL
} THEN 1 ELSE 0 END;

CREATE INDEX candidate_pairs_by_urgency IF NOT EXISTS
FOR (n:CandidatePair) ON (n.decision, n.followed, n.stake, n.moved, n.matchWeight, n.id);

CALL db.awaitIndexes(3600);
