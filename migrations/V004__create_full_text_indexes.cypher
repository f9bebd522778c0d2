// Names and addresses as people type them: accents folded, case ignored.

CREATE FULLTEXT INDEX child_names IF NOT EXISTS
FOR (n:ChildBiographics) ON EACH [n.searchNames]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

CREATE FULLTEXT INDEX sponsor_names IF NOT EXISTS
FOR (n:SponsorBiographics) ON EACH [n.searchNames]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

CREATE FULLTEXT INDEX address_text IF NOT EXISTS
FOR (n:Address) ON EACH [n.searchText]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

CALL db.awaitIndexes(3600);
