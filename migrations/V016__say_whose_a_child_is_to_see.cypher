// An office or a docket is one thing, looked up by its id; from there its children, and from a child
// her few scopes, are relations away.

CREATE CONSTRAINT one_scope_an_id IF NOT EXISTS
FOR (n:Scope) REQUIRE n.id IS UNIQUE;

CALL db.awaitIndexes(3600);
