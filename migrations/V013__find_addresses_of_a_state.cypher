// A state's addresses in the order of their ids: what conflicts there is read page by page.

CREATE INDEX addresses_by_state IF NOT EXISTS
FOR (n:Address) ON (n.state, n.id);

CALL db.awaitIndexes(3600);
