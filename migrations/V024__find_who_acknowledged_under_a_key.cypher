// An acknowledgement sent twice is found by its sender's key, and counts once.

CREATE CONSTRAINT one_acknowledgement_a_key IF NOT EXISTS
FOR (n:Notice) REQUIRE n.acknowledgeKey IS UNIQUE;

CALL db.awaitIndexes(3600);
