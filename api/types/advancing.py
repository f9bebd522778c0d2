"""Taking steps of a follow-up: what is sent, and what is answered."""

from typing import Annotated

import strawberry

from api.types.declared import from_graph
from api.types.following import AddressCorrection, FollowUp, FollowUpStep
from api.types.following_words import (
    Actor,
    FollowUpEvent,
    FollowUpRefusal,
    FollowUpState,
    SyncOutcome,
    SyncSystem,
)

_KEY = "A key of your own, new for each: sent twice, it counts once, and is answered alike."
_WHY = "Why, in up to 2,000 letters: for whoever reads it later. Some steps must have it."
_EVIDENCE = "Records and addresses that it rests on, by id: up to 50."
_EXPECTED = (
    "The version of the region that you saw: refused if somebody has taken a step there since;"
    " null for whatever it is."
)
_ID = "The follow-up."


@strawberry.input(description="A step of a follow-up.")
class AdvanceFollowUpInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    step: FollowUpEvent = strawberry.field(description="What was done.")
    key: str = strawberry.field(description=_KEY)
    reason: str | None = strawberry.field(default=None, description=_WHY)
    evidence: list[strawberry.ID] = strawberry.field(default_factory=list, description=_EVIDENCE)
    expected: int | None = strawberry.field(default=None, description=_EXPECTED)


@strawberry.input(description="Drawing up a Form I-830.")
class DraftI830Input:
    id: strawberry.ID = strawberry.field(description=_ID)
    key: str = strawberry.field(description=_KEY)
    address_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The alternate address; unless given, the first of those that `locate` ranks"
        " which stands neither on her Notice to Appear nor in the court's file.",
    )
    reason: str | None = strawberry.field(default=None, description=_WHY)
    evidence: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Records that it rests on, by id; unless given, those that say so.",
    )
    expected: int | None = strawberry.field(default=None, description=_EXPECTED)


@strawberry.input(description="Providing a Form I-830 to OPLA.")
class ProvideI830Input:
    id: strawberry.ID = strawberry.field(description=_ID)
    key: str = strawberry.field(description=_KEY)
    reason: str | None = strawberry.field(default=None, description=_WHY)
    expected: int | None = strawberry.field(default=None, description=_EXPECTED)


@strawberry.input(description="Filing a Form I-830 with the immigration court.")
class FileI830Input:
    id: strawberry.ID = strawberry.field(description=_ID)
    key: str = strawberry.field(description=_KEY)
    reason: str | None = strawberry.field(default=None, description=_WHY)
    expected: int | None = strawberry.field(default=None, description=_EXPECTED)


@strawberry.input(description="What came of entering a failure to appear in a system of record.")
class RecordSyncInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    system: SyncSystem = strawberry.field(description="Which system.")
    outcome: SyncOutcome = strawberry.field(description="What came of it.")
    key: str = strawberry.field(description=_KEY)
    reason: str | None = strawberry.field(default=None, description=_WHY)
    evidence: list[strawberry.ID] = strawberry.field(default_factory=list, description=_EVIDENCE)
    expected: int | None = strawberry.field(default=None, description=_EXPECTED)


@strawberry.type(description="The step is taken.")
class FollowUpAdvanced:
    step: FollowUpStep = from_graph("The step.")
    follow_up: FollowUp = from_graph("The follow-up as it stands now.")


@strawberry.type(description="The form is drawn up, or moved on.")
class I830Recorded:
    correction: AddressCorrection = from_graph("The form as it stands now.")


@strawberry.type(description="Nothing was changed.")
class FollowUpRefused:
    reason: FollowUpRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")
    whose: list[Actor] = from_graph("Whose step it is, where it is not yours.")
    state: FollowUpState | None = from_graph("Where the region stands, as far as you may know.")
    legal: list[FollowUpEvent] = from_graph("The steps that you may take in it now.")


AdvanceFollowUpResult = Annotated[
    FollowUpAdvanced | FollowUpRefused,
    strawberry.union("AdvanceFollowUpResult", description="What came of taking a step."),
]
RecordSyncResult = Annotated[
    FollowUpAdvanced | FollowUpRefused,
    strawberry.union("RecordSyncResult", description="What came of recording it."),
]
DraftI830Result = Annotated[
    I830Recorded | FollowUpRefused,
    strawberry.union("DraftI830Result", description="What came of drawing up a form."),
]
ProvideI830Result = Annotated[
    I830Recorded | FollowUpRefused,
    strawberry.union("ProvideI830Result", description="What came of providing it."),
]
FileI830Result = Annotated[
    I830Recorded | FollowUpRefused,
    strawberry.union("FileI830Result", description="What came of filing it."),
]
