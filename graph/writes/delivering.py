"""What a worker does with the outbox: takes what is due, and writes down what came of it.

A notice is leased: it is one worker's until a moment, and anybody's after it, so that what a dead
worker held is sent by another. An attempt is written down before it is made, and its outcome after;
one that has none was cut short, and nobody knows whether the recipient's server took it. Then it is
sent again, under the same Message-ID, for a notice that comes twice is better than none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.notices import (
    ESCALATES_TO,
    AttemptOutcome,
    NoticeKind,
    NoticeState,
)
from graph.writes.moments import to_the_millisecond
from graph.writes.notices import raised, raising
from graph.writes.steps import Steps

Notice = Mapping[str, Any]
# What else is written when notices were sent, in the same transaction: their events' next steps.
AndThen = Callable[[Sequence[tuple[Notice, datetime]]], Steps[None]]

_NEXT: Final = """CYPHER 25
MATCH (notice:Notice) USING INDEX notice:Notice(nextAt)
WHERE notice.nextAt <= $now
RETURN notice.id AS id ORDER BY notice.nextAt LIMIT $most"""

# Setting a property takes the node's lock: of two workers the second finds it leased. In the order
# of ids, or they might wait for each other.
_LEASE: Final = """CYPHER 25
UNWIND $ids AS id
MATCH (notice:Notice {id: id})
SET notice.taken = $worker
WITH notice WHERE notice.nextAt <= $now
SET notice.state = 'SENDING', notice.nextAt = $until, notice.version = notice.version + 1,
    notice.attempts = notice.attempts + 1, notice.tries = coalesce(notice.tries, 0) + 1
CREATE (attempt:NoticeAttempt {id: notice.id + '/' + toString(notice.attempts),
    number: notice.attempts, worker: $worker, begunAt: $now})-[:ATTEMPT_OF]->(notice)
RETURN properties(notice) AS notice"""

_TAKE: Final = """CYPHER 25
UNWIND $ids AS id
MATCH (notice:Notice {id: id})
SET notice.taken = $by
RETURN properties(notice) AS notice"""

_ENDED: Final = """CYPHER 25
UNWIND $ended AS row
MATCH (attempt:NoticeAttempt {id: row.id}) WHERE attempt.endedAt IS NULL
SET attempt += row"""

# What is null is taken away.
_CHANGE: Final = """CYPHER 25
UNWIND $changes AS row
MATCH (notice:Notice {id: row.id})
SET notice += row, notice.version = notice.version + 1"""

_OVERDUE: Final = """CYPHER 25
MATCH (notice:Notice) USING INDEX notice:Notice(escalateAt)
WHERE notice.escalateAt <= $now
RETURN notice.id AS id ORDER BY notice.escalateAt LIMIT $most"""

_ESCALATE: Final = """CYPHER 25
UNWIND $ids AS id
MATCH (notice:Notice {id: id})
SET notice.taken = 'escalation'
WITH notice, notice.escalateAt AS since WHERE since <= $now
SET notice.escalateAt = null, notice.escalatedAt = $now, notice.version = notice.version + 1
RETURN properties(notice) AS notice, toString(since) AS since"""

_AGAIN: Final = """CYPHER 25
MATCH (notice:Notice {reference: $reference})
SET notice.taken = $by
WITH notice WHERE notice.state = 'DEAD'
SET notice.state = 'WAITING', notice.nextAt = $at, notice.tries = 0,
    notice.version = notice.version + 1
RETURN notice.id AS id"""


@dataclass(frozen=True, slots=True)
class Attempted:
    """What came of one attempt: `code` is the server's three figures, if it had any."""

    notice: str
    attempt: int
    outcome: AttemptOutcome
    at: datetime
    code: int | None = None

    @property
    def id(self) -> str:
        return f"{self.notice}/{self.attempt}"


def leasing(worker: str, now: datetime, lease: timedelta, most: int) -> Steps[list[Notice]]:
    """The steps by which a worker makes notices its own that are due, each with a new attempt."""
    due = to_the_millisecond(now)
    found = yield _NEXT, {"now": due, "most": most}
    if not found:
        return []
    told = {"worker": worker, "now": due, "until": to_the_millisecond(now + lease)}
    leased = yield _LEASE, {"ids": sorted(one["id"] for one in found), **told}
    return [one["notice"] for one in leased]


@dataclass(frozen=True, slots=True)
class Marking:
    """One attempt to be written down: when it is tried again, and what is hoped for after it.

    `again_at` is None for one that is given up. `acknowledged_within` is the local target after
    which it is escalated, None for none.
    """

    done: Attempted
    again_at: datetime | None = None
    acknowledged_within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """The ids of the notices that are known to be sent by this, and of those given up by it."""

    sent: list[str]
    given_up: list[str]


def marking(group: Sequence[Marking], by: str, then: AndThen) -> Steps[Marked]:
    """The steps that write down what came of attempts, at most one of each notice.

    That it was taken is believed of whoever says so, though their lease be over: it was taken. That
    it was not changes nothing but their own attempt then. What is given up is escalated at once.
    """
    # In the order of ids, or two workers might wait for each other.
    group = sorted(group, key=lambda one: one.done.notice)
    found = yield _TAKE, {"ids": [one.done.notice for one in group], "by": by}
    notices = {one["notice"]["id"]: one["notice"] for one in found}
    yield _ENDED, {"ended": [_ended(one.done) for one in group]}
    known = [(one, notices[one.done.notice]) for one in group if one.done.notice in notices]
    changes = [change for one, notice in known if (change := _changed(one, notice))]
    if changes:
        yield _CHANGE, {"changes": changes}
    changed = {change["id"]: change for change in changes}
    sent = [one for one, notice in known if "sentAt" in changed.get(notice["id"], ())]
    told = [(notices[one.done.notice], to_the_millisecond(one.done.at)) for one in sent]
    yield from then([one for one in told if one[0]["state"] != NoticeState.ACKNOWLEDGED])
    dead = [id_ for id_, change in changed.items() if change.get("state") == NoticeState.DEAD]
    return Marked([one.done.notice for one in sent], dead)


def _ended(done: Attempted) -> dict[str, Any]:
    at = to_the_millisecond(done.at)
    return {"id": done.id, "endedAt": at, "outcome": str(done.outcome), "code": done.code}


def _changed(one: Marking, notice: Notice) -> dict[str, Any] | None:
    if one.done.outcome is AttemptOutcome.TAKEN:
        return _taken(one, notice)
    if notice["state"] != NoticeState.SENDING or notice["attempts"] != one.done.attempt:
        return None  # the lease is lost
    if one.again_at is not None:
        untried = one.done.outcome is AttemptOutcome.NOT_TRIED
        return {
            "id": notice["id"],
            "state": str(NoticeState.WAITING),
            "nextAt": to_the_millisecond(one.again_at),
            "tries": notice["tries"] - untried,
        }
    at = to_the_millisecond(one.done.at)
    return {
        "id": notice["id"],
        "state": str(NoticeState.DEAD),
        "nextAt": None,
        "diedAt": at,
        "escalateAt": at if NoticeKind(notice["kind"]) in ESCALATES_TO else None,
    }


def _taken(one: Marking, notice: Notice) -> dict[str, Any] | None:
    if "sentAt" in notice:
        return None
    at, within = to_the_millisecond(one.done.at), one.acknowledged_within
    change = {"id": notice["id"], "sentAt": at, "nextAt": None}
    if notice["state"] != NoticeState.ACKNOWLEDGED:
        change |= {"state": str(NoticeState.SENT), "escalateAt": within and at + within}
    return change


def escalating(now: datetime, most: int) -> Steps[int]:
    """The steps that tell of notices that nobody acknowledged in time, or nobody took; how many."""
    due = to_the_millisecond(now)
    found = yield _OVERDUE, {"now": due, "most": most}
    if not found:
        return 0
    late = yield _ESCALATE, {"ids": sorted(one["id"] for one in found), "now": due}
    yield from raising([_escalation(one["notice"], one["since"], now) for one in late])
    return len(late)


def again(reference: str, by: str, at: datetime) -> Steps[bool]:
    """The steps that have a notice sent which was given up; False where there is no such."""
    told = {"reference": reference, "by": by, "at": to_the_millisecond(at)}
    return bool((yield _AGAIN, told))


def _escalation(notice: Notice, since: str, now: datetime) -> dict[str, Any]:
    return raised(
        NoticeKind.ESCALATION,
        ESCALATES_TO[NoticeKind(notice["kind"])],
        notice["about"],
        notice.get("rule"),
        now,
        None,
        office=notice.get("office"),
        of=f"{notice['id']} {since}",
        sharing=SharingClass(notice["sharingClass"]),
    ) | {"escalates": notice["reference"]}
