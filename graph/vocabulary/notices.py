"""Notices: who is told that there is something to look up, and where the telling stands.

A notice says nothing of anybody. It goes to a mailbox that is "public-facing" (S2:178), so all
that it holds is a reference, which whoever may see the child looks up when signed in.

Recipients are names, which the worker's address book turns into mailboxes: `fojc/HOUSTON`,
`opla/HOU`, `orr/inbox`, `cps/TX`, `law/TX/HARRIS`, `ero-hq`. What stands before the first slash
says whose notice it is.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import ViewerRole


class NoticeKind(StrEnum):
    """What a notice tells of."""

    FOJC_INFORM = "FOJC_INFORM"
    # No office is known whose coordinator OPLA is to inform: OPLA is told so, whose step it is.
    OFFICE_UNKNOWN = "OFFICE_UNKNOWN"
    ORR_NOTICE = "ORR_NOTICE"
    CONCERN_REFERRAL = "CONCERN_REFERRAL"
    # That another notice was not acknowledged, or could not be delivered. None is owed of it.
    ESCALATION = "ESCALATION"


class NoticeState(StrEnum):
    """Where a notice stands.

    WAITING is to be sent at `nextAt`. SENDING is some worker's until `nextAt`, and anybody's again
    from then on: that worker died. SENT was taken by the recipient's server, and is escalated at
    `escalateAt` where an acknowledgement is hoped for. DEAD was given up: it stays, is told to
    whom it escalates, and is sent again when somebody says so.
    """

    WAITING = "WAITING"
    SENDING = "SENDING"
    SENT = "SENT"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    DEAD = "DEAD"


class AttemptOutcome(StrEnum):
    """What came of sending a notice once; an attempt without any was cut short."""

    TAKEN = "TAKEN"  # the recipient's server said that it has it
    NOT_NOW = "NOT_NOW"  # it cannot be reached, or says to come back
    REFUSED = "REFUSED"  # it will not have it, however often it is asked
    NO_ADDRESS = "NO_ADDRESS"  # the address book does not know the recipient
    NOT_TRIED = "NOT_TRIED"  # the worker was told to leave, or its time for the batch was over


class NoticeRefusal(StrEnum):
    """Why an acknowledgement was not recorded."""

    UNKNOWN_NOTICE = "UNKNOWN_NOTICE"
    NOT_YOURS = "NOT_YOURS"
    NOTHING_TO_ACKNOWLEDGE = "NOTHING_TO_ACKNOWLEDGE"
    ALREADY_ACKNOWLEDGED = "ALREADY_ACKNOWLEDGED"
    KEY_REUSED = "KEY_REUSED"
    NO_KEY = "NO_KEY"


# Whom a kind is told to when nobody acknowledged it. That an acknowledgement is hoped for is this
# software's own: the documents do not say that ORR must acknowledge.
ESCALATES_TO: Final[dict[NoticeKind, str]] = {
    NoticeKind.FOJC_INFORM: "ero-hq",
    NoticeKind.OFFICE_UNKNOWN: "ero-hq",
    NoticeKind.ORR_NOTICE: "orr/hq",
    NoticeKind.CONCERN_REFERRAL: "orr/inbox",
}
# How long after it was sent: a local target, not law. No number of days is in the documents.
LOCAL_TARGET: Final[dict[NoticeKind, timedelta]] = {
    NoticeKind.FOJC_INFORM: timedelta(days=3),
    NoticeKind.OFFICE_UNKNOWN: timedelta(days=3),
    NoticeKind.ORR_NOTICE: timedelta(days=2),
    NoticeKind.CONCERN_REFERRAL: timedelta(days=1),
}

# Who says that a notice arrived, by what its recipient's name begins with.
ACKNOWLEDGED_BY: Final[dict[str, frozenset[ViewerRole]]] = {
    "fojc": frozenset({ViewerRole.ERO_FOJC, ViewerRole.ERO_OFFICER}),
    "opla": frozenset({ViewerRole.OPLA_JUV_POC, ViewerRole.OPLA_ATTORNEY}),
    "orr": frozenset({ViewerRole.ORR_TRIAGE, ViewerRole.ORR_CASEWORKER}),
    "cps": frozenset({ViewerRole.CHILD_PROTECTIVE_SERVICES}),
    "law": frozenset({ViewerRole.LAW_ENFORCEMENT}),
}

# What a notice of a kind gives away by being there: that she failed to appear, which is on ICE's
# own papers; or that somebody is worried about her, which ICE may say and not read back.
CLASS_OF: Final[dict[NoticeKind, SharingClass]] = {
    NoticeKind.FOJC_INFORM: SharingClass.ENFORCEMENT,
    NoticeKind.OFFICE_UNKNOWN: SharingClass.ENFORCEMENT,
    NoticeKind.ORR_NOTICE: SharingClass.ENFORCEMENT,
    NoticeKind.CONCERN_REFERRAL: SharingClass.WELFARE,
    # Of a follow-up that came to no address. One of another notice has that notice's.
    NoticeKind.ESCALATION: SharingClass.ENFORCEMENT,
}


def acknowledged_by(recipient: str) -> frozenset[ViewerRole]:
    """The roles that may acknowledge what is sent to a recipient; none for headquarters."""
    return ACKNOWLEDGED_BY.get(recipient.partition("/")[0], frozenset())
