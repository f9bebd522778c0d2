"""What a worker does with the outbox: takes what is due, and writes down what came of it.

A notice is leased: it is one worker's until a moment, and anybody's after it, so that what a dead
worker held is sent by another. An attempt is written down before it is made, and its outcome after;
one that has none was cut short, and nobody knows whether the recipient's server took it. Then it is
sent again, under the same Message-ID, for a notice that comes twice is better than none.
"""

from collections.abc import Callable, Mapping
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
# What else is written when a notice was sent, in the same transaction: the event's own next step.
AndThen = Callable[[Notice, datetime], Steps[None]]

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
MATCH (notice:Notice {id: $id})
SET notice.taken = $by
RETURN properties(notice) AS notice"""

_ENDED: Final = """CYPHER 25
MATCH (attempt:NoticeAttempt {id: $attempt}) WHERE attempt.endedAt IS NULL
SET attempt.endedAt = $at, attempt.outcome = $outcome, attempt.code = $code"""

# What is null is taken away.
_CHANGE: Final = """CYPHER 25
MATCH (notice:Notice {id: $id})
SET notice += $changed, notice.version = notice.version + 1"""

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


def taken(done: Attempted, acknowledged_within: timedelta | None, then: AndThen) -> Steps[bool]:
    """The steps for a notice that the recipient's server has taken; whether that was news.

    It is believed of whoever says so, though their lease be over: it was taken.
    `acknowledged_within` is the local target after which it is escalated.
    """
    at = to_the_millisecond(done.at)
    found = yield _TAKE, {"id": done.notice, "by": done.id}
    yield from _ended(done, at)
    notice = found[0]["notice"]
    if "sentAt" in notice:
        return False
    changed: dict[str, Any] = {"sentAt": at, "nextAt": None}
    if notice["state"] != NoticeState.ACKNOWLEDGED:
        changed["state"] = str(NoticeState.SENT)
        changed["escalateAt"] = acknowledged_within and at + acknowledged_within
    yield _CHANGE, {"id": done.notice, "changed": changed}
    if notice["state"] != NoticeState.ACKNOWLEDGED:
        yield from then(notice, at)
    return True


def not_taken(done: Attempted, again_at: datetime | None) -> Steps[bool]:
    """The steps for a notice that was not taken; whether it is given up.

    It is tried again at `again_at`, and given up without one: then it is escalated at once. Whoever
    has lost their lease changes nothing but their own attempt.
    """
    at = to_the_millisecond(done.at)
    found = yield _TAKE, {"id": done.notice, "by": done.id}
    yield from _ended(done, at)
    notice = found[0]["notice"]
    if notice["state"] != NoticeState.SENDING or notice["attempts"] != done.attempt:
        return False
    changed: dict[str, Any]
    if again_at is not None:
        changed = {"state": str(NoticeState.WAITING), "nextAt": to_the_millisecond(again_at)}
        if done.outcome is AttemptOutcome.NOT_TRIED:
            changed["tries"] = notice["tries"] - 1
    else:
        escalates = NoticeKind(notice["kind"]) in ESCALATES_TO
        changed = {"state": str(NoticeState.DEAD), "nextAt": None, "diedAt": at}
        changed["escalateAt"] = at if escalates else None
    yield _CHANGE, {"id": done.notice, "changed": changed}
    return again_at is None


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


def _ended(done: Attempted, at: datetime) -> Steps[None]:
    told = {"attempt": done.id, "at": at, "outcome": str(done.outcome), "code": done.code}
    yield _ENDED, told


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
