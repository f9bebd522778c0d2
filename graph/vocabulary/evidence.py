"""What a statement rests on: who may see it, when it was known, and how records were joined."""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """The band that a candidate pair falls in."""

    LINKED = "LINKED"
    REVIEW = "REVIEW"
    APART = "APART"


class PairReason(StrEnum):
    """Why two records are not linked, or not by their own weight."""

    BELOW_THE_BAND = "BELOW_THE_BAND"
    IN_THE_BAND = "IN_THE_BAND"
    HELD_APART_BY_NAMES = "HELD_APART_BY_NAMES"
    IN_DOUBT = "IN_DOUBT"
    BRIDGE_REFUSED = "BRIDGE_REFUSED"
    JUDGED_DIFFERENT = "JUDGED_DIFFERENT"
    JUDGED_UNSURE = "JUDGED_UNSURE"
    IN_CONFLICT = "IN_CONFLICT"


class Stake(StrEnum):
    """What makes a pair's review urgent."""

    OPEN_FOLLOW_UP = "OPEN_FOLLOW_UP"
    FAILED_TO_APPEAR = "FAILED_TO_APPEAR"
    CONFLICT = "CONFLICT"
    TWO_SPONSORS = "TWO_SPONSORS"


class IdentityEventKind(StrEnum):
    """How records changed identities."""

    MERGED = "MERGED"
    SPLIT = "SPLIT"
    MOVED = "MOVED"


class Verdict(StrEnum):
    """A person's word on two records.

    UNSURE: the pair is not linked by its own weight, and holds nobody apart.
    """

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    UNSURE = "UNSURE"


class JudgementStatus(StrEnum):
    """What has become of a judgement."""

    PENDING = "PENDING"
    IN_FORCE = "IN_FORCE"
    CONFLICTING = "CONFLICTING"
    SUPERSEDED = "SUPERSEDED"
    RETRACTED = "RETRACTED"


class JudgementRefusal(StrEnum):
    """Why a judgement, or its retraction, was not recorded."""

    UNKNOWN_RECORD = "UNKNOWN_RECORD"
    SAME_RECORD = "SAME_RECORD"
    WRONG_ROLE = "WRONG_ROLE"
    FOLLOWS_ITS_CASE = "FOLLOWS_ITS_CASE"
    NO_REASON = "NO_REASON"
    NO_KEY = "NO_KEY"
    KEY_REUSED = "KEY_REUSED"
    STALE = "STALE"
    UNKNOWN_JUDGEMENT = "UNKNOWN_JUDGEMENT"
    ALREADY_RETRACTED = "ALREADY_RETRACTED"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word that two records are, or are not, about one person in a role.

    `left` and `right` are record keys, `left` the lesser. `judged_at` is ISO text in UTC.
    """

    id: str
    role: str
    left: str
    right: str
    verdict: Verdict
    reason: str
    actor: str
    judged_at: str


class SharingClass(StrEnum):
    """A fact's origin as the sharing agreements see it (REQUIREMENTS.md §8).

    The policy depends on where a fact comes from, not on what it is about.
    """

    COURT = "COURT"
    ENFORCEMENT = "ENFORCEMENT"
    RELEASE = "RELEASE"
    SPONSOR_VETTING = "SPONSOR_VETTING"
    WELFARE = "WELFARE"
    RELIEF = "RELIEF"


# A relation that still holds is open until this run; a number, because a comparison with null
# is neither true nor false and would silently drop the row.
STILL_HOLDS = 9_223_372_036_854_775_807


class CutReason(StrEnum):
    """Why something was left out of a network."""

    PAGE_FULL = "PAGE_FULL"
    HUB = "HUB"


class CostReason(StrEnum):
    """What a step of a path of evidence costs, part by part: see `graph.shapes.trust`."""

    PAPER = "PAPER"
    AGE = "AGE"
    ENDED = "ENDED"
    DOUBT = "DOUBT"
    AGREEMENT = "AGREEMENT"
    CROWD = "CROWD"
