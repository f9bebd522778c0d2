"""Writing steps down: where regions stand after them, what is to be done next, and their notices.

Many steps are as many statements as one: a worker that was told of a hundred notices at once takes
a hundred steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from graph.following.chart import CHART, Move
from graph.following.standing import FollowUp, Row, actions, changed, notices, state_of, step
from graph.following.targets import TARGETS, Targets
from graph.following.urging import urging
from graph.vocabulary.following import Actor, FollowUpEvent
from graph.writes.moments import to_the_millisecond
from graph.writes.notices import raising
from graph.writes.steps import Steps

# In the order of ids, or two workers might wait for each other.
TAKE: Final = """CYPHER 25
UNWIND $ids AS id
MATCH (follow:FollowUp {id: id})
SET follow.taken = $key
RETURN properties(follow) AS followUp"""

_MOVE: Final = """CYPHER 25
UNWIND $taken AS row
MATCH (follow:FollowUp {id: row.id})
SET follow += row.changed
CREATE (step:FollowUpStep)-[:STEP_OF]->(follow)
SET step = row.step"""

_NO_LONGER: Final = """CYPHER 25
UNWIND $taken AS row
MATCH (:FollowUp {id: row.id})<-[:NEXT_FOR]-(next:NextAction {region: row.region})
WHERE NOT next.id IN row.kept
DETACH DELETE next"""

_NEXT: Final = """CYPHER 25
UNWIND $taken AS row
MATCH (follow:FollowUp {id: row.id})
UNWIND row.actions AS one
MERGE (next:NextAction {id: one.id})
SET next = one
MERGE (next)-[:NEXT_FOR]->(follow)"""


@dataclass(frozen=True, slots=True)
class ByTheWorker:
    """A step that the worker takes where it is legal: somebody may have taken it by hand before."""

    follow_up: str
    event: FollowUpEvent
    at: datetime
    evidence: tuple[str, ...] = ()


def native(properties: Mapping[str, Any]) -> Row:
    """A node's properties with days and moments as Python has them."""
    return {
        name: value.to_native() if hasattr(value, "to_native") else value
        for name, value in properties.items()
    }


def taking(
    follow_up: FollowUp,
    move: Move,
    row: Mapping[str, Any],
    *,
    key: str,
    at: datetime,
    targets: Targets,
) -> Steps[str]:
    """Write a step that is legal, and all that comes with it; its id."""
    taken = _taken(follow_up, move, row, key=key, at=at, targets=targets)
    yield from _writing([taken])
    told: str = taken["step"]["id"]
    return told


def by_the_worker(asked: Sequence[ByTheWorker], targets: Targets = TARGETS) -> Steps[int]:
    """The steps by which the worker takes steps, one after the other; how many were legal."""
    if not asked:
        return 0
    found = yield TAKE, {"ids": sorted({one.follow_up for one in asked}), "key": "worker"}
    follow_ups = {one["followUp"]["id"]: native(one["followUp"]) for one in found}
    taken = []
    for one in asked:
        follow_up, move = follow_ups.get(one.follow_up), CHART.moves[one.event]
        if follow_up is None or not _legal(follow_up, move):
            continue
        row = {"actor": "worker", "role": str(Actor.SYSTEM), "evidence": list(one.evidence)}
        at = to_the_millisecond(one.at)
        key = f"worker\n{one.event}\n{one.follow_up}\n{at.isoformat()}"
        taken.append(_taken(follow_up, move, row, key=key, at=at, targets=targets))
        # The next step of the same follow-up begins where this one ends.
        follow_ups[one.follow_up] = {**follow_up, **taken[-1]["changed"]}
    if taken:
        yield from _writing(taken)
    return len(taken)


def _legal(follow_up: FollowUp, move: Move) -> bool:
    return Actor.SYSTEM in move.by and state_of(follow_up, move.region) in move.origins


def _taken(
    follow_up: FollowUp,
    move: Move,
    row: Mapping[str, Any],
    *,
    key: str,
    at: datetime,
    targets: Targets,
) -> Row:
    change = changed(follow_up, move, at)
    after = {**follow_up, **change}
    following = actions(after, move.region, targets)
    return {
        "id": follow_up["id"],
        "step": step(follow_up, move.event, row, key=key, at=at),
        "changed": change,
        "region": str(move.region),
        "actions": following,
        "kept": [one["id"] for one in following],
        "notices": notices(after, [move.raises] if move.raises else [], at, targets),
    }


def _writing(taken: Sequence[Row]) -> Steps[None]:
    """Several steps of one follow-up stand in order; what comes next is what the last says."""
    told = {"taken": [{name: one[name] for name in _WRITTEN} for one in taken]}
    yield _MOVE, told
    yield from urging([one["id"] for one in taken if "closedAt" in one["changed"]])
    yield _NO_LONGER, told
    if any(one["actions"] for one in taken):
        yield _NEXT, told
    yield from raising([notice for one in taken for notice in one["notices"]])


_WRITTEN = ("id", "step", "changed", "region", "actions", "kept")
