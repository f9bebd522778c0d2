// Whoever may not hear every agency finds a name only by words that an open one says: each word of
// these indexes stands after the letter of those who say it (graph.vocabulary.origins).

CREATE FULLTEXT INDEX child_names_by_class IF NOT EXISTS
FOR (n:ChildBiographics) ON EACH [n.searchWords, n.supersededIn]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};

CREATE FULLTEXT INDEX sponsor_names_by_class IF NOT EXISTS
FOR (n:SponsorBiographics) ON EACH [n.searchWords, n.supersededIn]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};

CALL db.awaitIndexes(3600);
