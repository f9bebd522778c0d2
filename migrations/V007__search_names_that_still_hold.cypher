// A name that a run superseded says in which, so that a search can leave it out: it would take the
// place of a match among the best. The run is text of nine figures, for a full-text index has ranges
// of text only.

MATCH (known:ChildBiographics)<-[past:HAS_BIOGRAPHICS]-(:Child)
WITH known, max(past.runUntil) AS until
WHERE until < 9223372036854775807
SET known.supersededIn = right('00000000' + until, 9);

MATCH (known:SponsorBiographics)<-[past:HAS_BIOGRAPHICS]-(:Sponsor)
WITH known, max(past.runUntil) AS until
WHERE until < 9223372036854775807
SET known.supersededIn = right('00000000' + until, 9);

DROP INDEX child_names IF EXISTS;

CREATE FULLTEXT INDEX child_names IF NOT EXISTS
FOR (n:ChildBiographics) ON EACH [n.searchNames, n.supersededIn]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

DROP INDEX sponsor_names IF EXISTS;

CREATE FULLTEXT INDEX sponsor_names IF NOT EXISTS
FOR (n:SponsorBiographics) ON EACH [n.searchNames, n.supersededIn]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

CALL db.awaitIndexes(3600);
