// Who is to be told of what: a notice an id, and a reference by which it is looked up.
// A worker's next work is a range of an index, and so is what nobody acknowledged in time.

CREATE CONSTRAINT one_notice_an_id IF NOT EXISTS
FOR (n:Notice) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_notice_a_reference IF NOT EXISTS
FOR (n:Notice) REQUIRE n.reference IS UNIQUE;

CREATE CONSTRAINT one_attempt_an_id IF NOT EXISTS
FOR (n:NoticeAttempt) REQUIRE n.id IS UNIQUE;

CREATE INDEX notices_by_next_moment IF NOT EXISTS
FOR (n:Notice) ON (n.nextAt);

CREATE INDEX notices_by_escalation IF NOT EXISTS
FOR (n:Notice) ON (n.escalateAt);

CREATE INDEX notices_by_time IF NOT EXISTS
FOR (n:Notice) ON (n.raisedAt, n.id);

CREATE INDEX notices_by_state_and_time IF NOT EXISTS
FOR (n:Notice) ON (n.state, n.raisedAt, n.id);

CALL db.awaitIndexes(3600);
