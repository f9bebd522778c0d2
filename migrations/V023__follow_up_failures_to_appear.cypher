// What follows a failure to appear: one a hearing, its steps under keys of their senders', and what is
// to be done next. A queue is a range of an index: by whose it is, by office or docket, and in its
// order. The worker's mark says how far failures to appear were looked at.

CREATE CONSTRAINT one_follow_up_an_id IF NOT EXISTS
FOR (n:FollowUp) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_follow_up_a_hearing IF NOT EXISTS
FOR (n:FollowUp) REQUIRE n.hearing IS UNIQUE;

CREATE CONSTRAINT one_follow_up_step_an_id IF NOT EXISTS
FOR (n:FollowUpStep) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_follow_up_step_a_key IF NOT EXISTS
FOR (n:FollowUpStep) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_next_action_an_id IF NOT EXISTS
FOR (n:NextAction) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_address_correction_an_id IF NOT EXISTS
FOR (n:AddressCorrection) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_following_mark IF NOT EXISTS
FOR (n:FollowingMark) REQUIRE n.id IS UNIQUE;

CREATE INDEX next_actions_in_order IF NOT EXISTS
FOR (n:NextAction) ON (n.actor, n.sort, n.rank, n.id);

CREATE INDEX next_actions_of_an_office IF NOT EXISTS
FOR (n:NextAction) ON (n.actor, n.office, n.sort, n.rank, n.id);

CREATE INDEX next_actions_of_a_docket IF NOT EXISTS
FOR (n:NextAction) ON (n.actor, n.docket, n.sort, n.rank, n.id);

CREATE INDEX follow_ups_by_day IF NOT EXISTS
FOR (n:FollowUp) ON (n.failedOn, n.id);

CREATE INDEX follow_ups_of_an_office IF NOT EXISTS
FOR (n:FollowUp) ON (n.office, n.failedOn, n.id);

CALL db.awaitIndexes(3600);
