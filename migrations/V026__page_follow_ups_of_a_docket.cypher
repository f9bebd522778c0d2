// A docket's follow-ups by the day of the hearing, as an office's are paged.

CREATE INDEX follow_ups_of_a_docket IF NOT EXISTS
FOR (n:FollowUp) ON (n.docket, n.failedOn, n.id);

CALL db.awaitIndexes(3600);
