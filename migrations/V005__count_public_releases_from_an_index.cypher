// Rows of the public file are counted by the half million: what is read of one is in the index, and
// every row is in it because none lacks one of these. A run closes a row by the record it read.

DROP INDEX public_releases_by_year_and_state IF EXISTS;

CREATE INDEX public_releases_to_count IF NOT EXISTS
FOR (n:PublicRelease) ON (n.fiscalYear, n.state, n.source, n.asOf, n.runFrom, n.runUntil);

CREATE INDEX public_releases_by_record IF NOT EXISTS
FOR (n:PublicRelease) ON (n.record);

CALL db.awaitIndexes(3600);
