"""Saying that a notice arrived: by whom it was meant for, once, in their name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from graph.vocabulary.notices import (
    ESCALATES_TO,
    NoticeKind,
    NoticeRefusal,
    NoticeState,
    acknowledged_by,
)
from graph.vocabulary.viewers import ViewerRole
from graph.writes.moments import to_the_millisecond
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

_LONGEST_KEY = 2_000

_TAKE: Final = """CYPHER 25
MATCH (notice:Notice {reference: $reference})
SET notice.taken = $key
RETURN properties(notice) AS notice"""

_BY_KEY: Final = """CYPHER 25
MATCH (notice:Notice {acknowledgeKey: $key})
RETURN notice.reference AS reference"""

_CHANGE: Final = """CYPHER 25
MATCH (notice:Notice {reference: $reference})
SET notice += $changed, notice.version = notice.version + 1"""


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """Acknowledging the notice of this reference; `key` is the client's, as in `Saying`.

    `role` None is whoever holds the database's keys. `seen` is the question whether they may know
    of it at all, which is asked first (`api.reaching`).
    """

    reference: str
    actor: str
    role: ViewerRole | None
    key: str
    at: datetime
    seen: Step | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The reference of what was acknowledged."""

    reference: str


@dataclass(frozen=True, slots=True)
class NoticeRefused:
    """Nothing was recorded; `message` says what to do about it."""

    reason: NoticeRefusal
    message: str


# What else is written in the same transaction: the event's own next step.
AndThen = Callable[[Mapping[str, Any], Acknowledging], Steps[None]]

_MESSAGES: Final = {
    NoticeRefusal.UNKNOWN_NOTICE: (
        "There is no such notice: copy its reference from the message that brought it."
    ),
    NoticeRefusal.NOTHING_TO_ACKNOWLEDGE: "This notice asks for no acknowledgement.",
    NoticeRefusal.ALREADY_ACKNOWLEDGED: "Somebody acknowledged this notice before: nothing is due.",
    NoticeRefusal.KEY_REUSED: "This key was used for something else: make a new one for each.",
    NoticeRefusal.NO_KEY: "Give a key of your own, new for each: sent twice, it counts once.",
}


def refused(reason: NoticeRefusal) -> NoticeRefused:
    """A refusal with its sentence."""
    return NoticeRefused(reason, _MESSAGES[reason])


def acknowledging(asked: Acknowledging, then: AndThen) -> Steps[Acknowledged | NoticeRefused]:
    """The steps that acknowledge a notice, or find that this key did.

    One that has not been sent yet, or was given up, may be acknowledged: they have it all the same,
    and it is not sent any more.
    """
    if not 0 < len(asked.key.strip()) <= _LONGEST_KEY:
        return refused(NoticeRefusal.NO_KEY)
    if asked.seen is not None and not reached((yield asked.seen)):
        return refused(NoticeRefusal.UNKNOWN_NOTICE)
    key = f"{asked.actor}\n{asked.key}"
    found = yield _TAKE, {"reference": asked.reference, "key": key}
    if not found:
        return refused(NoticeRefusal.UNKNOWN_NOTICE)
    notice = found[0]["notice"]
    before = yield _BY_KEY, {"key": key}
    if before:
        again = before[0]["reference"] == asked.reference
        return Acknowledged(asked.reference) if again else refused(NoticeRefusal.KEY_REUSED)
    if wrong := _wrong(notice, asked.role):
        return wrong
    changed = {
        "state": str(NoticeState.ACKNOWLEDGED),
        "acknowledgedAt": to_the_millisecond(asked.at),
        "acknowledgedBy": asked.actor,
        "acknowledgeKey": key,
        "nextAt": None,
        "escalateAt": None,
    }
    yield _CHANGE, {"reference": asked.reference, "changed": changed}
    yield from then(notice, asked)
    return Acknowledged(asked.reference)


def _wrong(notice: Mapping[str, Any], role: ViewerRole | None) -> NoticeRefused | None:
    if NoticeKind(notice["kind"]) not in ESCALATES_TO:
        return refused(NoticeRefusal.NOTHING_TO_ACKNOWLEDGE)
    whose = acknowledged_by(notice["recipient"])
    if role is not None and role not in whose:
        roles = ", ".join(sorted(whose)) or "nobody here"
        sentence = f"This notice is for {notice['recipient']}: leave it to them ({roles})."
        return NoticeRefused(NoticeRefusal.NOT_YOURS, sentence)
    if notice["state"] == NoticeState.ACKNOWLEDGED:
        return refused(NoticeRefusal.ALREADY_ACKNOWLEDGED)
    return None
