// How a review finds what it asks for. A pair that comes back after it was closed is a node of its
// own under the same id, so its id is not unique.

// In this order, so that the queue comes sorted from the index.
CREATE INDEX candidate_pairs_in_the_queue IF NOT EXISTS
FOR (n:CandidatePair) ON (n.decision, n.stake, n.moved, n.matchWeight, n.id);

CREATE INDEX candidate_pairs_by_left_record IF NOT EXISTS
FOR (n:CandidatePair) ON (n.leftKey);

CREATE INDEX candidate_pairs_by_right_record IF NOT EXISTS
FOR (n:CandidatePair) ON (n.rightKey);

CREATE INDEX judgements_by_pair IF NOT EXISTS
FOR (n:Judgement) ON (n.leftKey, n.rightKey, n.role);

CREATE INDEX judgements_by_right_record IF NOT EXISTS
FOR (n:Judgement) ON (n.rightKey);

// The latest first, as they are listed.
CREATE INDEX judgements_by_time IF NOT EXISTS
FOR (n:Judgement) ON (n.judgedAt, n.id);

// Whatever its version: people name a record by its key.
CREATE INDEX records_by_key IF NOT EXISTS
FOR (n:Record) ON (n.key);

CALL db.awaitIndexes(3600);
