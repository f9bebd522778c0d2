// A seal an id: who is sealed, by whom and why.

CREATE CONSTRAINT one_seal_an_id IF NOT EXISTS
FOR (n:Seal) REQUIRE n.id IS UNIQUE;
