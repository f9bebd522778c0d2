// Half a date finds its children among those of the name: year, month and day are words of the index
// of names. And part of an A-number is found wherever it stands in the number.

MATCH (known:ChildBiographics) WHERE known.dateOfBirth IS NOT NULL
WITH known, replace(toString(known.dateOfBirth), '-', '') AS born
SET known.searchBorn = 'y' + left(born, 4) + ' m' + left(born, 6) + ' d' + born;

DROP INDEX child_names IF EXISTS;

CREATE FULLTEXT INDEX child_names IF NOT EXISTS
FOR (n:ChildBiographics) ON EACH [n.searchNames, n.searchBorn, n.supersededIn]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

CREATE TEXT INDEX children_by_part_of_a_number IF NOT EXISTS
FOR (n:ChildBiographics) ON (n.aNumber);

CALL db.awaitIndexes(3600);
