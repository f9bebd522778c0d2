"""Saying what happened at a hearing: what is sent, and what is answered."""

from datetime import date
from typing import Annotated

import strawberry

from api.types.court import Hearing
from api.types.declared import described, from_graph
from graph.vocabulary.agencies import Source
from graph.vocabulary.court import Appearance, AppearanceRefusal

described(
    AppearanceRefusal,
    "Why a word on a hearing was not recorded.",
    {
        "NOT_YOURS_TO_SAY": "The role is neither OPLA's nor ERO's.",
        "NOT_YOUR_SYSTEM": "The system is another's: OPLA's is PLANet, ERO's is EARM.",
        "SAYS_NOTHING": "The word says nothing of what happened.",
        "UNKNOWN_HEARING": "There is no such hearing.",
        "NOT_YET_HELD": "The day is yet to come.",
        "NO_BASIS": "It is not said how they know, or in more than 2,000 letters.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
        "KEY_REUSED": "The key was used for something else.",
    },
)


@strawberry.input(description="What somebody says happened at a hearing.")
class RecordAppearanceInput:
    hearing_id: strawberry.ID = strawberry.field(description="The hearing.")
    appearance: Appearance = strawberry.field(
        description="What happened: APPEARED, FAILED_TO_APPEAR or CONTINUED."
    )
    source: Source = strawberry.field(
        description="The system of record in which it stands: PLANet for OPLA, EARM for ERO, or a"
        " worksheet."
    )
    basis: str = strawberry.field(description="How you know: it is kept.")
    key: str = strawberry.field(
        description="A key of your own, new for each: sent twice, it is recorded once."
    )
    entered_on: date | None = strawberry.field(
        default=None, description="The day it was entered there; today unless given."
    )


@strawberry.type(
    description="It stands beside the sources' words. Whoever failed to appear is followed up."
)
class AppearanceRecorded:
    hearing: Hearing = from_graph("The hearing, with every word on it.")


@strawberry.type(description="Nothing was recorded.")
class AppearanceRefused:
    reason: AppearanceRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")


RecordAppearanceResult = Annotated[
    AppearanceRecorded | AppearanceRefused,
    strawberry.union("RecordAppearanceResult", description="What came of recording it."),
]
