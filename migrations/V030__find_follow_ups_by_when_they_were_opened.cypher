// What was opened in a quarter is counted of those opened in it, and not of all.

CREATE INDEX follow_ups_by_opening IF NOT EXISTS
FOR (n:FollowUp) ON (n.openedAt);

CALL db.awaitIndexes(3600);
