// Who failed to appear since a day, at whichever court: by the day alone, for the other index begins
// with the court.

CREATE INDEX hearings_by_day IF NOT EXISTS
FOR (n:Hearing) ON (n.date, n.id);

CALL db.awaitIndexes(3600);
