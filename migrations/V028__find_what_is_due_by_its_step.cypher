// What a new run, or a day that is over, lets the worker do itself: looked up by the step that is due.

CREATE INDEX next_actions_by_step IF NOT EXISTS
FOR (n:NextAction) ON (n.step, n.due);

CALL db.awaitIndexes(3600);
