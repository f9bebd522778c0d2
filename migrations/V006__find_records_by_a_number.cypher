// A number on one of her papers finds a child, also when it is not the number that most papers give.

CREATE INDEX records_by_a_number IF NOT EXISTS
FOR (n:Record) ON (n.aNumber);

CALL db.awaitIndexes(3600);
