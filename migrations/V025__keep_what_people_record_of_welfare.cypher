// What people record of a child's welfare: each under its sender's key, so that what is sent twice is
// kept once, and each with an id that nothing else bears.

CREATE CONSTRAINT one_touchpoint_an_id IF NOT EXISTS
FOR (n:Touchpoint) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_touchpoint_a_key IF NOT EXISTS
FOR (n:Touchpoint) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_wellness_check_an_id IF NOT EXISTS
FOR (n:WellnessCheck) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_wellness_check_a_key IF NOT EXISTS
FOR (n:WellnessCheck) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_concern_an_id IF NOT EXISTS
FOR (n:Concern) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_concern_a_key IF NOT EXISTS
FOR (n:Concern) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_concern_step_an_id IF NOT EXISTS
FOR (n:ConcernStep) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_concern_step_a_key IF NOT EXISTS
FOR (n:ConcernStep) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_address_statement_an_id IF NOT EXISTS
FOR (n:AddressStatement) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_address_statement_a_key IF NOT EXISTS
FOR (n:AddressStatement) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_address_verification_an_id IF NOT EXISTS
FOR (n:AddressVerification) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_address_verification_a_key IF NOT EXISTS
FOR (n:AddressVerification) REQUIRE n.key IS UNIQUE;

// Concerns are listed from the one that waits longest; checks that are wanted likewise.
CREATE INDEX concerns_by_time IF NOT EXISTS
FOR (n:Concern) ON (n.raisedAt, n.id);

CREATE INDEX wellness_checks_by_state IF NOT EXISTS
FOR (n:WellnessCheck) ON (n.state, n.recordedAt, n.id);

// Whose call is due is a range of days of release.
CREATE INDEX releases_by_day IF NOT EXISTS
FOR ()-[r:RELEASED_TO]-() ON (r.releasedOn, r.id);

CALL db.awaitIndexes(3600);
