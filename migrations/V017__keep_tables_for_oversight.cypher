// What was published for oversight: a table a kind and a day, never counted again.

CREATE CONSTRAINT one_oversight_table_an_id IF NOT EXISTS
FOR (n:OversightTable) REQUIRE n.id IS UNIQUE;

CREATE INDEX oversight_tables_by_kind_and_day IF NOT EXISTS
FOR (n:OversightTable) ON (n.kind, n.asOf);

CALL db.awaitIndexes(3600);
