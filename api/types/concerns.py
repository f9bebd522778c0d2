"""What somebody is worried about: raised by anybody, read and acted on by whoever is competent."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.places import Address
from api.types.viewing import ViewerRole
from api.types.welfare import KEY, WelfareRefused
from graph.vocabulary.welfare import ConcernAgency, ConcernKind, ConcernState, TriageReason

if TYPE_CHECKING:
    from api.types.people import Child

described(
    ConcernKind,
    "What somebody is worried about: an allegation, and no finding.",
    {
        "UNSAFE_CONDITIONS": "She lives in conditions that are not safe (S2:150).",
        "ABUSE_OR_NEGLECT": "Somebody harms or neglects her.",
        "EXPLOITATION": "Signs of trafficking, exploitation or forced labor (S2:63).",
        "WHEREABOUTS": "Nobody can say where she is.",
        "OTHER": "Anything else.",
    },
)
described(
    ConcernAgency,
    "Who is competent to act on it.",
    {
        "ORR": "HHS's Office of Refugee Resettlement.",
        "CPS": "Child protective services of the state of her present address.",
        "LAW_ENFORCEMENT": "Law enforcement where her present address is.",
    },
)
described(
    ConcernState,
    "Where a concern stands.",
    {
        "RAISED": "Somebody said it.",
        "ROUTED": "Those who are competent were sent a notice.",
        "ACKNOWLEDGED": "One of them has it.",
        "OUTCOME": "What came of it is recorded.",
    },
)

described(
    TriageReason,
    "Why somebody at ORR has to look at a child; none weighs more than another.",
    {
        "FAILED_TO_APPEAR": "She failed to appear, and ORR's step is next.",
        "CONCERN": "Somebody is worried, and nothing came of it yet.",
        "WELLNESS_CHECK": "A wellness check is wanted.",
        "CALL_OVERDUE": "A call 30 days after her release is overdue.",
        "CALL_CONCERN": "There was a concern on such a call.",
        "UNREACHED": "On such a call nobody could be found.",
    },
)

_VERSION = "The version that you saw; refused as STALE where it is another now."


@strawberry.type(description="One thing that was done about a concern.")
class ConcernStep:
    id: strawberry.ID = from_graph("Its own id.")
    state: ConcernState = from_graph("Where the concern then stood, or who took note.")
    agencies: list[ConcernAgency] = from_graph("To whom it was routed by this step.")
    text: str | None = from_graph("Why, or what came of it, in their words.")
    rule: str | None = from_graph("The words on which it rests.")
    at: datetime = from_graph("When.")
    by: str = from_graph("Who.")
    role: ViewerRole | None = from_graph("In which role.")


@strawberry.type(description="What somebody is worried about, and what became of it.")
class Concern:
    id: strawberry.ID = from_graph("Its id: the reference that was given to whoever raised it.")
    kind: ConcernKind = from_graph("What it is about.")
    text: str = from_graph("What was said.")
    state: ConcernState = from_graph("Where it stands.")
    version: int = from_graph("How often it was changed, from 1.")
    routed_to: list[ConcernAgency] = from_graph(
        "Who was sent it. Without a known address nobody but ORR has jurisdiction."
    )
    raised_at: datetime = from_graph("When it was raised.")
    raised_by: str = from_graph("Who raised it.")
    raised_as: ViewerRole | None = from_graph("In which role.")
    child: Annotated["Child", strawberry.lazy("api.types.people")] | None = from_graph(
        "Whom it is about."
    )
    address: Address | None = from_graph("The address by which it was routed.")
    steps: list[ConcernStep] = from_graph("All that was done about it, in order.")


@strawberry.type(description="One reason, since when, and what it rests on.")
class TriageWhy:
    kind: TriageReason = from_graph("The reason.")
    since: date = from_graph("Since when.")
    evidence: list[strawberry.ID] = from_graph(
        "What it rests on: ids of concerns, checks, follow-ups, hearings, touchpoints or releases."
    )


@strawberry.type(description="A child of whom somebody has to decide something, and why. No score.")
class TriageChild:
    child: Annotated["Child", strawberry.lazy("api.types.people")] = from_graph("The child.")
    since: date = from_graph("Since when the first of what put her here waits.")
    reasons: list[TriageWhy] = from_graph("Every reason, the one that waits longest first.")


@strawberry.input(description="Saying that one is worried about a child.")
class RaiseConcernInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    kind: ConcernKind = strawberry.field(description="What it is about.")
    text: str = strawberry.field(description="What you know, and how, in up to 2,000 letters.")
    key: str = strawberry.field(description=KEY)


@strawberry.input(description="Sending a concern to others beside those who have it.")
class RouteConcernInput:
    id: strawberry.ID = strawberry.field(description="The concern.")
    to: list[ConcernAgency] = strawberry.field(description="To whom.")
    reason: str = strawberry.field(description="Why.")
    key: str = strawberry.field(description=KEY)
    expected: int | None = strawberry.field(default=None, description=_VERSION)


@strawberry.input(description="Saying that one's agency has a concern.")
class AcknowledgeConcernInput:
    id: strawberry.ID = strawberry.field(description="The concern.")
    key: str = strawberry.field(description=KEY)
    note: str | None = strawberry.field(default=None, description="What is to be said of it.")
    expected: int | None = strawberry.field(default=None, description=_VERSION)


@strawberry.input(description="Saying what came of a concern.")
class RecordConcernOutcomeInput:
    id: strawberry.ID = strawberry.field(description="The concern.")
    outcome: str = strawberry.field(description="What came of it, in up to 2,000 letters.")
    key: str = strawberry.field(description=KEY)
    expected: int | None = strawberry.field(default=None, description=_VERSION)


@strawberry.type(
    description="It is kept, and whoever is competent was sent a notice. Only they read it."
)
class ConcernRaised:
    reference: strawberry.ID = from_graph("Name it by this when somebody asks.")
    raised_at: datetime = from_graph("When it was kept.")


@strawberry.type(description="It is recorded.")
class ConcernAdvanced:
    concern: Concern = from_graph("As it stands now.")


RaiseConcernResult = Annotated[
    ConcernRaised | WelfareRefused,
    strawberry.union("RaiseConcernResult", description="What came of raising a concern."),
]
RouteConcernResult = Annotated[
    ConcernAdvanced | WelfareRefused,
    strawberry.union("RouteConcernResult", description="What came of routing a concern."),
]
AcknowledgeConcernResult = Annotated[
    ConcernAdvanced | WelfareRefused,
    strawberry.union("AcknowledgeConcernResult", description="What came of acknowledging it."),
]
RecordConcernOutcomeResult = Annotated[
    ConcernAdvanced | WelfareRefused,
    strawberry.union(
        "RecordConcernOutcomeResult", description="What came of recording its outcome."
    ),
]
