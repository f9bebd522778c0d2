"""Notices: what is asked, what is sent, and what is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.types.concerns import Concern
from api.types.declared import described, from_graph
from api.types.following import FollowUp
from graph.vocabulary.notices import AttemptOutcome, NoticeKind, NoticeRefusal, NoticeState

described(
    NoticeKind,
    "What a notice tells of.",
    {
        "FOJC_INFORM": "OPLA informs the Field Office Juvenile Coordinator of a failure to appear.",
        "OFFICE_UNKNOWN": (
            "OPLA is to inform a Field Office Juvenile Coordinator of a failure to appear, and no"
            " office is known to have the child's file."
        ),
        "ORR_NOTICE": "ERO notifies ORR of a failure to appear.",
        "CONCERN_REFERRAL": "A concern was referred to whoever has jurisdiction.",
        "ESCALATION": (
            "Something stands still: a notice that was not acknowledged or could not be delivered,"
            " or a search that came to no address."
        ),
    },
)
described(
    NoticeState,
    "Where a notice stands.",
    {
        "WAITING": "It is to be sent, at `nextTryAt`.",
        "SENDING": "A worker is sending it.",
        "SENT": "The recipient's server has taken it.",
        "ACKNOWLEDGED": "Somebody it is meant for said that they have it.",
        "DEAD": "It was given up, and those above were told.",
    },
)
described(
    AttemptOutcome,
    "What came of sending a notice once.",
    {
        "TAKEN": "The recipient's server said that it has it.",
        "NOT_NOW": "It could not be reached, or said to come back.",
        "REFUSED": "It will not have it, however often it is asked.",
        "NO_ADDRESS": "Nobody has said where the recipient's mailbox is.",
        "NOT_TRIED": "The worker left before its turn.",
    },
)
described(
    NoticeRefusal,
    "Why an acknowledgement was not recorded.",
    {
        "UNKNOWN_NOTICE": "There is no such notice.",
        "NOT_YOURS": "It is meant for others.",
        "NOTHING_TO_ACKNOWLEDGE": "It asks for no acknowledgement.",
        "ALREADY_ACKNOWLEDGED": "Somebody acknowledged it before.",
        "KEY_REUSED": "The key was used for something else.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
    },
)

_TARGET = "Local target, not law: the documents do not say that anybody must acknowledge."


@strawberry.input(description="Saying that a notice arrived.")
class AcknowledgeNoticeInput:
    reference: str = strawberry.field(description="The reference that the message gave.")
    key: str = strawberry.field(
        description="A key of your own, new for each: sent twice, it counts once."
    )


@strawberry.type(description="One try at sending a notice.")
class NoticeAttempt:
    number: int = from_graph("Which, from 1 on.")
    begun_at: datetime = from_graph("When it was begun.")
    ended_at: datetime | None = from_graph("When it ended; null where it was cut short.")
    outcome: AttemptOutcome | None = from_graph("What came of it; null where nobody knows.")
    code: int | None = from_graph("The three figures that the server answered with.")


@strawberry.type(
    description="That somebody was told that there is something to look up. What they were sent"
    " holds the reference alone, and nothing of anybody."
)
class Notice:
    reference: str = from_graph("What it is looked up by: drawn by lot.")
    kind: NoticeKind = from_graph("What it tells of.")
    recipient: str = from_graph("Whom it is for, as in `orr/inbox` or `fojc/HOUSTON`.")
    state: NoticeState = from_graph("Where it stands.")
    rule: str | None = from_graph("By which rule they are told; null where there is none.")
    raised_at: datetime = from_graph("When it was raised, with the event that it tells of.")
    due: datetime | None = from_graph("Until when they should be told. Local target, not law.")
    sent_at: datetime | None = from_graph("When the recipient's server took it.")
    next_try_at: datetime | None = from_graph("When it is tried next, where it waits.")
    acknowledge_by: datetime | None = from_graph(f"When it is escalated. {_TARGET}")
    acknowledged_at: datetime | None = from_graph("When somebody said that they have it.")
    acknowledged_by: str | None = from_graph("Who.")
    escalated_at: datetime | None = from_graph("When those above were told of it.")
    escalates: str | None = from_graph("The reference of the notice that this one is about.")
    attempts: list[NoticeAttempt] = from_graph("Every try at sending it, in their order.")
    follow_up: FollowUp | None = from_graph("The follow-up that it is about.")
    concern: Concern | None = from_graph(
        "The concern that it is about; null where it is about a follow-up."
    )


@strawberry.type(description="It is recorded that they have it.")
class NoticeAcknowledged:
    notice: Notice = from_graph("The notice, as it stands now.")


@strawberry.type(description="Nothing was recorded.")
class NoticeRefused:
    reason: NoticeRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")


AcknowledgeNoticeResult = Annotated[
    NoticeAcknowledged | NoticeRefused,
    strawberry.union("AcknowledgeNoticeResult", description="What came of acknowledging it."),
]
