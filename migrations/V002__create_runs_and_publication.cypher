// The graph changes through runs, and one node names the run that everybody sees.

CREATE CONSTRAINT one_run_an_id IF NOT EXISTS
FOR (n:Run) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_run_a_number IF NOT EXISTS
FOR (n:Run) REQUIRE n.seq IS UNIQUE;

CREATE CONSTRAINT one_publication IF NOT EXISTS
FOR (n:Publication) REQUIRE n.id IS UNIQUE;

MERGE (published:Publication {id: 'graph'})
ON CREATE SET published.run = 0;
