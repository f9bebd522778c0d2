// What people open to each other is a scope with a key of its sender's: sent twice, it is opened once.
// The latest first, as they are listed.

CREATE CONSTRAINT one_scope_a_key IF NOT EXISTS
FOR (n:Scope) REQUIRE n.key IS UNIQUE;

CREATE INDEX scopes_by_time IF NOT EXISTS
FOR (n:Scope) ON (n.openedAt, n.id);

CALL db.awaitIndexes(3600);
