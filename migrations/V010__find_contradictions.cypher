// Of all judgements that a link went by, few contradict each other: these alone are looked at.

CREATE INDEX judgements_in_conflict IF NOT EXISTS
FOR ()-[r:HEEDED]-() ON (r.conflict);

CALL db.awaitIndexes(3600);
