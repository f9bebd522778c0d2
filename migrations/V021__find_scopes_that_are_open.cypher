// What somebody opened is closed again by its moment: of all that were ever opened, those still
// open are a range of this index.

CREATE INDEX scopes_by_kind_and_end IF NOT EXISTS
FOR (n:Scope) ON (n.kind, n.opensUntil);

CALL db.awaitIndexes(3600);
