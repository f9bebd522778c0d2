"""Opening a follow-up for each hearing that some source says a child failed to appear at.

Its id is made of the hearing's, so that opening twice is once; its child is whoever has the hearing
by then. `opening` goes through what the published runs brought, so many words of sources at a
time, and remembers in the same transaction how far it came: workers take turns at that mark, and
one that dies leaves the rest to the next. Then it looks at what the run changes of those that are
there (`graph.following.settling`), and last which pairs under review are followed up.

Every failure to appear gets one, whatever its day. A notice is raised by itself only where a duty
that requires or recommends it was in force on the hearing's day (§8), so that the first load of old
years writes to nobody; and none of a child who is sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from graph.following.chart import CHART
from graph.following.duties import duty
from graph.following.settling import settling
from graph.following.standing import Row, actions, begun, changed, notices, step
from graph.following.targets import TARGETS, Targets
from graph.following.urging import urging, urging_all
from graph.vocabulary.court import Appearance
from graph.vocabulary.following import Actor, DutyForce, FollowUpEvent, Region
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.scopes import docket
from graph.writes.moments import to_the_millisecond
from graph.writes.notices import raising
from graph.writes.steps import Steps

MOST_AT_ONCE = 300
_WORKER: Final[Row] = {"actor": "worker", "role": str(Actor.SYSTEM)}
_OWED = (DutyForce.REQUIRED, DutyForce.SHOULD)

# Setting a property takes the node's lock: of two workers the second goes on where the first ends.
_TAKE: Final = """CYPHER 25
MERGE (mark:FollowingMark {id: 'graph'})
ON CREATE SET mark.run = 0, mark.fact = ''
SET mark.taken = $at
WITH mark
OPTIONAL MATCH (publication:Publication {id: 'graph'})
RETURN mark.run AS run, mark.fact AS fact, coalesce(mark.settled, 0) AS settled,
  coalesce(publication.run, 0) AS published"""

# Two seeks in one index, and each gives the order: the rest of this run, and the runs after.
_NEXT: Final = """CYPHER 25
CALL () {
  MATCH ()-[report:REPORTS]->(hearing)
  WHERE report.appearance = $failed AND report.runFrom = $run AND report.id > $fact
    AND report.runFrom <= $published
  RETURN report, hearing ORDER BY report.appearance, report.runFrom, report.id LIMIT $most
  UNION ALL
  MATCH ()-[report:REPORTS]->(hearing)
  WHERE report.appearance = $failed AND report.runFrom > $run AND report.id IS NOT NULL
    AND report.runFrom <= $published
  RETURN report, hearing ORDER BY report.appearance, report.runFrom, report.id LIMIT $most
}
WITH report, hearing ORDER BY report.runFrom, report.id LIMIT $most
RETURN report.runFrom AS run, report.id AS fact, hearing.id AS hearing"""

_SETTLED: Final = """CYPHER 25
MATCH (mark:FollowingMark {id: 'graph'}) SET mark.settled = $run"""

_MARK: Final = """CYPHER 25
MATCH (mark:FollowingMark {id: 'graph'}) SET mark.run = $run, mark.fact = $fact"""

# A word that holds, a record's or one that a person recorded, of a hearing that nobody follows yet.
# Whose office it is, EARM says.
_UNFOLLOWED: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
UNWIND $hearings AS id
MATCH (hearing:Hearing {id: id})
WHERE NOT EXISTS { MATCH (:FollowUp)-[:FOLLOWS]->(hearing) }
WITH run, hearing, COLLECT {
  MATCH (record)-[report:REPORTS]->(hearing)
  WHERE report.appearance = $failed AND report.runFrom <= run AND run < report.runUntil
  WITH report.source AS source, coalesce(record.keyVersion, record.id) AS evidence
  RETURN [source, evidence] ORDER BY source, evidence
} AS said
WITH run, hearing, said, COLLECT {
  MATCH ()-[report:REPORTS]->(hearing)
  WHERE report.appearance = $failed AND report.runFrom <= run AND run < report.runUntil
  RETURN DISTINCT report.sharingClass ORDER BY report.sharingClass
} AS classes
WHERE size(said) > 0
OPTIONAL MATCH (child:Child)-[has:HAS_HEARING]->(hearing)
WHERE has.runFrom <= run AND run < has.runUntil
WITH run, hearing, said, classes, child ORDER BY child.id
WITH run, hearing, said, classes, head(collect(child)) AS child
RETURN hearing.id AS hearing, hearing.court AS court, hearing.date AS failedOn, said, classes,
  coalesce(child:Sealed, false) OR hearing:Sealed AS sealed,
  head(COLLECT {
    MATCH (child)-[within:WITHIN]->(scope:Scope {kind: 'OFFICE'})
    WHERE within.runFrom <= run AND run < within.runUntil
    RETURN scope.id ORDER BY within.record, scope.id LIMIT 1
  }) AS office"""

_OPEN: Final = """CYPHER 25
UNWIND $opened AS row
MATCH (hearing:Hearing {id: row.followUp.hearing})
CREATE (follow:FollowUp)-[:FOLLOWS]->(hearing)
SET follow = row.followUp
FOREACH (one IN row.steps | CREATE (step:FollowUpStep)-[:STEP_OF]->(follow) SET step = one)
FOREACH (one IN row.actions | CREATE (next:NextAction)-[:NEXT_FOR]->(follow) SET next = one)"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one transaction opened; `more` is whether there may be something left to look at."""

    follow_ups: int
    notices: int
    more: bool


def opening(at: datetime, targets: Targets = TARGETS, most: int = MOST_AT_ONCE) -> Steps[Opened]:
    """The steps that look at the next words of sources, and open what they say: until no more."""
    (mark,) = yield _TAKE, {"at": to_the_millisecond(at)}
    told = {"failed": str(Appearance.FAILED_TO_APPEAR), "most": most, **mark}
    found = yield _NEXT, told
    if not found:
        if mark["settled"] == mark["published"]:
            return Opened(0, 0, more=False)
        more = yield from settling(at, targets)
        if not more:
            yield from urging_all()
            yield _SETTLED, {"run": mark["published"]}
        return Opened(0, 0, more=more)
    done = yield from _opening([one["hearing"] for one in found], at, targets)
    yield _MARK, {"run": found[-1]["run"], "fact": found[-1]["fact"]}
    return Opened(done.follow_ups, done.notices, more=True)


def opening_of(hearings: Sequence[str], at: datetime, targets: Targets = TARGETS) -> Steps[Opened]:
    """The same for these hearings, for whoever has just written that a child failed to appear."""
    yield _TAKE, {"at": to_the_millisecond(at)}
    return (yield from _opening(hearings, at, targets))


def _opening(hearings: Sequence[str], at: datetime, targets: Targets) -> Steps[Opened]:
    told = {"hearings": sorted(set(hearings)), "failed": str(Appearance.FAILED_TO_APPEAR)}
    found = yield _UNFOLLOWED, told
    if not found:
        return Opened(0, 0, more=False)
    opened = [_opened(one, to_the_millisecond(at), targets) for one in found]
    yield _OPEN, {"opened": [{name: one[name] for name in _WRITTEN} for one in opened]}
    yield from urging([one["followUp"]["id"] for one in opened])
    to_tell = [notice for one in opened for notice in one["notices"]]
    yield from raising(to_tell)
    return Opened(len(opened), len(to_tell), more=False)


_WRITTEN = ("followUp", "steps", "actions")


def follow_up_id(hearing: str) -> str:
    """The id of what follows a hearing."""
    return public_id("followup", hearing)


def _opened(found: Row, at: datetime, targets: Targets) -> Row:
    follow_up = _follow_up(found, at)
    evidence = [record for _, record in found["said"]]
    steps = [_first(follow_up, evidence, at)]
    follow_up, entered = _entered(follow_up, found["said"], at)
    owed = [] if found["sealed"] else _owed(follow_up["failedOn"])
    return {
        "followUp": follow_up,
        "steps": steps + entered,
        "actions": [one for region in Region for one in actions(follow_up, region, targets)],
        "notices": notices(follow_up, owed, at, targets),
    }


def _follow_up(found: Row, at: datetime) -> Row:
    failed_on: date = found["failedOn"].to_native()
    regions: Row = {}
    for region in Region:
        regions |= begun(region, at)
    informing = duty(FollowUpEvent.INFORM_FOJC, failed_on)
    telling = duty(FollowUpEvent.NOTIFY_ORR, failed_on)
    return {
        "id": follow_up_id(found["hearing"]),
        "hearing": found["hearing"],
        "court": found["court"],
        "failedOn": failed_on,
        "openedAt": at,
        "office": found["office"],
        "docket": docket(found["court"]),
        "classes": found["classes"],
        "version": 1,
        "dutyToInform": str(informing.force),
        "ruleToInform": informing.rule,
        "dutyToTell": str(telling.force),
        "ruleToTell": telling.rule,
        **regions,
    }


def _first(follow_up: Row, evidence: list[str], at: datetime) -> Row:
    key = f"{_WORKER['actor']}\n{FollowUpEvent.OPEN}\n{follow_up['id']}"
    told = {"event": str(FollowUpEvent.OPEN), "evidence": evidence, "number": 1}
    return {"id": public_id("step", key), "key": key, "at": at, **told, **_WORKER}


_ENTERED_IN = (
    ("PLANET", FollowUpEvent.UPDATE_PLANET),
    ("EARM", FollowUpEvent.UPDATE_EARM),
)


def _entered(follow_up: Row, said: list[list[str]], at: datetime) -> tuple[Row, list[Row]]:
    """Steps that need nobody: a system whose own record says that she failed to appear has it."""
    steps = []
    for source, event in _ENTERED_IN:
        evidence = [record for of, record in said if of == source]
        move = CHART.moves[event]
        if not evidence or follow_up["records"] not in move.origins:
            break
        key = f"{_WORKER['actor']}\n{event}\n{follow_up['id']}"
        row = {**_WORKER, "evidence": evidence}
        steps.append(step(follow_up, event, row, key=key, at=at))
        follow_up = {**follow_up, **changed(follow_up, move, at)}
    return follow_up, steps


def _owed(failed_on: date) -> list[Any]:
    """The notices that a duty in force on that day asks for."""
    return [
        move.automatic
        for event, move in CHART.moves.items()
        if move.automatic and duty(event, failed_on).force in _OWED
    ]
