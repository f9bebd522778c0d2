"""ERO's word on why a child has no Notice to Appear: recorded once, and never overwritten.

Words belong to no run and are hers as she was then; whoever she becomes has them too. A later word
stands before the earlier ones, which stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from graph.vocabulary.evidence import STILL_HOLDS, SharingClass
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.nta import (
    SAID_BY_ERO,
    WHO_SAYS,
    WhyRefusal,
    WithoutNoticeReason,
)
from graph.vocabulary.viewers import AGENCY_OF_ROLE, ViewerRole
from graph.writes.moments import to_the_millisecond
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

_LONGEST = 2_000  # letters of a note or a key: more is somebody's mistake

# Whatever the asker may read: a notice of hers is no news to ERO.
_HAS_ONE: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (child:Child {id: $child})
RETURN EXISTS {
  MATCH (child)-[fact:NTA_STATED_IN]->()
  WHERE fact.runFrom <= run AND run < fact.runUntil AND fact.servedOn IS NOT NULL
} OR EXISTS {
  MATCH (child)-[has:HAS_HEARING]->() WHERE has.runFrom <= run AND run < has.runUntil
} AS hasOne"""

_BY_KEY: Final = """CYPHER 25
MATCH (word:NoticeWord {key: $key})-[:WHY_NO_NOTICE]->(child:Child)
RETURN properties(word) AS word, child.id AS child"""

_RECORD: Final = """CYPHER 25
MATCH (child:Child {id: $child})
MERGE (word:NoticeWord {key: $word.key})
ON CREATE SET word = $word
MERGE (word)-[why:WHY_NO_NOTICE]->(child)
ON CREATE SET why.runFrom = 0, why.runUntil = $open"""


@dataclass(frozen=True, slots=True)
class SayingWhy:
    """What somebody of ERO's says; `seen` asks whether they may know of her, and is asked first."""

    reason: WithoutNoticeReason
    actor: str
    role: ViewerRole | None
    key: str
    at: datetime
    seen: Step
    note: str | None = None


@dataclass(frozen=True, slots=True)
class WhySaid:
    """The child of whom it was said, by the id that she bears now."""

    child: str


@dataclass(frozen=True, slots=True)
class WhyRefused:
    """Nothing was recorded; `message` says what to do about it."""

    reason: WhyRefusal
    message: str


def saying_why(asked: SayingWhy) -> Steps[WhySaid | WhyRefused]:
    """The steps that record it, or find what was recorded under its key before."""
    if unfit := _unfit(asked):
        return _refused(unfit)
    child = reached((yield asked.seen))
    if child is None:
        return _refused(WhyRefusal.UNKNOWN_CHILD)
    word = _word(asked)
    before = yield _BY_KEY, {"key": word["key"]}
    if before:
        return _the_same(before[0], word, child)
    ((has_one,),) = [row.values() for row in (yield _HAS_ONE, {"child": child})]
    if has_one:
        return _refused(WhyRefusal.HAS_NOTICE)
    yield _RECORD, {"child": child, "word": word, "open": STILL_HOLDS}
    return WhySaid(child)


def _word(asked: SayingWhy) -> dict[str, Any]:
    key = f"{asked.actor}\n{asked.key}"
    return {
        "id": public_id("noticeword", key),
        "key": key,
        "reason": str(asked.reason),
        "note": (asked.note or "").strip() or None,
        "actor": asked.actor,
        "role": str(asked.role) if asked.role else None,
        "agency": str(AGENCY_OF_ROLE[asked.role]) if asked.role else None,
        "sharingClass": str(SharingClass.ENFORCEMENT),
        "at": to_the_millisecond(asked.at),
    }


def _the_same(
    before: Mapping[str, Any], word: Mapping[str, Any], child: str
) -> WhySaid | WhyRefused:
    told = ("reason", "note")
    again = all(before["word"].get(name) == word[name] for name in told)
    return WhySaid(child) if again else _refused(WhyRefusal.KEY_REUSED)


def _unfit(asked: SayingWhy) -> WhyRefusal | None:
    if asked.role is not None and asked.role not in WHO_SAYS:
        return WhyRefusal.NOT_YOURS_TO_SAY
    if asked.reason not in SAID_BY_ERO:
        return WhyRefusal.READ_FROM_RECORDS
    if len(asked.note or "") > _LONGEST:
        return WhyRefusal.NOTE_TOO_LONG
    return None if 0 < len(asked.key.strip()) <= _LONGEST else WhyRefusal.NO_KEY


_MESSAGES: Final = {
    WhyRefusal.NOT_YOURS_TO_SAY: (
        "ERO issues the notice, and an ERO officer or juvenile coordinator says why there is none."
    ),
    WhyRefusal.UNKNOWN_CHILD: "There is no such child: look for her id first.",
    WhyRefusal.READ_FROM_RECORDS: (
        "That is read from her records: say AWAITING_TRAVEL_OR_VENUE, SEEKING_COUNSEL or"
        " RESOURCE_CONSTRAINT."
    ),
    WhyRefusal.HAS_NOTICE: (
        "She was served a notice, or has a hearing: ask for `noticeToAppear` instead."
    ),
    WhyRefusal.NOTE_TOO_LONG: "Say it in up to 2,000 letters.",
    WhyRefusal.NO_KEY: "Give a key of your own, new for each: sent twice, it is recorded once.",
    WhyRefusal.KEY_REUSED: "This key was used for something else: make a new one for each.",
}


def _refused(reason: WhyRefusal) -> WhyRefused:
    return WhyRefused(reason, _MESSAGES[reason])
