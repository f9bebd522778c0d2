"""Notices to Appear: what papers say of one, and why a child has none."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.evidence import Record
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.nta import (
    NoticeStage,
    ReasonBasis,
    ServiceFit,
    ServiceMethod,
    WhyRefusal,
    WithoutNoticeReason,
)

if TYPE_CHECKING:
    from api.types.people import Child

described(
    NoticeStage,
    "How far a Notice to Appear came: each stage is a fact of its own.",
    {
        "NOT_ISSUED": "No paper gives a day on which one was issued.",
        "ISSUED": "It was issued.",
        "SERVED": "It was served.",
        "FILED_WITH_DOJ": "It was filed with the immigration court, which begins the case.",
        "HEARING_SCHEDULED": "A hearing was set.",
    },
)
described(
    ServiceMethod,
    "How a Notice to Appear was served.",
    {
        "PERSONAL": "On her in person.",
        "MAIL": "By mail.",
        "FACILITY_PERSON_IN_CHARGE": "On the person in charge of the ORR facility.",
    },
)
described(
    ServiceFit,
    "Whether a notice was served as the child's age on that day asks for.",
    {
        "UNDER_14_AS_RULED": "Under 14, and the person in charge of the facility was served.",
        "UNDER_14_OTHERWISE": "Under 14, and it was served otherwise.",
        "UNDER_14_METHOD_UNKNOWN": "Under 14, and no paper says how it was served.",
        "FROM_14_NO_RULE": "14 or older: the documents name no rule.",
        "AGE_UNKNOWN": "Her birth date is not known.",
    },
)
described(
    WithoutNoticeReason,
    "Why a child was served no Notice to Appear and has no hearing.",
    {
        "IN_ORR_CUSTODY": "She is in ORR's care: notices are filed after the release.",
        "RELIEF_PENDING_USCIS": "A petition or an asylum application of hers is with USCIS.",
        "AWAITING_TRAVEL_OR_VENUE": "ERO waits until she has travelled, to spare a motion.",
        "SEEKING_COUNSEL": "ERO leaves her time to seek a lawyer or relief.",
        "RESOURCE_CONSTRAINT": "ERO had nobody to issue it.",
        "UNKNOWN": "No paper and nobody tells.",
    },
)
described(
    ReasonBasis,
    "What a reason rests on.",
    {
        "RECORDS": "Her records.",
        "SAID_BY_ERO": "Somebody of ERO's said so.",
        "NOTHING": "Nothing: nobody tells.",
    },
)
described(
    WhyRefusal,
    "Why ERO's word was not recorded.",
    {
        "NOT_YOURS_TO_SAY": "The role is none of ERO's.",
        "UNKNOWN_CHILD": "There is no such child.",
        "READ_FROM_RECORDS": "The reason is read from records, and said by nobody.",
        "HAS_NOTICE": "She was served a notice, or has a hearing.",
        "NOTE_TOO_LONG": "The note has more than 2,000 letters.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
        "KEY_REUSED": "The key was used for something else.",
    },
)


@strawberry.type(description="What one paper says of a Notice to Appear; it may not know all days.")
class NoticeStatement:
    id: strawberry.ID = from_graph("The fact's id.")
    issued_by: str | None = from_graph("Who issued it: ICE or USCIS.")
    issued_on: date | None = from_graph("The day of its issue.")
    served_on: date | None = from_graph("The day of its service.")
    service_method: ServiceMethod | None = from_graph("How it was served.")
    filed_on: date | None = from_graph("The day of its filing with the court.")
    source: Source = from_graph("The system that says so.")
    agency: Agency = from_graph("The agency that says so.")
    known_from: date | None = from_graph("The day on which it was known here.")
    record: Record | None = from_graph("The record that says so.")


@strawberry.type(description="Whether a notice was served as the child's age asks for.")
class NoticeService:
    fit: ServiceFit = from_graph("Whether it was.")
    rule: str = from_graph("The rule and where it stands.")


@strawberry.type(
    description="A child's Notice to Appear. Issued, served, filed and scheduled are four facts;"
    " where papers differ the earliest day counts, and every statement is there."
)
class NoticeToAppear:
    stage: NoticeStage = from_graph("The furthest that any paper tells.")
    issued_by: str | None = from_graph("Who issued it: ICE or USCIS.")
    issued_on: date | None = from_graph("The day of its issue.")
    served_on: date | None = from_graph("The day of its service.")
    service_method: ServiceMethod | None = from_graph("How it was served on that day.")
    filed_on: date | None = from_graph("The day of its filing with the court.")
    scheduled_for: date | None = from_graph("The day of her first hearing.")
    differing: bool = from_graph("Whether papers give different days for one of these.")
    service: NoticeService | None = from_graph("Whether it was served as her age asks for.")
    statements: list[NoticeStatement] = from_graph("What each paper says, by source.")


@strawberry.type(description="One reason for having no notice, and what it rests on.")
class WithoutNoticeGround:
    reason: WithoutNoticeReason = from_graph("The reason.")
    basis: ReasonBasis = from_graph("What it rests on.")
    records: list[strawberry.ID] = from_graph("The records that it is read from.")
    said_by: str | None = from_graph("Who said so.")
    said_at: datetime | None = from_graph("When they said so.")
    note: str | None = from_graph("In their words.")


@strawberry.type(
    description="Why a child was served no Notice to Appear and has no hearing. What records tell"
    " goes before what people say."
)
class WithoutNotice:
    reason: WithoutNoticeReason = from_graph("The first of the grounds.")
    grounds: list[WithoutNoticeGround] = from_graph("Every reason that is known.")


@strawberry.input(description="ERO's word on why a child has no Notice to Appear.")
class RecordWithoutNoticeInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    reason: WithoutNoticeReason = strawberry.field(
        description="One that no record tells: of travel or venue, of counsel, or of resources."
    )
    key: str = strawberry.field(
        description="A key of your own, new for each: sent twice, it is recorded once."
    )
    note: str | None = strawberry.field(default=None, description="More of it, in your words.")


@strawberry.type(description="It is recorded; the earlier words stay.")
class WithoutNoticeRecorded:
    child: Annotated["Child", strawberry.lazy("api.types.people")] = from_graph("The child.")


@strawberry.type(description="Nothing was recorded.")
class WithoutNoticeRefused:
    reason: WhyRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")


RecordWithoutNoticeResult = Annotated[
    WithoutNoticeRecorded | WithoutNoticeRefused,
    strawberry.union("RecordWithoutNoticeResult", description="What came of recording it."),
]
