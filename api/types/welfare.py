"""Who saw or spoke to a child: what is recorded, and what is told of it."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from api.types.declared import as_of, described, from_graph
from api.types.evidence import Record
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.welfare import (
    CallKind,
    CheckState,
    Leg,
    TouchOutcome,
    TouchpointKind,
    WelfareRefusal,
)

described(
    TouchpointKind,
    "An occasion on which somebody saw or spoke to a child, or tried to.",
    {
        "RELEASED": "She was released to a sponsor.",
        "APPEARED": "A source says that she appeared in court.",
        "NOTICE_SERVED": "A Notice to Appear was served on her in person.",
        "CALL_30_DAY": "The safety and well-being call 30 days after a release.",
        "POST_RELEASE_SERVICE": "Case management after her release.",
        "WELLNESS_CHECK": "Somebody went to see how she is.",
        "HELPLINE": "She or her sponsor called the helpline.",
    },
)
described(
    CallKind,
    "A call that is recorded here.",
    {
        "CALL_30_DAY": "The safety and well-being call 30 days after a release.",
        "HELPLINE": "She or her sponsor called the helpline.",
    },
)
described(
    Leg,
    "With whom: each is called by themselves.",
    {"CHILD": "With the child.", "SPONSOR": "With her sponsor."},
)
described(
    TouchOutcome,
    "What came of it, in the words of ORR's own table.",
    {
        "REACHED": "Somebody was spoken to; nothing more is said.",
        "NO_ANSWER": "Nobody answered.",
        "WRONG_NUMBER": "The number was another's.",
        "REFUSED": "Whoever answered did not want to speak.",
        "SAFE": "She is said to be safe.",
        "CONCERN": "There is a concern.",
        "UNABLE_TO_LOCATE": "Nobody could be found, and no more is tried.",
        "OPEN": "A service or a matter was opened.",
        "CLOSED": "A service or a matter was closed.",
    },
)
described(
    WelfareRefusal,
    "Why nothing was recorded.",
    {
        "NOT_YOUR_STEP": "It is another role's to do.",
        "NOT_LEGAL_NOW": "It does not lead on from where this stands.",
        "UNKNOWN_CHILD": "There is no such child.",
        "UNKNOWN_ADDRESS": "There is no such address, or no street line.",
        "UNKNOWN_CHECK": "There is no such wellness check.",
        "UNKNOWN_CONCERN": "There is no such concern.",
        "UNKNOWN_FOLLOW_UP": "There is no such follow-up of hers.",
        "NO_SUCH_OUTCOME": "This does not come of such a thing.",
        "NO_SUCH_DAY": "The day is after today, or more than 100 years ago.",
        "NO_WORDS": "What there is to say was not said, or in more than 2,000 letters.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
        "KEY_REUSED": "The key was used for something else.",
        "STALE": "Somebody changed it meanwhile.",
    },
)

described(
    CheckState,
    "Where a wellness check stands.",
    {
        "REQUESTED": "It is wanted, and nothing is known of it yet.",
        "SAFE": "She is said to be safe.",
        "CONCERN": "There is a concern.",
        "UNABLE_TO_LOCATE": "Nobody could be found.",
    },
)

KEY = "A key of your own, new for each: sent twice, it counts once, and is answered alike."
NOTE = "What is to be remembered of it, in up to 2,000 letters."
ON = "The day on which it was."


@strawberry.type(description="One occasion on which somebody saw or spoke to her, or tried to.")
class Touchpoint:
    id: strawberry.ID = from_graph("Its own id.")
    kind: TouchpointKind = from_graph("What it was.")
    leg: Leg | None = from_graph("With whom; null where the source does not say.")
    on: date = from_graph("The day.")
    outcome: TouchOutcome | None = from_graph("What came of it, where the source says so.")
    reached: bool = from_graph(
        "Whether somebody was seen, spoken to or served. A helpline's call and a service count"
        " (S1 names them as contact); who refused to speak was not reached."
    )
    agency: Agency | None = from_graph("The agency that says so.")
    source: Source | None = from_graph(
        "The system that says so; null where somebody recorded it here alone, and in no system."
    )
    record: Record | None = from_graph("The record that says so.")
    recorded_at: datetime | None = from_graph("When somebody recorded it here.")
    recorded_by: str | None = from_graph("Who did.")
    note: str | None = from_graph("What they noted, or how they know.")
    days_since: int = from_graph("How long ago that was on that day.", as_of())


@strawberry.type(description="That somebody is to see how she is, and what came of it.")
class WellnessCheck:
    id: strawberry.ID = from_graph("Its own id.")
    state: CheckState = from_graph("Where it stands.")
    reason: str = from_graph("Why it is wanted.")
    follow_up_id: strawberry.ID | None = from_graph("The follow-up whose step it is, if any.")
    requested_at: datetime = from_graph("When it was asked for.")
    requested_by: str = from_graph("Who asked.")
    ended_at: datetime | None = from_graph("When its outcome was recorded.")
    outcome: Touchpoint | None = from_graph("What came of it.")


@strawberry.input(description="Asking for a wellness check.")
class RequestWellnessCheckInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    reason: str = strawberry.field(description="Why, in up to 2,000 letters.")
    key: str = strawberry.field(description=KEY)
    follow_up_id: strawberry.ID | None = strawberry.field(
        default=None, description="The follow-up whose next step this is."
    )


@strawberry.input(description="What came of a wellness check.")
class RecordWellnessOutcomeInput:
    id: strawberry.ID = strawberry.field(description="The check.")
    outcome: TouchOutcome = strawberry.field(description="SAFE, CONCERN or UNABLE_TO_LOCATE.")
    on: date = strawberry.field(description=ON)
    key: str = strawberry.field(description=KEY)
    note: str | None = strawberry.field(default=None, description=NOTE)


@strawberry.type(description="It is asked for, and its follow-up's step is taken.")
class WellnessCheckRequested:
    check: WellnessCheck = from_graph("What was asked for.")


@strawberry.type(description="Its outcome is recorded, and its follow-up's step is taken.")
class WellnessOutcomeRecorded:
    check: WellnessCheck = from_graph("As it stands now.")


@strawberry.input(description="A call, or a try at one.")
class RecordCallInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    kind: CallKind = strawberry.field(description="Which call.")
    leg: Leg = strawberry.field(description="With whom: child and sponsor are two calls.")
    on: date = strawberry.field(description=ON)
    outcome: TouchOutcome = strawberry.field(
        description="What came of it: of the helpline OPEN, CLOSED or CONCERN; of another call any"
        " of the rest."
    )
    key: str = strawberry.field(description=KEY)
    note: str | None = strawberry.field(default=None, description=NOTE)


@strawberry.input(description="Case management after a release: offered, given, or ended.")
class RecordServiceInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    on: date = strawberry.field(description=ON)
    outcome: TouchOutcome = strawberry.field(description="OPEN, CLOSED, REACHED or REFUSED.")
    key: str = strawberry.field(description=KEY)
    leg: Leg | None = strawberry.field(default=None, description="With whom, where it was one.")
    note: str | None = strawberry.field(default=None, description=NOTE)


@strawberry.type(description="The call is recorded.")
class CallRecorded:
    touchpoint: Touchpoint = from_graph("What was recorded.")


@strawberry.type(description="The service is recorded.")
class ServiceRecorded:
    touchpoint: Touchpoint = from_graph("What was recorded.")


@strawberry.type(description="Nothing was recorded.")
class WelfareRefused:
    reason: WelfareRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")


RecordCallResult = Annotated[
    CallRecorded | WelfareRefused,
    strawberry.union("RecordCallResult", description="What came of recording a call."),
]
RecordServiceResult = Annotated[
    ServiceRecorded | WelfareRefused,
    strawberry.union("RecordServiceResult", description="What came of recording a service."),
]
RequestWellnessCheckResult = Annotated[
    WellnessCheckRequested | WelfareRefused,
    strawberry.union("RequestWellnessCheckResult", description="What came of asking for a check."),
]
RecordWellnessOutcomeResult = Annotated[
    WellnessOutcomeRecorded | WelfareRefused,
    strawberry.union(
        "RecordWellnessOutcomeResult", description="What came of recording a check's outcome."
    ),
]
