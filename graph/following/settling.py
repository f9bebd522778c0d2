"""What a newly published run changes of follow-ups that are there: the office, and what is entered.

A child may come to another office, by a new record or by being joined with another: her follow-ups
then stand in that office's queue, and where OPLA was told that no office was known, its coordinator
is informed. And PLANet or EARM may say by now that she failed to appear: then nobody has to say so
by hand.
"""

from datetime import datetime
from typing import Final

from graph.following.standing import notices
from graph.following.taking import ByTheWorker, by_the_worker, native
from graph.following.targets import TARGETS, Targets
from graph.vocabulary.court import Appearance
from graph.vocabulary.following import FollowUpEvent, FollowUpState, SyncSystem
from graph.vocabulary.notices import NoticeKind
from graph.writes.notices import raising
from graph.writes.steps import Steps

_MOST_ENTERED = 100  # in one transaction

_REHOUSED: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (follow:FollowUp)-[:FOLLOWS]->(:Hearing)<-[has:HAS_HEARING]-(child:Child)
WHERE has.runFrom <= run AND run < has.runUntil
WITH run, follow, child ORDER BY child.id
WITH run, follow, head(collect(child)) AS child
WITH follow, head(COLLECT {
  MATCH (child)-[within:WITHIN]->(scope:Scope {kind: 'OFFICE'})
  WHERE within.runFrom <= run AND run < within.runUntil
  RETURN scope.id ORDER BY within.record, scope.id LIMIT 1
}) AS office
WHERE coalesce(follow.office, '') <> coalesce(office, '')
SET follow.office = office
WITH follow, office
MATCH (follow)<-[:NEXT_FOR]-(next:NextAction)
SET next.office = coalesce(office, '')"""

_ENTERED: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
UNWIND $systems AS system
MATCH (next:NextAction {step: system.event})-[:NEXT_FOR]->(follow:FollowUp)-[:FOLLOWS]->(hearing)
WITH run, system, follow, COLLECT {
  MATCH (record:Record)-[report:REPORTS]->(hearing)
  WHERE report.source = system.source AND report.appearance = $failed
    AND report.runFrom <= run AND run < report.runUntil
  RETURN record.keyVersion ORDER BY record.keyVersion
} AS evidence
WHERE size(evidence) > 0
RETURN follow.id AS id, system.event AS event, evidence ORDER BY id LIMIT $most"""

_SYSTEMS: Final = {
    SyncSystem.PLANET: FollowUpEvent.UPDATE_PLANET,
    SyncSystem.EARM: FollowUpEvent.UPDATE_EARM,
}

_WHOSE_OFFICE_IS_KNOWN_NOW: Final = """CYPHER 25
MATCH (next:NextAction {step: $step})-[:NEXT_FOR]->(follow:FollowUp)
WHERE follow.office IS NOT NULL
  AND EXISTS { MATCH (:Notice {kind: $unknown})-[:ABOUT]->(follow) }
  AND NOT EXISTS { MATCH (:Notice {kind: $inform})-[:ABOUT]->(follow) }
  AND NOT EXISTS { MATCH (follow)-[:FOLLOWS]->()<-[:HAS_HEARING]-(:Sealed) }
RETURN properties(follow) AS followUp ORDER BY follow.id LIMIT $most"""

# A search that found nothing and was escalated by nobody until its day was over.
_LAPSED: Final = """CYPHER 25
MATCH (next:NextAction {step: $step})-[:NEXT_FOR]->(follow:FollowUp {address: $state})
WHERE next.due < date($at) AND NOT EXISTS {
  MATCH (follow)-[:FOLLOWS]->()<-[:HAS_HEARING]-(:Sealed)
}
RETURN follow.id AS id ORDER BY id LIMIT $most"""


def settling(at: datetime, targets: Targets) -> Steps[bool]:
    """The steps for follow-ups that are there; whether there may be more to do."""
    yield _REHOUSED, {}
    informed = yield from _informing(at, targets)
    systems = [{"source": str(one), "event": str(event)} for one, event in _SYSTEMS.items()]
    failed = str(Appearance.FAILED_TO_APPEAR)
    found = yield _ENTERED, {"systems": systems, "failed": failed, "most": _MOST_ENTERED}
    entered = [
        ByTheWorker(one["id"], FollowUpEvent(one["event"]), at, tuple(one["evidence"]))
        for one in found
    ]
    yield from by_the_worker(entered, targets)
    # What was due after PLANet may be in EARM already.
    return informed or bool(found)


def _informing(at: datetime, targets: Targets) -> Steps[bool]:
    """Tell the coordinators of offices that were not known before; whether it was any."""
    step, kind = str(FollowUpEvent.INFORM_FOJC), NoticeKind.FOJC_INFORM
    told = {"step": step, "inform": str(kind), "unknown": str(NoticeKind.OFFICE_UNKNOWN)}
    found = yield _WHOSE_OFFICE_IS_KNOWN_NOW, {**told, "most": _MOST_ENTERED}
    follow_ups = [native(one["followUp"]) for one in found]
    yield from raising([row for one in follow_ups for row in notices(one, [kind], at, targets)])
    return bool(found)


def lapsing(at: datetime, targets: Targets = TARGETS, most: int = _MOST_ENTERED) -> Steps[int]:
    """The steps that escalate searches whose local target is over; how many, and `most` is not all.

    So a follow-up cannot end in silence: headquarters hear of what nobody took further.
    """
    told = {"step": str(FollowUpEvent.ESCALATE), "state": str(FollowUpState.NO_ALTERNATE)}
    found = yield _LAPSED, {**told, "at": at, "most": most}
    late = [ByTheWorker(one["id"], FollowUpEvent.ESCALATE, at) for one in found]
    yield from by_the_worker(late, targets)
    return len(found)
