"""Opening children to somebody for a while: what is sent, and what is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.people import Child
from graph.vocabulary.grants import GrantKind, GrantRefusal, ReviewVerdict

described(
    GrantKind,
    "What somebody was given sight of children for.",
    {
        "CASE": "A trafficking investigation: open to a holder who names the case.",
        "REFERRAL": "A referral to child protective services or law enforcement.",
        "PROVIDER": "The children a care provider looks after.",
        "BREAK_GLASS": "An emergency: opened by its holder alone, and reviewed by another.",
    },
)
described(
    ReviewVerdict,
    "What a second person says of broken glass.",
    {
        "JUSTIFIED": "There was an emergency.",
        "UNJUSTIFIED": "There was none: it is closed at once.",
    },
)
described(
    GrantRefusal,
    "Why nothing was opened, closed or reviewed.",
    {
        "NOT_YOURS_TO_OPEN": "The role does not open this.",
        "NOT_NEEDED": "The role sees all children, or none.",
        "UNKNOWN_CHILD": "There is no such child.",
        "UNKNOWN_GRANT": "There is no such grant.",
        "NO_HOLDER": "No holder was named, a nameless one, or more than 20.",
        "NO_CHILD": "No child was named, or more than 100.",
        "NO_REASON": "No reason was given, or one of more than 2,000 letters.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
        "KEY_REUSED": "The key was used for something else.",
        "TOO_LONG": "It would end before now, or later than may be granted.",
        "ALREADY_CLOSED": "It was closed before.",
        "ALREADY_REVIEWED": "It was reviewed before.",
        "NOT_YOUR_OWN": "It was opened by the same person.",
    },
)

_KEY = "A key of your own, new for each: sent twice, it counts once, and is answered alike."
_WHY = "Why: for whoever reads it later."


@strawberry.input(description="Children that are opened to others for a while.")
class OpenScopeInput:
    kind: GrantKind = strawberry.field(description="For what.")
    holders: list[str] = strawberry.field(description="To whom, as their tokens name them.")
    children: list[strawberry.ID] = strawberry.field(description="Which children, by id.")
    until: datetime = strawberry.field(description="Until when: 366 days at most.")
    reason: str = strawberry.field(description=_WHY)
    key: str = strawberry.field(description=_KEY)
    name: str | None = strawberry.field(default=None, description="What people call it.")


@strawberry.input(description="Closing what was opened, before its time is over.")
class CloseScopeInput:
    id: strawberry.ID = strawberry.field(description="The grant.")
    reason: str = strawberry.field(description=_WHY)
    key: str = strawberry.field(description=_KEY)


@strawberry.input(description="Seeing a child at once, in an emergency.")
class BreakGlassInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    minutes: int = strawberry.field(description="For how long: 240 at most unless configured.")
    reason: str = strawberry.field(description=_WHY)
    key: str = strawberry.field(description=_KEY)


@strawberry.input(description="A second person's word on broken glass.")
class ReviewBreakGlassInput:
    id: strawberry.ID = strawberry.field(description="The grant.")
    verdict: ReviewVerdict = strawberry.field(description="What is said.")
    note: str = strawberry.field(description=_WHY)
    key: str = strawberry.field(description=_KEY)


@strawberry.type(description="Children opened to somebody, until a moment.")
class Grant:
    id: strawberry.ID = from_graph("This system's own id: what a case is named by.")
    kind: GrantKind = from_graph("For what.")
    name: str | None = from_graph("What people call it.")
    reason: str = from_graph("Why, in their words.")
    holders: list[str] = from_graph("To whom it is open.")
    opened_by: str = from_graph("Who opened it.")
    opened_at: datetime = from_graph("When.")
    opens_until: datetime = from_graph("Until when, unless it is closed before.")
    open: bool = from_graph("Whether it is open now.")
    closed_at: datetime | None = from_graph("When it was closed before its time.")
    closed_by: str | None = from_graph("Who closed it.")
    close_reason: str | None = from_graph("Why, in their words.")
    reviewed_at: datetime | None = from_graph("When a second person looked at it.")
    reviewed_by: str | None = from_graph("Who.")
    verdict: ReviewVerdict | None = from_graph("What they said.")
    note: str | None = from_graph("Why, in their words.")
    children: list[Child] = from_graph("The children, as far as you may see them.")


@strawberry.type(description="The children are open to the holders from now on.")
class GrantOpened:
    grant: Grant = from_graph("What was opened.")


@strawberry.type(description="It is closed, and opens nothing any more.")
class GrantClosed:
    grant: Grant = from_graph("What was closed.")


@strawberry.type(description="It is reviewed.")
class BreakGlassReviewed:
    grant: Grant = from_graph("What was reviewed.")


@strawberry.type(description="Nothing was opened, closed or reviewed.")
class GrantRefused:
    reason: GrantRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")


OpenScopeResult = Annotated[
    GrantOpened | GrantRefused,
    strawberry.union("OpenScopeResult", description="What came of opening children to somebody."),
]
CloseScopeResult = Annotated[
    GrantClosed | GrantRefused,
    strawberry.union("CloseScopeResult", description="What came of closing it."),
]
ReviewBreakGlassResult = Annotated[
    BreakGlassReviewed | GrantRefused,
    strawberry.union("ReviewBreakGlassResult", description="What came of a review."),
]
