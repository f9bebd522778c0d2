"""Who saw or spoke to a child after her release, what worries somebody, and whose it is to act.

S1 names three efforts: case management services, safety and well-being calls 30 days after release,
and helplines; concerns go to the local agencies that have jurisdiction. Which concern goes to whom,
and which role records what, no document says: these tables are a design choice.
"""

from enum import StrEnum

from graph.vocabulary.agencies import Agency
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import ViewerRole

# S1: "safety and well-being calls to each child and their sponsors 30 days after release".
CALL_AFTER_DAYS = 30


class TouchpointKind(StrEnum):
    """An occasion on which somebody saw or spoke to her, or tried to (REQUIREMENTS.md, C7)."""

    RELEASED = "RELEASED"
    APPEARED = "APPEARED"
    NOTICE_SERVED = "NOTICE_SERVED"
    CALL_30_DAY = "CALL_30_DAY"
    POST_RELEASE_SERVICE = "POST_RELEASE_SERVICE"
    WELLNESS_CHECK = "WELLNESS_CHECK"
    HELPLINE = "HELPLINE"


class CallKind(StrEnum):
    """A call that is recorded here."""

    CALL_30_DAY = "CALL_30_DAY"
    HELPLINE = "HELPLINE"


class CallState(StrEnum):
    """Where one leg of a 30-day call stands (REQUIREMENTS.md §7.5); being overdue is derived.

    REACHED beside the two of §7.5: ORR's table often says that, and no more.
    """

    DUE = "DUE"
    ATTEMPTED = "ATTEMPTED"
    REACHED = "REACHED"
    REACHED_SAFE = "REACHED_SAFE"
    REACHED_CONCERN = "REACHED_CONCERN"
    UNREACHED = "UNREACHED"


class CallList(StrEnum):
    """Calls in which nobody was reached yet, by the day on which they are due."""

    DUE = "DUE"
    OVERDUE = "OVERDUE"


class ChildOnlyDuty(StrEnum):
    """What is only for a child, and stops on her 18th birthday (S2:67, S2:69)."""

    CALL_30_DAY = "CALL_30_DAY"
    SILENCE = "SILENCE"


class AddressLead(StrEnum):
    """One step of the way from a child to an address."""

    HER_PAPER = "HER_PAPER"
    RELEASED_TO = "RELEASED_TO"
    SPONSORS_PAPER = "SPONSORS_PAPER"
    SAID = "SAID"


class Leg(StrEnum):
    """With whom: child and sponsor are called each by themselves (REQUIREMENTS.md §7.5)."""

    CHILD = "CHILD"
    SPONSOR = "SPONSOR"


class TouchOutcome(StrEnum):
    """What came of it: the words of ORR's own table (FORMATS.md, orr_contact)."""

    REACHED = "REACHED"
    NO_ANSWER = "NO_ANSWER"
    WRONG_NUMBER = "WRONG_NUMBER"
    REFUSED = "REFUSED"
    SAFE = "SAFE"
    CONCERN = "CONCERN"
    UNABLE_TO_LOCATE = "UNABLE_TO_LOCATE"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


# Somebody was spoken to. REFUSED is no contact: whoever hung up told nothing of her.
REACHED_BY = (TouchOutcome.REACHED, TouchOutcome.SAFE, TouchOutcome.CONCERN)
# A service that is given, or was, and a helpline that was called are contact whatever came of it.
ALSO_REACHED_BY = (TouchOutcome.OPEN, TouchOutcome.CLOSED)
REACHED_WHATEVER = (TouchpointKind.POST_RELEASE_SERVICE, TouchpointKind.HELPLINE)

CALL_OUTCOMES = frozenset(TouchOutcome) - {TouchOutcome.OPEN, TouchOutcome.CLOSED}
HELPLINE_OUTCOMES = frozenset({TouchOutcome.OPEN, TouchOutcome.CLOSED, TouchOutcome.CONCERN})
SERVICE_OUTCOMES = frozenset(
    {TouchOutcome.OPEN, TouchOutcome.CLOSED, TouchOutcome.REACHED, TouchOutcome.REFUSED}
)
CHECK_OUTCOMES = frozenset({TouchOutcome.SAFE, TouchOutcome.CONCERN, TouchOutcome.UNABLE_TO_LOCATE})


class CheckState(StrEnum):
    """Where a wellness check stands: requested, or what came of it (REQUIREMENTS.md §7.4, B)."""

    REQUESTED = "REQUESTED"
    SAFE = "SAFE"
    CONCERN = "CONCERN"
    UNABLE_TO_LOCATE = "UNABLE_TO_LOCATE"


class ConcernKind(StrEnum):
    """What somebody is worried about: an allegation with a source, and no finding."""

    UNSAFE_CONDITIONS = "UNSAFE_CONDITIONS"
    ABUSE_OR_NEGLECT = "ABUSE_OR_NEGLECT"
    EXPLOITATION = "EXPLOITATION"
    WHEREABOUTS = "WHEREABOUTS"
    OTHER = "OTHER"


class ConcernAgency(StrEnum):
    """Who is competent to act on a concern (REQUIREMENTS.md §7.6)."""

    ORR = "ORR"
    CPS = "CPS"
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT"


class ConcernState(StrEnum):
    """Where a concern stands; it is raised and routed in one moment."""

    RAISED = "RAISED"
    ROUTED = "ROUTED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    OUTCOME = "OUTCOME"


class TriageReason(StrEnum):
    """Why somebody at ORR has to look at a child; none weighs more than another."""

    FAILED_TO_APPEAR = "FAILED_TO_APPEAR"
    CONCERN = "CONCERN"
    WELLNESS_CHECK = "WELLNESS_CHECK"
    CALL_OVERDUE = "CALL_OVERDUE"
    CALL_CONCERN = "CALL_CONCERN"
    UNREACHED = "UNREACHED"


class Reporter(StrEnum):
    """Who said where a child lives now (REQUIREMENTS.md §8: the noncitizen's own duty, S2:108)."""

    CHILD = "CHILD"
    SPONSOR = "SPONSOR"
    REPRESENTATIVE = "REPRESENTATIVE"


class VerifiedBy(StrEnum):
    """How an address was looked into."""

    CALL = "CALL"
    VISIT = "VISIT"
    DOCUMENT = "DOCUMENT"


class VerificationOutcome(StrEnum):
    """Whether she lives there."""

    CONFIRMED = "CONFIRMED"
    NOT_THERE = "NOT_THERE"
    UNDECIDED = "UNDECIDED"


class WelfareRefusal(StrEnum):
    """Why nothing was recorded."""

    NOT_YOUR_STEP = "NOT_YOUR_STEP"
    NOT_LEGAL_NOW = "NOT_LEGAL_NOW"
    UNKNOWN_CHILD = "UNKNOWN_CHILD"
    UNKNOWN_ADDRESS = "UNKNOWN_ADDRESS"
    UNKNOWN_CHECK = "UNKNOWN_CHECK"
    UNKNOWN_CONCERN = "UNKNOWN_CONCERN"
    UNKNOWN_FOLLOW_UP = "UNKNOWN_FOLLOW_UP"
    NO_SUCH_OUTCOME = "NO_SUCH_OUTCOME"
    NO_SUCH_DAY = "NO_SUCH_DAY"
    NO_WORDS = "NO_WORDS"
    NO_KEY = "NO_KEY"
    KEY_REUSED = "KEY_REUSED"
    STALE = "STALE"


_ORR = frozenset({ViewerRole.ORR_TRIAGE, ViewerRole.ORR_CASEWORKER})
_LOCAL = {
    ConcernAgency.CPS: frozenset({ViewerRole.CHILD_PROTECTIVE_SERVICES}),
    ConcernAgency.LAW_ENFORCEMENT: frozenset({ViewerRole.LAW_ENFORCEMENT}),
}
# ICE "has no authority over UCs beyond managing their immigration cases" (S2:150): it raises
# concerns, and neither calls nor checks.
RECORDS_CONTACTS = _ORR | {ViewerRole.CARE_PROVIDER}
REQUESTS_CHECKS = _ORR
ROUTES = _ORR
OF_AGENCY = {ConcernAgency.ORR: _ORR, **_LOCAL}

# Design choice: ORR, which is responsible for her care (S2:69), is told of each.
ROUTED_TO: dict[ConcernKind, tuple[ConcernAgency, ...]] = {
    ConcernKind.UNSAFE_CONDITIONS: (ConcernAgency.ORR, ConcernAgency.CPS),
    ConcernKind.ABUSE_OR_NEGLECT: tuple(ConcernAgency),
    ConcernKind.EXPLOITATION: tuple(ConcernAgency),
    ConcernKind.WHEREABOUTS: (ConcernAgency.ORR,),
    ConcernKind.OTHER: (ConcernAgency.ORR,),
}
ROUTING_RULE = 'S1: "report such concerns to local law enforcement and child protective service"'

_ICE = {Agency.ICE_ERO, Agency.ICE_OPLA}


def class_of_word(agency: Agency | None) -> SharingClass:
    """The class of what somebody of an agency records here: ICE's own word, or one on welfare."""
    return SharingClass.ENFORCEMENT if agency in _ICE else SharingClass.WELFARE
