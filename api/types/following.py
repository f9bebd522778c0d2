"""Follow-ups after a failure to appear: where they stand, what was done, what is to be done."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.court import Hearing
from api.types.declared import from_graph
from api.types.evidence import Record
from api.types.following_words import (
    Actor,
    CorrectionState,
    DutyForce,
    FollowUpEvent,
    FollowUpStanding,
    FollowUpState,
    Region,
)
from api.types.paging import Node
from api.types.places import Address

if TYPE_CHECKING:
    from api.types.people import Child

_Child = Annotated["Child", strawberry.lazy("api.types.people")]
_TARGET = "Local target, not law: the documents give no number of days for any step."
_OFFICE = "The field office whose child she was, as in `office/HOUSTON`."
_DOCKET = "The court's docket, as in `docket/HOU`."


@strawberry.type(description="How somebody reads a rule. Shown beside it, and decides nothing.")
class DutyReading:
    rule: str = from_graph("The provision.")
    words: str = from_graph("Its words.")
    citation: str = from_graph("Where they stand.")
    means: str = from_graph("What it comes to.")


@strawberry.type(description="On which rule of the hearing's day a step rests.")
class FollowUpDuty:
    force: DutyForce = from_graph("How strongly it is put.")
    rule: str | None = from_graph("The provision or rule; null where none was found.")
    words: str | None = from_graph("Its words.")
    citation: str | None = from_graph("Where they stand.")
    since: date | None = from_graph("Since when it is in force, where a day is given.")
    beside: list[DutyReading] = from_graph("What others in force on that day read into it.")


@strawberry.type(description="Where one region of a follow-up stands.")
class FollowUpRegion:
    region: Region = from_graph("Which.")
    state: FollowUpState = from_graph("Where it stands.")
    since: datetime | None = from_graph("Since when; null where it is with ORR.")
    version: int | None = from_graph(
        "How many steps it has seen: name it as `expected`; null where it is with ORR."
    )
    ended: bool = from_graph("Whether nothing is left to do in it.")


@strawberry.type(description="A step that was taken: who, when, from where to where, and why.")
class FollowUpStep:
    id: strawberry.ID = from_graph("This system's own id.")
    event: FollowUpEvent = from_graph("What was done.")
    region: Region | None = from_graph("In which region; null for opening it.")
    from_: FollowUpState | None = from_graph("Where the region stood before.", name="from")
    to: FollowUpState | None = from_graph("Where it stood then.")
    at: datetime = from_graph("When.")
    by: Actor = from_graph("Whose step it was.")
    actor: str = from_graph("Who took it, as their token names them.")
    reason: str | None = from_graph("Why, in their words.")
    duty: FollowUpDuty | None = from_graph("On which rule it rests; null for opening it.")
    evidence: list[Node] = from_graph("Records and addresses that it rests on, as you may see.")


@strawberry.type(description="Form I-830, Notice to EOIR: Alien Address.")
class AddressCorrection:
    id: strawberry.ID = from_graph("This system's own id.")
    state: CorrectionState = from_graph("Where it is.")
    address: Address | None = from_graph("The alternate address.")
    candidates: list[Address] = from_graph("What it was chosen from, the best first.")
    evidence: list[Record] = from_graph("The records that it rests on.")
    reason: str | None = from_graph("Why, in the words of whoever drew it up.")
    drafted_at: datetime = from_graph("When ERO drew it up.")
    drafted_by: str = from_graph("Who.")
    provided_at: datetime | None = from_graph("When ERO provided it to OPLA.")
    provided_by: str | None = from_graph("Who.")
    filed_at: datetime | None = from_graph("When OPLA filed it with the court.")
    filed_by: str | None = from_graph("Who.")
    returned_at: datetime | None = from_graph("When OPLA gave it back.")
    returned_by: str | None = from_graph("Who.")
    replaced_at: datetime | None = from_graph("When another draft took its place.")
    replaced_by: str | None = from_graph("Who drew that up.")
    follow_up: Annotated["FollowUp", strawberry.lazy("api.types.following")] = from_graph(
        "What it belongs to."
    )


@strawberry.type(description="What is to be done next, by whom, until when, and why.")
class NextAction:
    id: strawberry.ID = from_graph("This system's own id.")
    actor: Actor = from_graph("Whose it is.")
    region: Region = from_graph("In which region.")
    step: FollowUpEvent = from_graph("The step that leads on.")
    office: str | None = from_graph(_OFFICE)
    docket: str | None = from_graph(_DOCKET)
    since: datetime = from_graph("Since when it is to be done.")
    due: date | None = from_graph(f"Until when. {_TARGET}")
    target: str | None = from_graph("What `due` is: a local target, not law.")
    overdue: bool = from_graph("Whether that day is over.")
    duty: FollowUpDuty = from_graph("On which rule of the hearing's day it rests.")
    why: str = from_graph("Why it stands where it stands, as a sentence.")
    follow_up: Annotated["FollowUp", strawberry.lazy("api.types.following")] | None = from_graph(
        "What it belongs to."
    )


@strawberry.type(description="What follows a child's failure to appear at one hearing.")
class FollowUp:
    id: strawberry.ID = from_graph("This system's own id.")
    failed_on: date = from_graph("The day of the hearing: its duties are those of that day.")
    court: str | None = from_graph("The court's code.")
    office: str | None = from_graph(_OFFICE)
    docket: str | None = from_graph(_DOCKET)
    opened_at: datetime = from_graph("When it was opened.")
    state: FollowUpStanding = from_graph("Whether anything is left to do.")
    handed_over_at: datetime | None = from_graph(
        "When nothing was left to do that is not ORR's own."
    )
    closed_at: datetime | None = from_graph("When nothing was; null for who may not know.")
    address: FollowUpRegion = from_graph("Where she is.")
    safety: FollowUpRegion = from_graph(
        "How she is: told to the end to those who may read welfare, to others up to `WITH_ORR`."
    )
    records: FollowUpRegion = from_graph("Whether PLANet and EARM have it.")
    hearing: Hearing | None = from_graph("The hearing.")
    child: _Child | None = from_graph("Whose hearing it is by now.")
    steps: list[FollowUpStep] = from_graph("What was done, in its order.")
    next_actions: list[NextAction] = from_graph("What is to be done next, in the queue's order.")
    corrections: list[AddressCorrection] = from_graph("Forms I-830, the latest first.")
    duty_to_inform: FollowUpDuty = from_graph("OPLA's towards ERO, on the day of the hearing.")
    duty_to_tell: FollowUpDuty = from_graph("ERO's towards ORR, on the day of the hearing.")
    still_stated: bool = from_graph("Whether some source still says that she failed to appear.")
    previous: Annotated["FollowUp", strawberry.lazy("api.types.following")] | None = from_graph(
        "What followed her failure to appear before this one."
    )
    earlier_failures: int = from_graph("How many of hers there were before this one.")


@strawberry.type(description="How much of one step is to be done, by office and docket.")
class Caseload:
    actor: Actor = from_graph("Whose.")
    office: str | None = from_graph(_OFFICE)
    docket: str | None = from_graph(_DOCKET)
    region: Region = from_graph("In which region.")
    step: FollowUpEvent = from_graph("Which step.")
    open: int = from_graph("How many follow-ups wait for it.")
    overdue: int = from_graph(f"For how many its day is over. {_TARGET}")
    oldest_since: datetime = from_graph("Since when the oldest waits.")
