// Whoever may not see everything gets the queue by match weight: in this order, so that theirs comes
// sorted from an index too.

CREATE INDEX candidate_pairs_by_weight IF NOT EXISTS
FOR (n:CandidatePair) ON (n.decision, n.matchWeight, n.id);

CALL db.awaitIndexes(3600);
