"""Wellness checks: that one is wanted, and what came of it, with the follow-up's own steps.

S2:162: without word of a failure to appear, HHS is "unable to determine if UCs need wellness checks
or post-release services". A check stands by itself, or is the next step of a follow-up; then both
are recorded in one transaction, or neither is.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from graph.following.advancing import advancing
from graph.following.outcomes import Advancing, FollowUpRefused
from graph.vocabulary.following import FollowUpEvent
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.welfare import (
    CHECK_OUTCOMES,
    RECORDS_CONTACTS,
    REQUESTS_CHECKS,
    CheckState,
    Leg,
    TouchOutcome,
    TouchpointKind,
    WelfareRefusal,
)
from graph.welfare.recording import Kept, Recorder, WelfareRefused, keeping, refused, unfit
from graph.welfare.touching import TOUCH_BY_KEY, no_such_outcome, not_theirs, touch_row
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

_CHECK_BY_KEY: Final = """CYPHER 25
MATCH (check:WellnessCheck {key: $key})
RETURN properties(check) AS kept"""

_REQUEST: Final = """CYPHER 25
MATCH (child:Child {id: $child})
MERGE (check:WellnessCheck {key: $row.key})
ON CREATE SET check = $row
WITH check, child WHERE NOT EXISTS { MATCH (check)-[:CHECKS_ON]->() }
MERGE (check)-[:CHECKS_ON]->(child)"""

# Hers by now: whoever became another is still whose follow-up it is.
_FOLLOW_UP_OF: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (follow:FollowUp {id: $followUp})-[:FOLLOWS]->(hearing:Hearing)
MATCH (hearing)<-[has:HAS_HEARING]-(:Child {id: $child})
WHERE has.runFrom <= run AND run < has.runUntil
RETURN follow.id AS id"""

# Setting a property takes its lock: of two who record an outcome, the second finds the first's.
_TAKE_CHECK: Final = """CYPHER 25
MATCH (check:WellnessCheck {id: $id})
SET check.taken = $key
RETURN properties(check) AS kept"""

# Who it is about: the first step of recording an outcome is asked for her.
CHILD_OF_CHECK: Final = """CYPHER 25
MATCH (check:WellnessCheck {id: $id})-[:CHECKS_ON]->(child:Child)
RETURN child.id AS child"""

_OUTCOME: Final = """CYPHER 25
MATCH (check:WellnessCheck {id: $check})-[:CHECKS_ON]->(child:Child)
SET check.state = $state, check.endedAt = $row.recordedAt
MERGE (touch:Touchpoint {key: $row.key})
ON CREATE SET touch = $row
MERGE (touch)-[:TOUCHES]->(child)
MERGE (touch)-[:OUTCOME_OF]->(check)"""


@dataclass(frozen=True, slots=True)
class Requesting:
    """A wellness check that is wanted, perhaps as the next step of a follow-up."""

    child: str
    reason: str
    follow_up: str | None
    by: Recorder
    seen: Step


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the wellness check `id`."""

    id: str
    outcome: TouchOutcome
    on: date
    note: str | None
    by: Recorder
    seen: Step | None


def requesting(asked: Requesting) -> Steps[Kept | WelfareRefused]:
    """The steps that ask for a wellness check, and take the follow-up's step where one is named."""
    if wrong := not_theirs(asked.by, REQUESTS_CHECKS) or unfit(asked.by, asked.reason):
        return wrong
    child = reached((yield asked.seen))
    if child is None:
        return refused(WelfareRefusal.UNKNOWN_CHILD)
    row = {
        **asked.by.row(),
        "id": public_id("check", asked.by.own_key),
        "state": str(CheckState.REQUESTED),
        "reason": asked.reason.strip(),
        "followUp": asked.follow_up,
        "asked": asked.child,
    }
    find = _CHECK_BY_KEY, {"key": row["key"]}
    if asked.follow_up and not (yield find):
        told = {"followUp": asked.follow_up, "child": child}
        if not (yield _FOLLOW_UP_OF, told):
            return refused(WelfareRefusal.UNKNOWN_FOLLOW_UP)
        event = FollowUpEvent.REQUEST_WELLNESS_CHECK
        wrong = yield from _advanced(asked.follow_up, event, asked.reason, row["id"], asked.by)
        if wrong:
            return wrong
    create = _REQUEST, {"child": child, "row": row}
    return (yield from keeping(find, create, row, ("asked", "reason", "followUp")))


_EVENT_OF: Final = {
    TouchOutcome.SAFE: FollowUpEvent.FIND_SAFE,
    TouchOutcome.CONCERN: FollowUpEvent.FIND_CONCERN,
    TouchOutcome.UNABLE_TO_LOCATE: FollowUpEvent.FIND_NOBODY,
}


def checked(asked: Checked) -> Steps[Kept | WelfareRefused]:
    """The steps that record what came of a check, once, and take its follow-up's step."""
    wrong = not_theirs(asked.by, RECORDS_CONTACTS) or unfit(asked.by, on=asked.on)
    if wrong or (wrong := no_such_outcome(asked.outcome, CHECK_OUTCOMES)):
        return wrong
    child = reached((yield asked.seen)) if asked.seen else None
    if child is None:
        return refused(WelfareRefusal.UNKNOWN_CHECK)
    found = yield _TAKE_CHECK, {"id": asked.id, "key": asked.by.own_key}
    if not found:
        return refused(WelfareRefusal.UNKNOWN_CHECK)
    check = found[0]["kept"]
    row = touch_row(TouchpointKind.WELLNESS_CHECK, asked.outcome, asked.on, asked.note, asked.by)
    row |= {"leg": str(Leg.CHILD), "asked": asked.id}
    find = TOUCH_BY_KEY, {"key": row["key"]}
    if not (yield find):
        if check["state"] != CheckState.REQUESTED:
            return refused(WelfareRefusal.NOT_LEGAL_NOW, "Its outcome was recorded before.")
        if follow_up := check.get("followUp"):
            told = asked.note or f"Wellness check: {asked.outcome}"
            event = _EVENT_OF[asked.outcome]
            wrong = yield from _advanced(follow_up, event, told, asked.id, asked.by)
            if wrong:
                return wrong
    create = _OUTCOME, {"check": asked.id, "state": str(asked.outcome), "row": row}
    kept = yield from keeping(find, create, row, ("asked", "outcome", "on", "note"))
    return replace(kept, id=asked.id) if isinstance(kept, Kept) else kept


def _advanced(
    follow_up: str, event: FollowUpEvent, reason: str, evidence: str, by: Recorder
) -> Steps[WelfareRefused | None]:
    asked = Advancing(
        follow_up, event, by.actor, by.role, by.key, by.at, reason.strip(), (evidence,)
    )
    done = yield from advancing(asked)
    if isinstance(done, FollowUpRefused):
        return WelfareRefused(WelfareRefusal.NOT_LEGAL_NOW, done.message)
    return None
