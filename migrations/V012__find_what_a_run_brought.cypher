// Whoever listens is told what a run brought, a page after the other: in the order of run and id,
// from the index.

CREATE INDEX addresses_reported_by_run IF NOT EXISTS
FOR ()-[r:LIVES_AT]-() ON (r.runFrom, r.id);

CREATE INDEX appearances_reported_by_run IF NOT EXISTS
FOR ()-[r:REPORTS]-() ON (r.appearance, r.runFrom, r.id);

CREATE INDEX identity_events_by_run IF NOT EXISTS
FOR (n:IdentityEvent) ON (n.runFrom, n.id);

CALL db.awaitIndexes(3600);
