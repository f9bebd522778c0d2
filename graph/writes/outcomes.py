"""What is asked of a judgement, and what comes of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from graph.vocabulary.evidence import JudgementRefusal, Verdict


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says of two records, named by key or by version.

    `key` is the client's: sent twice, it is recorded once. `expected` is the judgement that they
    saw standing on the pair, None for none. Records of `withheld_tables` are not there for them.
    """

    left: str
    right: str
    role: str
    verdict: Verdict
    reason: str
    actor: str
    key: str
    expected: str | None = None
    withheld_tables: Collection[str] = ()
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Retracting:
    """Taking back the judgement `id`; `key` is the client's, as in `Saying`."""

    id: str
    reason: str
    actor: str
    key: str
    withheld_tables: Collection[str] = ()
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Recorded:
    """The judgement's id, the one it supersedes, and the others that it contradicts."""

    id: str
    supersedes: str | None
    contradictions: list[str]


@dataclass(frozen=True, slots=True)
class Retracted:
    id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was recorded; `message` says what to do about it."""

    reason: JudgementRefusal
    message: str


_MESSAGES: Final = {
    JudgementRefusal.UNKNOWN_RECORD: (
        "There is no such record: take its id from the review queue or from `records`."
    ),
    JudgementRefusal.SAME_RECORD: "Both are one record: name two.",
    JudgementRefusal.WRONG_ROLE: "One of the records is about nobody in this role: check the role.",
    JudgementRefusal.FOLLOWS_ITS_CASE: (
        "A row of a court case follows its case: judge the case's own record, in eoir_case."
    ),
    JudgementRefusal.NO_REASON: (
        "Say why, in up to 2,000 letters: it is kept for whoever reads this later."
    ),
    JudgementRefusal.NO_KEY: (
        "Give a key of your own, new for each judgement: sent twice, it is recorded once."
    ),
    JudgementRefusal.KEY_REUSED: (
        "This key was used for something else: make a new one for each judgement."
    ),
    JudgementRefusal.STALE: (
        "This pair has been judged since: look again, and name that judgement as `expected`."
    ),
    JudgementRefusal.UNKNOWN_JUDGEMENT: "There is no such judgement: take an id from `judgements`.",
    JudgementRefusal.ALREADY_RETRACTED: "This judgement was retracted before.",
}


def refused(reason: JudgementRefusal) -> Refused:
    """A refusal with its sentence."""
    return Refused(reason, _MESSAGES[reason])
