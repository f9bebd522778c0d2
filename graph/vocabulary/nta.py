"""Notices to Appear: how far one came, and why a child has none (REQUIREMENTS.md §7.2)."""

from enum import StrEnum
from typing import Final

from graph.vocabulary.viewers import ViewerRole


class NoticeStage(StrEnum):
    """How far it came. Each stage is a fact of its own: one may be known and not the one before."""

    NOT_ISSUED = "NOT_ISSUED"
    ISSUED = "ISSUED"
    SERVED = "SERVED"
    FILED_WITH_DOJ = "FILED_WITH_DOJ"
    HEARING_SCHEDULED = "HEARING_SCHEDULED"


class ServiceMethod(StrEnum):
    """How it was served."""

    PERSONAL = "PERSONAL"
    MAIL = "MAIL"
    FACILITY_PERSON_IN_CHARGE = "FACILITY_PERSON_IN_CHARGE"


class ServiceFit(StrEnum):
    """Whether it was served as her age on that day asks for (S2:154 fn15)."""

    UNDER_14_AS_RULED = "UNDER_14_AS_RULED"
    UNDER_14_OTHERWISE = "UNDER_14_OTHERWISE"
    UNDER_14_METHOD_UNKNOWN = "UNDER_14_METHOD_UNKNOWN"
    FROM_14_NO_RULE = "FROM_14_NO_RULE"
    AGE_UNKNOWN = "AGE_UNKNOWN"


class WithoutNoticeReason(StrEnum):
    """Why a child was served none and has no hearing, in the words of ICE's answer (S2:238-244)."""

    IN_ORR_CUSTODY = "IN_ORR_CUSTODY"
    RELIEF_PENDING_USCIS = "RELIEF_PENDING_USCIS"
    AWAITING_TRAVEL_OR_VENUE = "AWAITING_TRAVEL_OR_VENUE"
    SEEKING_COUNSEL = "SEEKING_COUNSEL"
    RESOURCE_CONSTRAINT = "RESOURCE_CONSTRAINT"
    UNKNOWN = "UNKNOWN"


class ReasonBasis(StrEnum):
    """What a reason rests on."""

    RECORDS = "RECORDS"
    SAID_BY_ERO = "SAID_BY_ERO"
    NOTHING = "NOTHING"


class WhyRefusal(StrEnum):
    """Why nothing was recorded."""

    NOT_YOURS_TO_SAY = "NOT_YOURS_TO_SAY"
    UNKNOWN_CHILD = "UNKNOWN_CHILD"
    READ_FROM_RECORDS = "READ_FROM_RECORDS"
    HAS_NOTICE = "HAS_NOTICE"
    NOTE_TOO_LONG = "NOTE_TOO_LONG"
    NO_KEY = "NO_KEY"
    KEY_REUSED = "KEY_REUSED"


# No record tells these: ERO says them ("Resource constraints also impact ERO's ability", S2:128).
SAID_BY_ERO: Final = frozenset(
    {
        WithoutNoticeReason.AWAITING_TRAVEL_OR_VENUE,
        WithoutNoticeReason.SEEKING_COUNSEL,
        WithoutNoticeReason.RESOURCE_CONSTRAINT,
    }
)
WHO_SAYS: Final = frozenset({ViewerRole.ERO_OFFICER, ViewerRole.ERO_FOJC})

# Younger than this on the day of service, the person in charge of ORR's facility is served
# (S2:154 fn15).
SERVED_HERSELF_FROM: Final = 14
